import { execFileSync } from "node:child_process";
import { delimiter, dirname, join } from "node:path";
import { type CommandSpec, parseCommandLine, UsageError } from "../cli/commandLine";
import { nodeFolder } from "../tools/nodeVersion";
import type { ScratchProject } from "../tools/scratchProject";
import { yamlHostFolder } from "../tools/yamlHost";
import { withBundle } from "./bundle";
import { type Api, floorOf, type Life, live, OPERATIONS, programOf, resourceIn, sum, TYPES } from "./deployments";
import { exact, inTurns, type Row, row, table } from "./measure";
import { save } from "./save";
import { startRow } from "./start";

const SPEC = {
  name: "npm run bench:native --",
  description:
    "Measures the native provider beside the dynamic one and its floor, all in turns in one run, and prints the ratios. " +
    "A CLI that is not of the version is installed or built once. It never fails for a figure.",
  options: {
    runs: { value: "n", default: "5", help: "how often each is measured; the medians count" },
    size: { value: "n", default: "50", help: "a stack of so many templates and as many bindings" },
    latency: { value: "ms", default: "50", help: "how long each call to the API takes" },
    cli: { value: "version", default: "3.274.1", help: "the Pulumi CLI" },
    node: { value: "version", default: "22", help: "the Node of the programs and providers" },
    save: { help: "keep the results in bench/results/, and the table in docs/performance.md" },
  },
} as const satisfies CommandSpec;

/** The name by which the engine finds a plugin. */
const EXECUTABLE = "pulumi-resource-tencentcloud-live";

/** The program of a stack of templates and bindings in YAML, with the properties of `programOf`. */
function yamlOf(size: number, pluginFolder: string): string {
  const of = (n: number) => `  template-${n}:
    type: tencentcloud-live:CallbackTemplate
    properties:
      templateName: hooks-${n}
      callbackKey: Secret1
      streamBeginNotifyUrl: https://hooks.example.com/live/begin
      streamEndNotifyUrl: https://hooks.example.com/live/end
  binding-${n}:
    type: tencentcloud-live:DomainBinding
    properties: { domainName: push-${n}.example.com, templateId: "\${template-${n}.templateId}" }
`;
  const plugins = `plugins:\n  providers:\n    - name: tencentcloud-live\n      path: ${pluginFolder}\n`;
  return `name: callbacks\nruntime: yaml\n${plugins}resources:\n${Array.from({ length: size }, (_, n) => of(n)).join("")}`;
}

interface Toolchain {
  node: string;
  yamlHost: string;
}

/** Lets a project use a Node, and writes its program. */
const setUp =
  ({ node, yamlHost }: Toolchain, write: (project: ScratchProject) => void) =>
  (project: ScratchProject) => {
    project.environment["PATH"] = [node, yamlHost, project.environment["PATH"] ?? process.env["PATH"]].join(delimiter);
    write(project);
  };

const inJavaScript = (size: number) => (project: ScratchProject) => {
  project.useNative();
  project.program(programOf(size));
};

const inYaml = (size: number, pluginFolder?: string) => (project: ScratchProject) => {
  // The YAML host is found on PATH.
  project.environment["PULUMI_IGNORE_AMBIENT_PLUGINS"] = "false";
  project.write("Pulumi.yaml", yamlOf(size, pluginFolder ?? project.pluginFolder));
};

/** The same program for a plugin that does nothing: what is left is the engine, the YAML host and Node. */
const inYamlOfNothing = (size: number, latencyMs: number, pluginFolder: string) => (project: ScratchProject) => {
  project.environment["EMPTY_PLUGIN_LATENCY_MS"] = String(latencyMs);
  inYaml(size, pluginFolder)(project);
};

/** The rows of the stack's life, each of a provider against the floor of the dynamic one. */
async function lifeRows(size: number, runs: number, api: Api, tools: Toolchain, emptyPlugin: string): Promise<Row[]> {
  const lifeOf = (write: (project: ScratchProject) => void) => () => live(api, setUp(tools, write));
  const [dynamic, floor, javaScript, yaml, yamlOfNothing] = await inTurns(
    runs,
    lifeOf((project) => project.program(programOf(size))),
    lifeOf((project) => project.program(floorOf(size, api.latencyMs))),
    lifeOf(inJavaScript(size)),
    lifeOf(inYaml(size)),
    lifeOf(inYamlOfNothing(size, api.latencyMs, dirname(emptyPlugin))),
  );
  const subjects = { dynamic, "native, JavaScript": javaScript, "native, YAML": yaml };
  const what = `${size} + ${size} at ${api.latencyMs} ms`;
  const seconds = (lives: Life[], operation: (typeof OPERATIONS)[number]) =>
    lives.map(({ took }) => took[operation] / 1000);
  const times = OPERATIONS.flatMap((operation) =>
    Object.entries(subjects).map(([name, lives]) =>
      row(`${operation} of ${what}, ${name}`, "s", seconds(lives, operation), seconds(floor, operation)),
    ),
  );
  const overPlugin = OPERATIONS.map((operation) =>
    row(
      `${operation} of ${what}, native, YAML ÷ an empty plugin`,
      "s",
      seconds(yaml, operation),
      seconds(yamlOfNothing, operation),
    ),
  );
  const { dynamic: _, ...native } = subjects;
  return [
    ...times,
    ...overPlugin,
    ...Object.entries(native).flatMap(([name, [life]]) => againstDynamic(name, life, dynamic[0])),
  ];
}

/** The bytes of a resource in the state, without its place in the program, which the language's host records. */
function bytesIn({ state }: Life, type: (typeof TYPES)[number]): number {
  const { sourcePosition, stackTrace, ...recorded } = resourceIn(state, type) as unknown as Record<string, unknown>;
  return JSON.stringify(recorded).length;
}

/** The calls of a native stack's life, and the bytes of its resources in the state, against those of a dynamic one. */
function againstDynamic(name: string, ours: Life | undefined, dynamic: Life | undefined): Row[] {
  if (!ours || !dynamic) return [];
  const calls = OPERATIONS.map((operation) =>
    exact(`calls: ${operation}, ${name} ÷ dynamic`, "calls", sum(ours.calls[operation]), sum(dynamic.calls[operation])),
  );
  const states = TYPES.map((type) =>
    exact(`state of a ${type}, ${name} ÷ dynamic`, "B", bytesIn(ours, type), bytesIn(dynamic, type)),
  );
  return [...calls, ...states];
}

async function main(): Promise<void> {
  const parsed = parseCommandLine(SPEC, process.argv.slice(2));
  if (typeof parsed === "string") return console.log(parsed);
  const { runs, size, latency, cli, node, save: isSaved } = parsed.values;
  process.env["PULUMI_VERSION"] = cli;
  const tools = { node: await nodeFolder(node), yamlHost: await yamlHostFolder() };
  const start = await startRow(join(tools.node, "node"), 4 * Number(runs));
  console.log(table([start]));
  const api = { latencyMs: Number(latency), rateLimits: false };
  const lives = await withBundle("emptyPlugin.ts", EXECUTABLE, (emptyPlugin) =>
    lifeRows(Number(size), Number(runs), api, tools, emptyPlugin),
  );
  console.log(table(lives, false));
  const version = execFileSync(join(tools.node, "node"), ["--version"], { encoding: "utf8" }).trim();
  if (isSaved) await save("measured native", [start, ...lives], version);
}

main().catch((error: unknown) => {
  const usage = error instanceof UsageError;
  console.error(usage ? `${error.message}. See --help.` : error instanceof Error ? error.stack : error);
  process.exitCode = usage ? 2 : 1;
});
