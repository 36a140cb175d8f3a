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

/** What each format is, and what the first deployment does. */
const INTRODUCTIONS: Readonly<Record<FormatName, string>> = {
  typescript: `\`index.ts\` declares callback templates and their rules as they were in the account when
\`tencentcloud-live export\` wrote it. \`pulumi up\` takes them over: every template keeps its id, no rule is deleted or made
anew, and no event is lost.`,
  "native-typescript": `\`index.ts\` declares callback templates and their rules as they were in the account when
\`tencentcloud-live export\` wrote it, and \`import.json\` lists them for \`pulumi import\`. The import only reads: every template
keeps its id, no rule is deleted or made anew, and no event is lost.`,
  yaml: `\`Pulumi.yaml\` declares callback templates and their rules as they were in the account when
\`tencentcloud-live export\` wrote it, and \`import.json\` lists them for \`pulumi import\`. The import only reads: every template
keeps its id, no rule is deleted or made anew, and no event is lost. \`npm install\` installs the native provider.`,
  import: `\`import.json\` lists callback templates and their rules, as they were in the account when
\`tencentcloud-live export\` wrote it, for \`pulumi import\`. Copy it into a project that uses the native provider of
pulumi-tencentcloud-live. The import only reads.`,
};

/** Creates the README of a project: the commands that come next, and what to know about them. */
export function readme(name: FormatName, model: Model): string {
  return `# From the console to code, without a gap

${INTRODUCTIONS[name]}

\`\`\`sh
${nextCommands(name, model).join("\n")}
\`\`\`

${(name === "typescript" ? [ADOPTION, DELETE, MORE] : [IMPORT, DELETE, MORE]).join("\n\n")}
`;
}

const ADOPTION = `1. **The keys.** \`pulumi config set --secret\` asks for the value, which the console shows under Callback Key. Keys, and URLs with
   user info or a query, are in no file of this folder. With \`--set-secrets STACK\`, the export sets them itself.
2. **\`pulumi up\`.** It says \`create\` for everything, as the engine does not know the cloud, but no call changes anything. If
   a template has been changed since the export, it is not adopted, and the error lists what would change or be cleared. Write
   that into \`index.ts\`, or set \`adoptOverwrite: true\`: then one call makes the template what the program says.
3. **Delete the lines with \`adopt\`** once it is through, and run \`pulumi preview --expect-no-changes\`. Left in, they would keep
   the stack from making a template anew, should someone delete it.`;

const IMPORT = `The import needs no key, and \`pulumi up\` changes nothing then. **Without \`--generate-code=false\` it prints the callback keys in clear.** With \`--protect=false\` the
resources are not protected from being deleted by Pulumi; leave it out, and set the option \`protect\` in the program, if they
should be.`;

const DELETE = `## What a delete means

A template of the stack is deleted by \`pulumi destroy\`, and when it leaves the program. A deleted template cannot be recovered.

- To try this without that risk, give each template the option \`retainOnDelete\`, which holds for its \`bindTo\` too:
  \`new CallbackTemplate("hooks", { … }, { retainOnDelete: true })\`. Then \`pulumi destroy\` is the way back: the stack forgets
  everything, the cloud keeps it.
- In the end \`{ protect: true }\` in its place refuses a delete.`;

const MORE = `## What else may be there

- **The recording status callback** (\`recordStatusNotifyUrl\`) is not in the API's response: look it up in the console. While the
  program leaves it out, a template keeps the one that it has. A program that sets it needs \`adoptOverwrite: true\`, because
  it cannot be compared.
- **A rule of a template that the program does not name** stays as it is. It holds the template: a delete names it.
- **A domain on another template** is an error, \`Provider.AlreadyBound\`. \`{ domainName: "…", adopt: true }\` in \`bindTo\` brings it
  over: that deletes and creates its rule at once.
- **A rule of a domain that is disabled, or is no domain of the account any more,** is an error,
  \`Provider.DomainNotUsable\`: remove it, or \`pulumi config set tencentcloud-live:verifyDomains false\`.`;
