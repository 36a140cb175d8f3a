import { basename, resolve } from "node:path";
import { CREDENTIALS_NOTE, defineSubcommand, EXIT, type Terminal } from "../command";
import { type CommandSpec, type OptionValues, UsageError } from "../commandLine";
import { readAccount, type Selection, select, selectionOf } from "./account";
import { compareWithFolder } from "./diff";
import { refuseExisting, writeFolder } from "./folder";
import { FORMATS, type FormatName } from "./formats";
import { createModel, type ExportedTemplate, type Model, secretsIn } from "./model";
import { projectName } from "./project";
import { nextCommands, readme } from "./readme";
import { cdCommand, differenceReport, type Exported, exportReport, leftOutText } from "./report";
import { setSecrets } from "./setSecrets";

const FORMAT_NAMES = Object.keys(FORMATS) as FormatName[];

const spec = {
  name: "export",
  description:
    "Writes the callback templates and rules of the account as a Pulumi project that takes them over without changes. " +
    "No file contains a key.",
  options: {
    format: { value: "name", default: "typescript", help: `one of ${FORMAT_NAMES.join(", ")}` },
    out: {
      value: "folder",
      default: "live-callbacks",
      help: "the folder to create; an existing folder is not changed",
    },
    template: { value: "id", repeatable: true, help: "only this template and its rules; repeatable" },
    domain: {
      ...{ value: "name", repeatable: true },
      help: "only rules of this push domain, and their templates; repeatable",
    },
    diff: { help: "write nothing: compare the account with the programs in the folder of --out" },
    "set-secrets": {
      value: "stack",
      help: "create this stack, and set its secrets with the pulumi command (default: print the commands)",
    },
    json: { help: "print the result as JSON" },
  },
  notes: `The exit code is 1 if a template or a rule is left out or, with --diff, differs. The
output lists each of them. --diff reads TypeScript or YAML programs in the form that
this command writes, or import.json if there are none. It compares the lists of
templates and rules. pulumi preview --refresh compares their properties.

${CREDENTIALS_NOTE}
CAM actions: live:DescribeLiveCallbackTemplates, live:DescribeLiveCallbackRules.`,
} as const satisfies CommandSpec;

interface Choices {
  format: FormatName;
  folder: string;
  selection: Selection;
  isDiff: boolean;
  /** The stack whose secrets are set. */
  stack: string | undefined;
  asJson: boolean;
}

/** Writes the templates and rules of an account as a project. */
export const exportCommand = defineSubcommand(spec, async ({ values }, terminal) => {
  const choices = userChoices(values);
  if (choices.isDiff) return printDifference(choices, terminal);
  refuseExisting(choices.folder);
  const model = await readModel(choices, terminal);
  const exported = resultOf(choices, model);
  if (exported.templates + exported.rules === 0) throw new Error(nothingToExport(model));
  await writeProject(choices, model, terminal);
  terminal.print(choices.asJson ? JSON.stringify(exported) : exportReport(exported));
  return model.leftOut.length > 0 ? EXIT.failure : EXIT.success;
});

function userChoices(values: OptionValues<typeof spec>): Choices {
  const { format, out, template, domain, diff, "set-secrets": stack, json } = values;
  if (!Object.hasOwn(FORMATS, format)) throw new UsageError(`--format must be one of ${FORMAT_NAMES.join(", ")}`);
  if (out === "") throw new UsageError("--out must not be empty");
  if (/\p{Cc}/u.test(out)) throw new UsageError("--out must not contain control characters");
  if (stack === "") throw new UsageError("--set-secrets must not be empty");
  const name = format as FormatName;
  if (stack !== undefined && !FORMATS[name].hasProgram) {
    throw new UsageError("--set-secrets requires a format that has a program");
  }
  if (diff && template.length + domain.length > 0) {
    throw new UsageError("--diff compares the whole account: omit --template and --domain");
  }
  if (diff && stack !== undefined) throw new UsageError("--diff writes nothing: omit --set-secrets");
  return { format: name, folder: out, selection: selectionOf(template, domain), isDiff: diff, stack, asJson: json };
}

async function printDifference(choices: Choices, terminal: Terminal): Promise<number> {
  const { folder, asJson } = choices;
  const model = await readModel(choices, terminal);
  const difference = compareWithFolder(model, folder);
  const { leftOut } = model;
  const text = () => differenceReport(folder, difference, leftOut);
  terminal.print(asJson ? JSON.stringify({ folder, ...difference, leftOut }) : text());
  const { onlyInAccount, onlyInFolder } = difference;
  const parts = [onlyInAccount.templates, onlyInAccount.rules, onlyInFolder.templates, onlyInFolder.rules, leftOut];
  return parts.every(({ length }) => length === 0) ? EXIT.success : EXIT.failure;
}

/**
 * Returns whether the format can contain a template. Only a program can adopt a template that keeps its name.
 */
const isWrittenBy =
  ({ format }: Choices) =>
  ({ keptName }: ExportedTemplate): boolean =>
    FORMATS[format].hasProgram || keptName === undefined;

async function readModel(choices: Choices, terminal: Terminal): Promise<Model> {
  const account = await readAccount(terminal);
  const model = createModel(account, select(account, choices.selection));
  const notWritten = model.templates.filter((template) => !isWrittenBy(choices)(template));
  const reasons = notWritten.map(({ id, keptName = "" }) => ({
    ...{ templateId: id, templateName: keptName },
    reason: `${keptName ? "another template has its name" : "it has no name"}. Adopt it by its id in a program`,
  }));
  return { ...model, leftOut: [...reasons, ...model.leftOut] };
}

function nothingToExport({ leftOut }: Model): string {
  if (leftOut.length === 0) return "the account has no callback templates and no rules: there is nothing to export";
  return `nothing can be exported: ${leftOut.map(leftOutText).join("; ")}`;
}

async function writeProject({ format, folder, stack }: Choices, model: Model, terminal: Terminal): Promise<void> {
  const files = FORMATS[format].files(model, projectName(basename(resolve(folder))));
  await writeFolder(folder, { ...files, "README.md": readme(format, model) });
  if (stack !== undefined) await setSecrets(folder, stack, secretsIn(model), terminal);
}

function resultOf(choices: Choices, model: Model): Exported {
  const { format, folder, stack } = choices;
  const isProgram = FORMATS[format].hasProgram;
  return {
    ...{ folder, format },
    templates: model.templates.filter(isWrittenBy(choices)).length,
    rules: model.templates.flatMap(({ bindings }) => bindings).length,
    secrets: isProgram ? secretsIn(model).map(({ configKey }) => configKey) : [],
    ...{ stack, leftOut: model.leftOut },
    next: [...(isProgram ? [cdCommand(folder)] : []), ...nextCommands(format, model, stack !== undefined)],
  };
}
