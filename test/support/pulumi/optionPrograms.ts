const URL = "https://hooks.example.com/live";

/** The phase of a stack with every resource option. */
interface Stage {
  /** Whether two templates are taken over from the console. */
  adopt?: boolean;
  /** The name of the resource with an automatic name. `after` has an alias for `before`. */
  name: "before" | "after";
  /** Whether the resources that may be deleted (`leaving`), or all resources (`left`), are removed. */
  leaving?: boolean;
  left?: boolean;
}

/** One resource for each option, with a description that changes. */
export function optionsProgram(description: string, { adopt = false, name, leaving, left }: Stage): string {
  const adopting = adopt ? ", adopt: true" : "";
  const kept = `const kept = template("kept", { templateName: "kept" }, { protect: true });`;
  const leavers = `
    template("retained", { templateName: "retained" }, { retainOnDelete: true });
    const owner = template("owner", { templateName: "owner" });
    new DomainBinding("with owner", { domainName: "owned.example.com", templateId: kept.id }, { deletedWith: owner });`;
  return `
    const template = (name, args, opts) => new CallbackTemplate(name, { streamBeginNotifyUrl: "${URL}", ...args }, opts);
    template("equal", { templateName: "equal" ${adopting} });
    template("unequal", { templateName: "unequal" ${adopting && `${adopting}, adoptOverwrite: true`} });
    template("ignoring", { templateName: "ignoring", description: "${description}" }, { ignoreChanges: ["description"] });
    template("replacing", { templateName: "replacing", description: "${description}" }, { replaceOnChanges: ["description"] });
    template("${name}", {}, { ${name === "after" ? 'aliases: [{ name: "before" }]' : ""} }).bindTo(["renamed.example.com"]);
    ${left ? "" : kept}
    ${left || leaving ? "" : leavers}`;
}

/** All properties of both resources come from outputs that are unknown when their resources will change. */
export function unknownsProgram(description: string): string {
  return `
        const echo = {
          create: async ({ values }) => ({ id: "echo", outs: { values, echoed: values } }),
          update: async (_id, _olds, { values }) => ({ outs: { values, echoed: values } }),
        };
        class Echo extends pulumi.dynamic.Resource {
          constructor(name, values) { super(echo, name, { values, echoed: undefined }); }
          get(name) { return this.echoed.apply((values) => values[name]); }
        }
        const urls = ["streamBeginNotifyUrl", "streamEndNotifyUrl", "recordNotifyUrl", "recordStatusNotifyUrl",
          "snapshotNotifyUrl", "pornCensorshipNotifyUrl", "pushExceptionNotifyUrl", "recordExceptionNotifyUrl",
          "audioAuditNotifyUrl"];
        const values = {
          ...Object.fromEntries(urls.map((name) => [name, "${URL}/" + name])),
          templateName: "echoed", description: "${description}", callbackKey: "EchoedKey1",
          recordExceptionLevels: ["alarm"], adopt: false,
          domainName: "A.example.com", appName: "live", level: "info",
        };
        const echoed = new Echo("echo", values);
        const of = (names) => Object.fromEntries(names.map((name) => [name, echoed.get(name)]));
        const template = new CallbackTemplate("hooks", of([...urls, "templateName", "description", "callbackKey", "recordExceptionLevels", "adopt"]));
        const other = new CallbackTemplate("other", { recordExceptionNotifyUrl: "${URL}", recordExceptionLevels: ["error", echoed.get("level")] });
        new DomainBinding("binding", { ...of(["domainName", "appName", "adopt"]), templateId: template.templateId });
        new DomainBinding("of id", { domainName: "b.example.com", templateId: pulumi.all([echoed.get("level"), other.id]).apply(([, id]) => id) });`;
}
