import { Command, CommanderError, Option } from "commander";

// The build bundles this file with commander, so that the package does not depend on it. This file imports no
// other file of the repository, because the bundle would contain a second copy of it.

/** The command line is invalid. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** An option of a command. Without `value` it is a switch. */
export interface OptionSpec {
  /** The placeholder of the value in the help, for example `file`. */
  value?: string;
  help: string;
  default?: string;
  required?: boolean;
  /** Whether the values of all uses are kept. Otherwise the last value is used. */
  repeatable?: boolean;
}

/** The options of a command, and the texts of its help. */
export interface CommandSpec {
  /** The command as the user types it, for example `tencentcloud-live send`. */
  name: string;
  description: string;
  /** The options by name, without the two hyphens. */
  options: Readonly<Record<string, OptionSpec>>;
  /** The optional positional argument. */
  argument?: { name: string; help: string };
  /** Summaries of the subcommands by name, for the help. The caller dispatches before it parses. */
  subcommands?: Readonly<Record<string, string>>;
  /** Text at the end of the help. */
  notes?: string;
  /** Returns the version. Without this function there is no `--version`. */
  version?: () => string;
}

type ValueOf<O extends OptionSpec> = O extends { value: string }
  ? O extends { repeatable: true }
    ? string[]
    : O extends { required: true } | { default: string }
      ? string
      : string | undefined
  : boolean;

/** The values of a command's options by name. An absent switch is `false`. */
export type OptionValues<S extends Pick<CommandSpec, "options">> = {
  [Name in keyof S["options"]]: ValueOf<S["options"][Name]>;
};

/** The values in a valid command line. */
export interface ParsedCommandLine<S extends Pick<CommandSpec, "options">> {
  values: OptionValues<S>;
  argument: string | undefined;
}

/**
 * Parses the arguments of a command. Returns the text of the help or the version if it is requested.
 *
 * @throws UsageError The message never repeats a value, because the value may be a secret whose option is
 *   missing or mistyped.
 */
export function parseCommandLine<const S extends CommandSpec>(
  spec: S,
  args: readonly string[],
): ParsedCommandLine<S> | string {
  let help = "";
  const writeOut = (text: string) => {
    help += text;
  };
  const command = createCommand(spec)
    .exitOverride()
    .configureOutput({ writeOut, writeErr: () => {} });
  rejectMissingValues(args, spec.options);
  try {
    command.parse(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === "commander.helpDisplayed") return help.trimEnd();
    if (error.code === "commander.version") return spec.version?.() ?? "";
    throw new UsageError(usageMessage(error, spec, command));
  }
  if (spec.subcommands) throw new UsageError(subcommandMessage(spec.subcommands));
  return { values: readValues(command, spec.options) as OptionValues<S>, argument: command.args[0] };
}

/**
 * Rejects `--name --other`, where the library would use `--other` as the value. `--name=--other` is valid.
 */
function rejectMissingValues(args: readonly string[], options: CommandSpec["options"]): void {
  const nameOf = (arg = "") => (arg.startsWith("--") ? arg.slice(2).replace(/=.*$/s, "") : "");
  for (const [index, arg] of args.entries()) {
    const { value } = options[arg.startsWith("--") ? arg.slice(2) : ""] ?? {};
    const next = nameOf(args[index + 1]);
    if (value && (next === "help" || Object.hasOwn(options, next)))
      throw new UsageError(`${arg} requires a <${value}>`);
  }
}

function createCommand(spec: CommandSpec): Command {
  const { name, description, options, argument, subcommands = {}, notes, version } = spec;
  const command = new Command(name).description(description).usage(usageLine(spec)).helpCommand(false);
  for (const [option, { value, help, default: initial, repeatable }] of Object.entries(options)) {
    const added = new Option(value ? `--${option} <${value}>` : `--${option}`, help);
    if (initial !== undefined) added.default(initial, initial);
    if (repeatable) added.argParser<string[]>((given, before = []) => [...before, given]);
    command.addOption(added);
  }
  if (version) command.version("", "--version", "print the version");
  command.helpOption("-h, --help", "print this help");
  if (argument) command.argument(`[${argument.name}]`, argument.help);
  for (const [subcommand, summary] of Object.entries(subcommands)) {
    command.command(subcommand).usage("[options]").description(summary);
  }
  return notes ? command.addHelpText("after", `\n${notes}`) : command;
}

function usageLine({ options, argument, subcommands }: CommandSpec): string {
  const required = Object.entries(options).filter(([, option]) => option.required);
  return [
    ...(subcommands ? ["<command>"] : []),
    ...required.map(([name, { value }]) => `--${name} <${value}>`),
    "[options]",
    ...(argument ? [`[${argument.name}]`] : []),
  ].join(" ");
}

function readValues(command: Command, options: CommandSpec["options"]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, { value, required, repeatable }] of Object.entries(options)) {
    const option = command.options.find(({ long }) => long === `--${name}`);
    const given: unknown = option && command.getOptionValue(option.attributeName());
    // The library treats `--no-x` as the negation of `--x`. Here it is a separate switch.
    const on = given === !option?.negate;
    values[name] = value ? (given ?? (repeatable ? [] : undefined)) : on;
    if (required && !values[name]) throw new UsageError(`--${name} is missing`);
  }
  return values;
}

function usageMessage({ code, message }: CommanderError, spec: CommandSpec, command: Command): string {
  const { subcommands = {}, argument } = spec;
  switch (code) {
    case "commander.unknownOption":
      return unknownOptionMessage(message, command);
    case "commander.optionMissingArgument":
      return message.replace("error: ", "");
    case "commander.excessArguments":
      return `there are too many arguments${argument ? "" : ": this command takes only options"}`;
    case "commander.unknownCommand":
    case "commander.help":
      return subcommandMessage(subcommands);
    default:
      return "the arguments are invalid";
  }
}

function subcommandMessage(subcommands: Readonly<Record<string, string>>): string {
  const names = Object.keys(subcommands);
  return `the first argument must be ${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}

/** Returns a message with only the name of `--name=value` or `-xvalue`. */
function unknownOptionMessage(message: string, command: Command): string {
  const [, flag = "", hint] = /^error: unknown option '(.*?)'(?:\n(\(Did you mean [^\n']*\)))?$/s.exec(message) ?? [];
  const name = flag.startsWith("--") ? flag.replace(/=.*$/s, "") : flag.slice(0, 2);
  if (name === "--help" || command.options.some(({ long }) => long === name)) return `option '${name}' takes no value`;
  return [`unknown option '${name}'`, hint].filter(Boolean).join(" ");
}
