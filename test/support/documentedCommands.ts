import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { CommandSpec } from "../../cli/commandLine";
import { parseCommandLine } from "../../cli/commandLine";
import { deliveries } from "../../cli/deliveries";
import { emulator } from "../../cli/emulator";
import { exportCommand } from "../../cli/export";
import { send } from "../../cli/send";
import { verify } from "../../cli/verify";
import { scripts } from "../../package.json";
import { userChoices } from "../../tools/probe/commandLine";
import type { PulumiCommands } from "./pulumi/commands";

const ROOT = resolve(__dirname, "../..");
const PACKAGE = "pulumi-tencentcloud-live";
const PROGRAM = "tencentcloud-live";

const subcommands: Readonly<Record<string, CommandSpec>> = Object.fromEntries(
  [deliveries, emulator, exportCommand, send, verify].map(({ spec }) => [spec.name, spec]),
);

/** Programs for which only the name is checked. */
const OTHERS = [
  "cd",
  "curl",
  "echo",
  "eval",
  "export",
  "git",
  "kubectl",
  "mkdir",
  "node",
  "openssl",
  "set",
  "tccli",
  "unset",
];
/** The commands of `npm` besides scripts. */
const NPM = ["ci", "install", "pack", "publish", "start", "test", "version"];

/** Returns the problem with a command of a document, or `undefined` if it is valid. */
export function problemOf(words: readonly string[], pulumi: PulumiCommands, document: string): string | undefined {
  const [program = "", ...args] = words;
  if (program === "pulumi") return pulumiProblem(args, pulumi);
  if (program === "npm") return npmProblem(args, pulumi, scriptsAt(document));
  if (program === "npx") return npxProblem(args);
  if (program === PROGRAM) return ownProblem(args);
  return OTHERS.includes(program) ? undefined : `unknown program ${program}`;
}

function pulumiProblem(args: readonly string[], pulumi: PulumiCommands): string | undefined {
  const [first = ""] = args;
  if (first.startsWith("<")) return undefined;
  const name = [3, 2, 1].map((count) => args.slice(0, count).join(" ")).find((command) => pulumi.has(command));
  if (name === undefined) return `unknown command pulumi ${first}`;
  const unknown = args.find((arg) => arg.startsWith("--") && !pulumi.get(name)?.has(arg.replace(/=.*/, "")));
  return unknown && `unknown option ${unknown} of pulumi ${name}`;
}

/** Returns the scripts of the repository, and of the example that the document describes. */
function scriptsAt(document: string): readonly string[] {
  const manifest = join(ROOT, dirname(document), "package.json");
  const own = existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")).scripts : {};
  return Object.keys({ ...scripts, ...own });
}

function npmProblem(
  [command = "", ...args]: readonly string[],
  pulumi: PulumiCommands,
  known: readonly string[],
): string | undefined {
  if (command !== "run") return NPM.includes(command) ? undefined : `unknown command npm ${command}`;
  const [script = "", , ...options] = args.filter((arg) => arg !== "--silent");
  if (!known.includes(script)) return `unknown script ${script}`;
  if (script === "pulumi" && options.length > 0) return pulumiProblem(options, pulumi);
  // A script that is only mentioned may have no options.
  if ((script !== "probe" && script !== "conformance") || options.length === 0) return undefined;
  const given = options.map((option) => option.replace(/^<.*>$/, "push.example.com"));
  return failureOf(() => userChoices({ name: script, description: "", exitCodes: "" }, given));
}

function npxProblem(args: readonly string[]): string | undefined {
  const [name = "", ...rest] = args[0] === "--package" && args[1] === PACKAGE ? args.slice(2) : args;
  if (name === PROGRAM) return ownProblem(rest);
  return existsSync(join(ROOT, "node_modules/.bin", name)) ? undefined : `unknown program ${name}`;
}

function ownProblem([name = "", ...args]: readonly string[]): string | undefined {
  const spec = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
  if (!spec) return name.startsWith("<") ? undefined : `unknown command ${PROGRAM} ${name}`;
  // A command that is only mentioned may have no options.
  return args.length === 0 ? undefined : failureOf(() => parseCommandLine(spec, args));
}

function failureOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
