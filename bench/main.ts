import type { CommandSpec, OptionValues } from "../cli/commandLine";
import { providerStub } from "../sdk/dynamic/providerStub";
import { runBenchmark } from "./command";
import { deploymentRows } from "./deployments";
import { loadingRows } from "./loading";
import { exact, type Row, table } from "./measure";
import { save } from "./save";
import { signingRows } from "./signing";
import { sizeRows } from "./size";
import { throughputRows } from "./throughput";

const LATENCIES_MS = [0, 50];
/**
 * Stacks with this many templates and bindings or more take minutes. They are measured once, without latency
 * and with the API's rate limits.
 */
const LARGE = 400;

const SPEC = {
  name: "npm run bench --",
  description:
    "Measures each subject against a floor in the same run, and prints the ratios. " + "No result makes the run fail.",
  options: {
    runs: {
      ...{ value: "n", default: "3" },
      help:
        "runs of each subject and of its floor; the medians are reported. Stacks of 400 and more are " +
        "measured once, without latency and with the API's rate limits",
    },
    sizes: {
      ...{ value: "a,b", default: "25,50,100,400" },
      help: "sizes of the stacks: the number of templates, and of bindings",
    },
    save: { help: "write the results to bench/results/, and the table to docs/performance.md" },
  },
} as const satisfies CommandSpec;

async function measureAll(values: OptionValues<typeof SPEC>): Promise<void> {
  const rows: Row[] = [];
  for await (const some of measured(Number(values.runs), values.sizes.split(",").map(Number))) {
    const first = rows.length === 0;
    const added = some.filter(({ name }) => !rows.some((row) => row.name === name));
    rows.push(...added);
    console.log(table(added, first));
    // Saved after each step: the last rows take longest, and an interrupted run keeps the rows before them.
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

void runBenchmark(SPEC, measureAll);
