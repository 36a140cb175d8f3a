import { execFileSync } from "node:child_process";
import { delimiter, dirname, join } from "node:path";
import type { CommandSpec, OptionValues } from "../cli/commandLine";
import { nodeFolder } from "../tools/nodeVersion";
import type { ScratchProject } from "../tools/scratchProject";
import { yamlHostFolder } from "../tools/yamlHost";
import { withBundle } from "./bundle";
import { runBenchmark } from "./command";
import { type Api, floorOf, type Life, live, OPERATIONS, programOf, resourceIn, sum, TYPES } from "./deployments";
import { exact, inTurns, type Row, row, table } from "./measure";
import { save } from "./save";
import { startRow } from "./start";

const SPEC = {
  name: "npm run bench:native --",
  description:
    "Measures the native provider, the dynamic provider and a floor in alternation, and prints the ratios. " +
    "Installs or builds the requested Pulumi CLI if needed. No result makes the run fail.",
  options: {
    runs: { value: "n", default: "5", help: "runs of each subject; the medians are reported" },
    size: { value: "n", default: "50", help: "size of the stack: the number of templates, and of bindings" },
    latency: { value: "ms", default: "50", help: "how long each API call takes" },
    cli: { value: "version", default: "3.274.1", help: "version of the Pulumi CLI" },
    node: { value: "version", default: "22", help: "version of Node for the programs and providers" },
    save: { help: "write the results to bench/results/, and the table to docs/performance.md" },
  },
} as const satisfies CommandSpec;

/** The file name by which the engine finds a plugin. */
const EXECUTABLE = "pulumi-resource-tencentcloud-live";

/** Returns the YAML program of a stack of templates and bindings, with the properties of `programOf`. */
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
  const resources = Array.from({ length: size }, (_, n) => of(n)).join("");
  return `name: callbacks\nruntime: yaml\n${plugins}resources:\n${resources}`;
}

interface Toolchain {
  node: string;
  yamlHost: string;
}

/** Puts the toolchain on the PATH of a project, and writes its program. */
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

/** Uses a plugin that does nothing: its times are those of the engine, the YAML host and Node. */
const inYamlOfNothing = (size: number, latencyMs: number, pluginFolder: string) => (project: ScratchProject) => {
  project.environment["EMPTY_PLUGIN_LATENCY_MS"] = String(latencyMs);
  inYaml(size, pluginFolder)(project);
};

/**
 * Measures the life of a stack: one row per operation and subject, against the floor of the dynamic provider.
 */
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

/**
 * Returns the bytes of a resource in the state, without the source position that the language host records.
 */
function bytesIn({ state }: Life, type: (typeof TYPES)[number]): number {
  const { sourcePosition, stackTrace, ...recorded } = resourceIn(state, type) as unknown as Record<string, unknown>;
  return JSON.stringify(recorded).length;
}

/**
 * Compares a native stack with a dynamic one: the calls of its life, and the bytes of its resources in the
 * state.
 */
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

async function measureNative(values: OptionValues<typeof SPEC>): Promise<void> {
  const { runs, size, latency, cli, node, save: isSaved } = values;
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

void runBenchmark(SPEC, measureNative);
