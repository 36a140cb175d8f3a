import { readFileSync } from "node:fs";
import type { Clock } from "../provider/api/clock";
import { type CommandSpec, type ParsedCommandLine, parseCommandLine } from "./commandLine";

/** The name of the command. */
export const PROGRAM = "tencentcloud-live";

/** The input, output and environment of a subcommand. */
export interface Terminal {
  environment: Readonly<Record<string, string | undefined>>;
  /** Reads the whole standard input. */
  readInput: () => Promise<Uint8Array>;
  /** Writes a line to the standard output: results only. */
  print: (line: string) => void;
  clock: Clock;
}

/** The exit codes: success, a failed check or command, and a usage error. */
export const EXIT = { success: 0, failure: 1, usage: 2 } as const;

/** The sources of credentials and settings, for the help of the commands that call the API. */
export const CREDENTIALS_NOTE = `Credentials and settings have the same sources as the provider's: environment
variables (TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY,
TENCENTCLOUD_SECURITY_TOKEN, TENCENTCLOUD_LIVE_ENDPOINT), profiles and roles.`;

/** Runs a subcommand with its arguments. Resolves with the exit code. */
export interface Subcommand {
  (args: readonly string[], terminal: Terminal): Promise<number>;
  /** The options. A test compares the documents with them. */
  readonly spec: CommandSpec;
}

/**
 * Creates a subcommand with `--help` and `--version`. `spec.name` does not include the name of the program.
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

/** Returns the version of this package. */
export function packageVersion(): string {
  return JSON.parse(readFileSync(require.resolve("pulumi-tencentcloud-live/package.json"), "utf8")).version;
}

/** Puts external text on one line, because control characters in it could manipulate a terminal. */
export const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, " ").trim();

/** Formats rows as text columns, two spaces apart. The last column is not padded. */
export function textTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ");
  return rows.map((row) => line(row).trimEnd()).join("\n");
}
