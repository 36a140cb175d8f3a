import { type CommandSpec, parseCommandLine, UsageError } from "../cli/commandLine";
import { providerStub } from "../sdk/dynamic/providerStub";
import { deploymentRows } from "./deployments";
import { loadingRows } from "./loading";
import { exact, type Row, table } from "./measure";
import { save } from "./save";
import { signingRows } from "./signing";
import { sizeRows } from "./size";
import { throughputRows } from "./throughput";

const LATENCIES_MS = [0, 50];
/** From so many templates and bindings on a life takes minutes: it is measured once, without latency, under the API's limits. */
const LARGE = 400;

const SPEC = {
  name: "npm run bench --",
  description:
    "Measures each thing against a floor in the same run, and prints the ratios. It never fails for a figure.",
  options: {
    runs: {
      ...{ value: "n", default: "3" },
      help:
        "how often each of the two is measured; the medians count. Stacks of 400 and more are measured once, without " +
        "latency, and with the API's rate limits",
    },
    sizes: {
      ...{ value: "a,b", default: "25,50,100,400" },
      help: "stacks of so many templates and as many bindings",
    },
    save: { help: "keep the results in bench/results/, and the table in docs/performance.md" },
  },
} as const satisfies CommandSpec;

async function main(): Promise<void> {
  const parsed = parseCommandLine(SPEC, process.argv.slice(2));
  if (typeof parsed === "string") return console.log(parsed);
  const { values } = parsed;
  const rows: Row[] = [];
  for await (const some of measured(Number(values.runs), values.sizes.split(",").map(Number))) {
    const first = rows.length === 0;
    const added = some.filter(({ name }) => !rows.some((row) => row.name === name));
    rows.push(...added);
    console.log(table(added, first));
    // Each time anew, since the last rows take longest: what has been measured is kept if they are not waited for.
    if (values.save) await save("measured", rows);
  }
}

async function* measured(runs: number, sizes: readonly number[]): AsyncGenerator<Row[]> {
  yield [
    exact("__provider ÷ its limit of 200 bytes", "B", providerStub("callbackTemplate").length, 200),
    ...sizeRows(),
  ];
  yield await loadingRows(runs * 3);
  yield await signingRows(runs);
  yield await throughputRows(runs);
  for (const size of sizes.filter((size) => size < LARGE)) {
    for (const latencyMs of LATENCIES_MS) yield await deploymentRows(size, runs, { latencyMs, rateLimits: false });
  }
  for (const size of sizes.filter((size) => size >= LARGE)) {
    yield await deploymentRows(size, 1, { latencyMs: 0, rateLimits: true });
  }
}

main().catch((error: unknown) => {
  const usage = error instanceof UsageError;
  console.error(usage ? `${error.message}. See --help.` : error instanceof Error ? error.stack : error);
  process.exitCode = usage ? 2 : 1;
});
