import { oneLine } from "../command";
import type { Difference, OneSide } from "./diff";
import type { FormatName } from "./formats";
import { type LeftOut, templateLabel } from "./model";

/** The result of an export, as `--json` prints it. */
export interface Exported {
  folder: string;
  format: FormatName;
  /** The number of templates and of rules in the project. */
  templates: number;
  rules: number;
  /** The configuration keys of the secrets. */
  secrets: readonly string[];
  /** The stack in which the secrets were set. */
  stack: string | undefined;
  leftOut: readonly LeftOut[];
  /** The next commands, for a POSIX shell. */
  next: readonly string[];
}

/** Formats the result of an export as text. */
export function exportReport({ folder, format, templates, rules, secrets, stack, leftOut, next }: Exported): string {
  return [
    `Wrote ${count(templates, "template")} and ${count(rules, "rule")} to ${oneLine(folder)}.`,
    ...(stack === undefined ? [] : [`Set ${count(secrets.length, "secret")} of the stack ${stack}.`]),
    ...section("Left out:", leftOut.map(leftOutText)),
    "The API does not return the recording status callback (recordStatusNotifyUrl): look it up in the",
    "console. If the program sets none, a template keeps its current one.",
    format === "import" ? "Next, copy import.json into the folder of your project, and run there:" : "Next:",
    ...next.map((line) => `  ${line}`),
  ].join("\n");
}

/** Formats the difference between an account and a folder as text. */
export function differenceReport(
  folder: string,
  { onlyInAccount, onlyInFolder }: Difference,
  leftOut: readonly LeftOut[],
): string {
  const name = oneLine(folder);
  const parts = [
    ...section(`Only in the account, not in ${name}:`, sideLines(onlyInAccount)),
    ...section(`Only in ${name}, not in the account:`, sideLines(onlyInFolder)),
  ];
  const equal = parts.length === 0 ? [`${name} has the templates and rules of the account.`] : [];
  return [...equal, ...parts, ...section("Cannot be declared:", leftOut.map(leftOutText))].join("\n");
}

/** Describes a template or rule that is left out, and the reason, in a clause. */
export function leftOutText(one: LeftOut): string {
  const what = "rule" in one ? `rule ${oneLine(one.rule)}` : templateLabel(one.templateId, one.templateName);
  return `${what}: ${one.reason}`;
}

/** Returns the `cd` command of a POSIX shell for a folder. */
export function cdCommand(folder: string): string {
  // A name that begins with a hyphen would be an option.
  const path = folder.startsWith("-") ? `./${folder}` : folder;
  return `cd ${/^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`}`;
}

const sideLines = ({ templates, rules }: OneSide): string[] => [
  ...templates.map(({ templateId, name }) =>
    templateId === undefined ? `template ${oneLine(name)}` : `template ${templateId} (${oneLine(name)})`,
  ),
  ...rules.map((key) => `rule ${oneLine(key)}`),
];

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}.`)];

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? "" : "s"}`;
