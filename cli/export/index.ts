import { basename, resolve } from "node:path";
import { defineSubcommand, EXIT, oneLine, type Terminal } from "../command";
import { type CommandSpec, type OptionValues, UsageError } from "../commandLine";
import { readAccount, type Selection, select, selectionOf } from "./account";
import { compareWithFolder } from "./diff";
import { refuseExisting, writeFolder } from "./folder";
import { FORMATS, type FormatName } from "./formats";
import { createModel, type Model, secretsIn } from "./model";
import { projectName } from "./project";
import { nextCommands, readme } from "./readme";
import { setSecrets } from "./setSecrets";

const FORMAT_NAMES = Object.keys(FORMATS) as FormatName[];

const spec = {
  name: "export",
  description:
    "Writes callback templates and their rules, as they are in the account, as a Pulumi project that takes them over " +
    "and changes nothing. Keys are in no file.",
  options: {
    format: { value: "name", default: "typescript", help: `one of ${FORMAT_NAMES.join(", ")}` },
    out: { value: "folder", default: "live-callbacks", help: "the folder to create; an existing one is not touched" },
    template: { value: "id", repeatable: true, help: "only this template and its rules, may be repeated" },
    domain: {
      ...{ value: "name", repeatable: true },
      help: "only rules of this push domain, and their templates, may be repeated",
    },
    diff: { help: "write nothing: compare the account with the programs in the folder of --out" },
    "set-secrets": {
      value: "stack",
      help: "create this stack, and set its secrets with the pulumi command (default: print the commands)",
    },
  },
  notes: `Exit code 1 if a template or a rule is left out, or differs with --diff; the output
names each. --diff reads programs in the form that this command writes, and compares
which templates and rules there are; pulumi preview --refresh compares their properties.

Credentials and settings are those of the provider: TENCENTCLOUD_SECRET_ID,
TENCENTCLOUD_SECRET_KEY, TENCENTCLOUD_SECURITY_TOKEN, TENCENTCLOUD_LIVE_ENDPOINT,
roles, profiles and the rest.
CAM actions: live:DescribeLiveCallbackTemplates, live:DescribeLiveCallbackRules.`,
} as const satisfies CommandSpec;

interface Choices {
  format: FormatName;
  folder: string;
  selection: Selection;
  isDiff: boolean;
  /** The stack whose secrets are set. */
  stack: string | undefined;
}

/** Writes what an account has as a project. */
export const exportCommand = defineSubcommand(spec, async ({ values }, terminal) => {
  const choices = userChoices(values);
  if (choices.isDiff) return printDifference(choices, terminal);
  refuseExisting(choices.folder);
  const model = await readModel(choices, terminal);
  if (model.templates.length === 0) throw new Error(nothingToExport(model));
  await writeProject(choices, model, terminal);
  terminal.print(report(choices, model));
  return model.leftOut.length > 0 ? EXIT.failure : EXIT.success;
});

function userChoices(values: OptionValues<typeof spec>): Choices {
  const { format, out, template, domain, diff, "set-secrets": stack } = values;
  if (!Object.hasOwn(FORMATS, format)) throw new UsageError(`--format is one of ${FORMAT_NAMES.join(", ")}`);
  if (out === "") throw new UsageError("--out must not be empty");
  if (stack === "") throw new UsageError("--set-secrets must not be empty");
  const name = format as FormatName;
  if (stack !== undefined && !FORMATS[name].hasProgram) {
    throw new UsageError("--set-secrets goes with a format that has a program");
  }
  if (diff && template.length + domain.length > 0) {
    throw new UsageError("--diff compares the whole account: leave --template and --domain out");
  }
  if (diff && stack !== undefined) throw new UsageError("--diff writes nothing: leave --set-secrets out");
  return { format: name, folder: out, selection: selectionOf(template, domain), isDiff: diff, stack };
}

async function printDifference(choices: Choices, terminal: Terminal): Promise<number> {
  const { folder } = choices;
  const { leftOut, ...model } = await readModel(choices, terminal);
  const { onlyInAccount, onlyInFolder } = compareWithFolder({ ...model, leftOut }, folder);
  const parts = [
    ...section(`Only in the account, not in ${oneLine(folder)}:`, onlyInAccount),
    ...section(`Only in ${oneLine(folder)}, not in the account:`, onlyInFolder),
    ...section("Cannot be declared:", leftOut),
  ];
  const isEqual = onlyInAccount.length + onlyInFolder.length === 0;
  terminal.print(
    [...(isEqual ? [`${oneLine(folder)} has the templates and rules of the account.`] : []), ...parts].join("\n"),
  );
  return parts.length === 0 ? EXIT.success : EXIT.failure;
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}.`)];

async function readModel({ selection, format }: Choices, terminal: Terminal): Promise<Model> {
  const account = await readAccount(terminal);
  const model = createModel(account, select(account, selection));
  const adopted = FORMATS[format].hasProgram ? [] : model.templates.filter(({ keptName }) => keptName !== undefined);
  const reasons = adopted.map(({ id }) => `template ${id}: another has its name. Adopt it by its id in a program`);
  return { ...model, leftOut: [...reasons, ...model.leftOut] };
}

function nothingToExport({ leftOut }: Model): string {
  if (leftOut.length === 0) return "the account has no callback templates and no rules: there is nothing to export";
  return `there is nothing that can be exported: ${leftOut.join("; ")}`;
}

async function writeProject({ format, folder, stack }: Choices, model: Model, terminal: Terminal): Promise<void> {
  const files = FORMATS[format].files(model, projectName(basename(resolve(folder))));
  await writeFolder(folder, { ...files, "README.md": readme(format, model) });
  if (stack !== undefined) await setSecrets(folder, stack, secretsIn(model), terminal);
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? "" : "s"}`;

function report({ format, folder, stack }: Choices, model: Model): string {
  const { templates, leftOut } = model;
  const bindings = templates.flatMap((template) => template.bindings);
  const secrets = stack === undefined ? [] : [`Set ${count(secretsIn(model).length, "secret")} of the stack ${stack}.`];
  return [
    `Wrote ${count(templates.length, "template")} and ${count(bindings.length, "rule")} to ${oneLine(folder)}.`,
    ...secrets,
    ...section("Left out:", leftOut),
    "The API does not return the recording status callback (recordStatusNotifyUrl): look it up in the console.",
    "A template keeps the one that it has while the program sets none.",
    "Next:",
    ...[`cd ${oneLine(folder)}`, ...nextCommands(format, model, stack !== undefined)].map((line) => `  ${line}`),
  ].join("\n");
}
