import { parseArgs } from "node:util";

/** A command line that cannot be understood. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A flag as `node:util` takes it. */
interface Flag {
  type: "string" | "boolean";
  multiple?: boolean;
}

type ValueOf<F extends Flag> = F["type"] extends "boolean" ? boolean : F["multiple"] extends true ? string[] : string;

/** What a command line says. */
export interface Parsed<F extends Record<string, Flag>> {
  values: { [Name in keyof F]?: ValueOf<F[Name]> } & { help?: boolean };
  positionals: string[];
}

/** The flags, and at most so many arguments, of a command; `--help` is a flag of every command. */
export function parseFlags<F extends Record<string, Flag>>(args: string[], flags: F, most = 0): Parsed<F> {
  const options = { ...flags, help: { type: "boolean", short: "h" } } as const;
  let parsed: Parsed<F>;
  try {
    parsed = parseArgs({ args, options, allowPositionals: true }) as Parsed<F>;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  // Not shown: it may be a key whose flag was forgotten.
  if (parsed.positionals.length > most) throw new UsageError("there is an argument too many");
  return parsed;
}

/** A flag that has to be there. */
export function required(name: string, value: string | undefined): string {
  if (value === undefined || value === "") throw new UsageError(`--${name} is missing`);
  return value;
}

/** The environment variable with the callback key; a flag would show it in the list of processes. */
export const KEY_VARIABLE = "TENCENTCLOUD_LIVE_CALLBACK_KEY";

/** The keys of the flag, else the one of the environment. A secret store often adds a line end. */
export function callbackKeys(
  given: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): string[] {
  if (given.includes("")) throw new UsageError("--key must not be empty");
  const fromEnvironment = environment[KEY_VARIABLE]?.trim();
  return given.length > 0 ? [...given] : fromEnvironment ? [fromEnvironment] : [];
}

/** Checks that a message is either signed or said to be unsigned, so that a forgotten key is not mistaken for none. */
export function checkKeyChoice(keys: readonly string[], unsigned: boolean): void {
  if (keys.length === 0 && !unsigned) {
    throw new UsageError(`set ${KEY_VARIABLE}, or give --key, or --unsigned for a template without a key`);
  }
}
