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

/** Two components of two templates and a binding. The first one is called `after` with an alias for `before`. */
export function componentsProgram(name: "before" | "after"): string {
  const options = name === "after" ? '{ aliases: [{ name: "before" }] }' : "{}";
  return `
    class Hooks extends pulumi.ComponentResource {
      constructor(type, name, domain, options) {
        super("example:live:" + type, name, {}, options);
        const own = { parent: this };
        new CallbackTemplate("spare", { streamBeginNotifyUrl: "${URL}" }, own);
        const template = new CallbackTemplate("child", { streamBeginNotifyUrl: "${URL}" }, own);
        template.bindTo([domain], own);
        this.registerOutputs({ templateId: template.templateId });
      }
    }
    new Hooks("Hooks", "${name}", "first.example.com", ${options});
    new Hooks("OtherHooks", "other", "second.example.com", {});`;
}

/** A template that a transform and a transformation of the stack change. */
export const TRANSFORMS_PROGRAM = `
    const set = (more) => ({ name, props, opts }) =>
      name === "transformed" ? { props: { ...props, ...more }, opts } : undefined;
    pulumi.runtime.registerResourceTransform(set({ description: "by-the-stack" }));
    pulumi.runtime.registerStackTransformation(set({ streamEndNotifyUrl: "${URL}/end" }));
    const hooks = new CallbackTemplate("transformed", { templateName: "transformed", streamBeginNotifyUrl: "${URL}" });
    exports.values = [hooks.description, hooks.streamEndNotifyUrl];`;

/** Two templates with a URL that changes, and bindings to them. */
export const boundProgram = (path: string): string => `
    const one = new CallbackTemplate("one", { templateName: "one", streamBeginNotifyUrl: "${URL}${path}" });
    const two = new CallbackTemplate("two", { templateName: "two", streamBeginNotifyUrl: "${URL}${path}" });
    one.bindTo(["one.example.com", { domainName: "one.example.com", appName: "live" }]);
    new DomainBinding("by output", { domainName: "output.example.com", templateId: two.templateId });
    new DomainBinding("by id", { domainName: "id.example.com", templateId: two.id });`;

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
        new DomainBinding("of id", { domainName: "unknown.example.com", templateId: pulumi.all([echoed.get("level"), other.id]).apply(([, id]) => id) });`;
}
