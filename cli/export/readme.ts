import { FORMATS, type FormatName } from "./formats";
import { type Model, secretsIn } from "./model";

/**
 * Returns the commands that come next in the folder of a project. Those that set secrets ask for the values; they are
 * left out, and the stack is not created, where the export has done so.
 */
export function nextCommands(name: FormatName, model: Model, secretsAreSet = false): string[] {
  const { hasProgram, deploy } = FORMATS[name];
  if (!hasProgram) return [...deploy];
  if (secretsAreSet) return ["npm install", ...deploy];
  const settings = secretsIn(model).map(({ configKey }) => `pulumi config set --secret ${configKey}`);
  return ["npm install && pulumi stack init dev", ...settings, ...deploy];
}

/** Creates the README of a project: the commands that come next, and what to know about them. */
export function readme(name: FormatName, model: Model): string {
  const { introduction, steps, retain, protect, facts } = TEXTS[name];
  const { hasProgram } = FORMATS[name];
  const hasSecrets = hasProgram && secretsIn(model).length > 0;
  const keepsNames = hasProgram && name !== "typescript" && model.templates.some(({ keptName }) => keptName);
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

/** Breaks a paragraph into lines, but not within a piece of code. The first line has a prefix, others are indented. */
function wrap(text: string, prefix = ""): string {
  const lines = [""];
  for (const word of text.match(/(?:`[^`]*`|[^\s`])+/g) ?? []) {
    const longer = `${lines.at(-1)} ${word}`.trimStart();
    if (longer.length <= WIDTH - prefix.length) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return `${prefix}${lines.join(`\n${" ".repeat(prefix.length)}`)}`;
}

/** What differs between the READMEs of the formats. */
interface Texts {
  introduction: string;
  steps: readonly string[];
  /** How a program keeps templates that it deletes, and how it protects them: clauses. */
  retain: string;
  protect: string;
  facts: readonly string[];
}

const SECRETS =
  "**Set the secrets.** `pulumi config set --secret` asks for the value. The console shows a key as Callback Key. " +
  "No file of this folder holds a key, or a URL with user info or a query. With `--set-secrets STACK`, the export " +
  "sets them.";

const IMPORT =
  "**Import.** `pulumi import` reads the resources into the stack, and changes nothing in the cloud. **Without " +
  "`--generate-code=false` it prints the callback keys in clear.** `--protect=false` leaves it to the program " +
  "whether Pulumi may delete the resources.";

const UP = "**Run `pulumi up`.** It changes nothing in the cloud: each template keeps its id, and each rule stays.";

const KEPT_NAMES =
  "**Delete the lines with `adopt`** after that. They are for templates whose names others have too: such a " +
  "template is not imported, and keeps its name.";

const DELETE =
  "`pulumi destroy` deletes the templates of the stack, and `pulumi up` those that left the program. A deleted " +
  "template cannot be recovered.";

const RETAINED = "`pulumi destroy` then removes the resources from the stack, and keeps them in the cloud.";

const RECORD_STATUS =
  "**The recording status callback** (`recordStatusNotifyUrl`) is not in the response of the API: look it up in the " +
  "console. A template keeps the one that it has while the program sets none.";

const UNDECLARED =
  "**A rule that the program does not declare** stays as it is. A template that it uses cannot be deleted: the " +
  "error names the rule.";

const CLASSES = {
  retain:
    "give each template the option `retainOnDelete`, which its bindings then have too: " +
    '`new CallbackTemplate("hooks", { … }, { retainOnDelete: true })`',
  protect: "set `{ protect: true }`",
};

const FOUND = "declares callback templates and their rules as `tencentcloud-live export` found them in the account.";

const TEXTS: Readonly<Record<FormatName, Texts>> = {
  typescript: {
    introduction:
      `\`index.ts\` ${FOUND} \`pulumi up\` adopts them: each template keeps its id, no rule is deleted or created ` +
      "again, and no event is lost.",
    steps: [
      "**Run `pulumi up`.** It shows `create` for each resource, as Pulumi does not know what the cloud has, but no " +
        "call changes anything. A template that was changed after the export is not adopted: the error lists what " +
        "would be changed or cleared. Write that into `index.ts`, or set `adoptOverwrite: true` to make the template " +
        "what the program says.",
      "**Delete the lines with `adopt`** after that, and run `pulumi preview --expect-no-changes`. With `adopt`, " +
        "Pulumi cannot create a template again that was deleted in the console.",
    ],
    ...CLASSES,
    facts: [
      `${RECORD_STATUS} A program that sets it needs \`adoptOverwrite: true\`, because it cannot be compared.`,
      UNDECLARED,
      "**A domain that is bound to another template** is an error, `Provider.AlreadyBound`. With " +
        '`{ domainName: "…", adopt: true }` in `bindTo`, its rule is deleted and created for the template of the ' +
        "program.",
      "**A domain that is disabled, or no longer in the account,** is an error, `Provider.DomainNotUsable`. Remove it " +
        "from the program, or run `pulumi config set tencentcloud-live:verifyDomains false`.",
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
    retain: "give each resource `options: { retainOnDelete: true }`",
    protect: "give them `options: { protect: true }`",
    facts: [RECORD_STATUS, UNDECLARED],
  },
  import: {
    introduction:
      "`import.json` lists callback templates and their rules, as `tencentcloud-live export` found them in the " +
      "account, for `pulumi import`. Copy it into a project that uses the native provider of pulumi-tencentcloud-live.",
    steps: [
      IMPORT,
      "**Declare the resources in the program**, each by the name that is its `logicalName` in `import.json`. Bind with a " +
        "reference to the `templateId` of a template, and not with a number: Pulumi then deletes a rule before its " +
        "template. `pulumi preview --expect-no-changes` shows whether the program is complete.",
    ],
    retain: "give each resource the option `retainOnDelete`",
    protect: "set the option `protect`",
    facts: [RECORD_STATUS, UNDECLARED],
  },
};
