import { FORMATS, type FormatName } from "./formats";
import { type Model, secretsIn } from "./model";

/**
 * Returns the next commands for the folder of a project. The commands that create the stack and set its
 * secrets are left out if the export has run them. Those that set secrets prompt for the values.
 */
export function nextCommands(name: FormatName, model: Model, secretsAreSet = false): string[] {
  const { hasProgram, deploy } = FORMATS[name];
  if (!hasProgram) return [...deploy];
  if (secretsAreSet) return ["npm install", ...deploy];
  const settings = secretsIn(model).map(({ configKey }) => `pulumi config set --secret ${configKey}`);
  return ["npm install && pulumi stack init dev", ...settings, ...deploy];
}

/** Creates the README of a project: the next commands, and notes about them. */
export function readme(name: FormatName, model: Model): string {
  const { introduction, steps, retain, protect, facts } = TEXTS[name];
  const { hasProgram } = FORMATS[name];
  const hasSecrets = hasProgram && secretsIn(model).length > 0;
  const keepsNames =
    hasProgram && name !== "typescript" && model.templates.some(({ keptName }) => keptName !== undefined);
  const allSteps = [...(hasSecrets ? [SECRETS] : []), ...steps, ...(keepsNames ? [KEPT_NAMES] : [])];
  return `# Callbacks from the console, managed as code

${wrap(introduction)}

\`\`\`sh
${nextCommands(name, model).join("\n")}
\`\`\`

${allSteps.map((step, index) => wrap(step, `${index + 1}. `)).join("\n")}

## What deletes a template

${wrap(DELETE)}

${[
  `To try this without that risk, ${retain}. ${RETAINED}`,
  `Later, ${protect} instead: Pulumi then refuses to delete them.`,
]
  .map((item) => wrap(item, "- "))
  .join("\n")}

## What else to know

${facts.map((fact) => wrap(fact, "- ")).join("\n")}
`;
}

const WIDTH = 110;

/** Breaks a paragraph into lines, but never within code. Prefixes the first line, and indents the others. */
function wrap(text: string, prefix = ""): string {
  const lines = [""];
  for (const word of text.match(/(?:`[^`]*`|[^\s`])+/g) ?? []) {
    const longer = `${lines.at(-1)} ${word}`.trimStart();
    if (longer.length <= WIDTH - prefix.length) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return `${prefix}${lines.join(`\n${" ".repeat(prefix.length)}`)}`;
}

/** The parts in which the READMEs of the formats differ. */
interface Texts {
  introduction: string;
  steps: readonly string[];
  /** How a program retains deleted templates, and how it protects templates, as clauses. */
  retain: string;
  protect: string;
  facts: readonly string[];
}

const SECRETS =
  "**Set the secrets.** `pulumi config set --secret` prompts for the value. The console shows a key as Callback " +
  "Key. No file of this folder contains a key, or a URL with user info or a query. With `--set-secrets STACK`, the " +
  "export sets them.";

const IMPORT =
  "**Import.** `pulumi import` reads the resources into the stack, and changes nothing in the cloud. **Without " +
  "`--generate-code=false`, it prints the callback keys in plain text.** With `--protect=false`, the program " +
  "decides whether Pulumi may delete the resources.";

const UP = "**Run `pulumi up`.** It changes nothing in the cloud: each template keeps its id, and each rule is kept.";

const KEPT_NAMES =
  "**Delete the lines with `adopt`** after that. They belong to templates that share their name with another " +
  "template, or have none. Such a template is not imported, and keeps its name.";

const DELETE =
  "`pulumi destroy` deletes the templates of the stack, and `pulumi up` those that you remove from the program. A " +
  "deleted template cannot be recovered.";

const RETAINED = "`pulumi destroy` then removes the resources from the stack, and keeps them in the cloud.";

const RECORD_STATUS =
  "**The recording status callback** (`recordStatusNotifyUrl`) is not returned by the API: look it up in the " +
  "console. If the program sets none, a template keeps its current one.";

const UNDECLARED =
  "**A rule that the program does not declare** is not changed. Its template cannot be deleted: the error shows " +
  "the rule.";

const CLASSES = {
  retain:
    "set the option `retainOnDelete` of each template, which also applies to its bindings: " +
    '`new CallbackTemplate("hooks", { … }, { retainOnDelete: true })`',
  protect: "set `{ protect: true }`",
};

const FOUND = "declares the callback templates and rules that `tencentcloud-live export` found in the account.";

const TEXTS: Readonly<Record<FormatName, Texts>> = {
  typescript: {
    introduction:
      `\`index.ts\` ${FOUND} \`pulumi up\` adopts them: each template keeps its id, no rule is deleted or created ` +
      "again, and no event is lost.",
    steps: [
      "**Run `pulumi up`.** It shows `create` for each resource, because Pulumi does not know that the resource " +
        "exists, but changes nothing in the cloud. A template that was changed after the export is not adopted: the " +
        "error lists the fields that would be changed or cleared. Update them in `index.ts`, or set " +
        "`adoptOverwrite: true` to overwrite the template.",
      "**Delete the lines with `adopt`** after that, and run `pulumi preview --expect-no-changes`. With `adopt`, " +
        "Pulumi cannot recreate a template that was deleted in the console.",
    ],
    ...CLASSES,
    facts: [
      `${RECORD_STATUS} A program that sets it needs \`adoptOverwrite: true\`, because it cannot be compared.`,
      UNDECLARED,
      "**A domain that is bound to another template** causes the error `Provider.AlreadyBound`. With " +
        '`{ domainName: "…", adopt: true }` in `bindTo`, its rule is deleted and created for the template of the ' +
        "program.",
      "**A domain that is disabled, or no longer in the account,** causes the error `Provider.DomainNotUsable`. Remove " +
        "it from the program, or run `pulumi config set tencentcloud-live:verifyDomains false`.",
    ],
  },
  "native-typescript": {
    introduction: `\`index.ts\` ${FOUND} \`import.json\` lists them for \`pulumi import\`.`,
    steps: [IMPORT, UP],
    ...CLASSES,
    facts: [RECORD_STATUS, UNDECLARED],
  },
  yaml: {
    introduction:
      `\`Pulumi.yaml\` ${FOUND} \`import.json\` lists them for \`pulumi import\`. \`npm install\` installs the native ` +
      "provider.",
    steps: [IMPORT, UP],
    retain: "set `options: { retainOnDelete: true }` of each resource",
    protect: "set `options: { protect: true }`",
    facts: [RECORD_STATUS, UNDECLARED],
  },
  import: {
    introduction:
      "`import.json` lists the callback templates and rules that `tencentcloud-live export` found in the account, for " +
      "`pulumi import`. Copy it into a project that uses the native provider of pulumi-tencentcloud-live.",
    steps: [
      IMPORT,
      "**Declare the resources in the program.** Use each `logicalName` in `import.json` as the name of the resource. " +
        "Bind with a reference to the `templateId` of a template instead of a number, so that Pulumi deletes a rule " +
        "before its template. `pulumi preview --expect-no-changes` shows whether the program is complete.",
    ],
    retain: "set the option `retainOnDelete` of each resource",
    protect: "set the option `protect`",
    facts: [RECORD_STATUS, UNDECLARED],
  },
};
