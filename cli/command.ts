import { readFileSync } from "node:fs";
import type { Clock } from "../provider/api/clock";
import { type CommandSpec, type ParsedCommandLine, parseCommandLine } from "./commandLine";

/** The name of the command. */
export const PROGRAM = "tencentcloud-live";

/** What a subcommand reads from and writes to. */
export interface Terminal {
  environment: Readonly<Record<string, string | undefined>>;
  /** The whole of the standard input. */
  readInput: () => Promise<Uint8Array>;
  /** Writes a line to the standard output: results only. */
  print: (line: string) => void;
  clock: Clock;
}

/** The exit codes: success; a check or the command failed; the command line cannot be understood. */
export const EXIT = { success: 0, failure: 1, usage: 2 } as const;

/** Runs a subcommand with its arguments. Resolves with the exit code. */
export interface Subcommand {
  (args: readonly string[], terminal: Terminal): Promise<number>;
  /** What it takes, so that a test can compare the documents with it. */
  readonly spec: CommandSpec;
}

/**
 * Creates a subcommand with `--help` and `--version`. The name in the specification is that of the subcommand
 * alone.
 */
export function defineSubcommand<const S extends CommandSpec>(
  spec: S,
  run: (commandLine: ParsedCommandLine<S>, terminal: Terminal) => Promise<number>,
): Subcommand {
  const subcommand = async (args: readonly string[], terminal: Terminal): Promise<number> => {
    const parsed = parseCommandLine({ ...spec, name: `${PROGRAM} ${spec.name}`, version: packageVersion }, args);
    if (typeof parsed !== "string") return run(parsed, terminal);
    terminal.print(parsed);
    return EXIT.success;
  };
  return Object.assign(subcommand, { spec });
}

/** The version of this package. */
export function packageVersion(): string {
  return JSON.parse(readFileSync(require.resolve("pulumi-tencentcloud-live/package.json"), "utf8")).version;
}

/** Puts text from elsewhere on one line: line ends and other control characters could steer a terminal. */
export const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, " ").trim();

/** Formats rows as text in columns, two spaces apart; the last column is not padded. */
export function textTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ");
  return rows.map((row) => line(row).trimEnd()).join("\n");
}
