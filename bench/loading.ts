import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { inTurns, type Row, row } from "./measure";

const REPOSITORY = resolve(__dirname, "..");

/** The time and memory that a new process needs to load modules. */
interface Loading {
  milliseconds: number;
  megabytes: number;
}

/** Loads modules in a new process. */
export function loading(modules: readonly string[]): Loading {
  const script = `
    const before = process.memoryUsage().rss, started = performance.now();
    for (const name of ${JSON.stringify(modules)}) require(name);
    const milliseconds = performance.now() - started;
    console.log(JSON.stringify({ milliseconds, megabytes: (process.memoryUsage().rss - before) / 1e6 }));`;
  return JSON.parse(execFileSync(process.execPath, ["-e", script], { cwd: REPOSITORY, encoding: "utf8" })) as Loading;
}

/** Entry points of the built package, and the packages that each requires. A call loads more than a check. */
const ENTRY_POINTS: readonly (readonly [what: string, modules: readonly string[], needs: readonly string[]])[] = [
  ["./provider for a check", ["pulumi-tencentcloud-live/provider"], ["zod"]],
  ["./provider for a call", ["pulumi-tencentcloud-live/provider", "./dist/provider/connection"], ["axios", "zod"]],
  [".", ["pulumi-tencentcloud-live"], ["@pulumi/pulumi"]],
  ["./receiver", ["pulumi-tencentcloud-live/receiver"], ["node:http"]],
];

/** Compares the time and memory to load each entry point with those of its required packages alone. */
export async function loadingRows(runs: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [what, modules, needs] of ENTRY_POINTS) {
    const [ours, floor] = await inTurns(
      runs,
      async () => loading(modules),
      async () => loading(needs),
    );
    const name = `load ${what} ÷ ${needs.join(" + ")}`;
    const of = (key: keyof Loading, all: Loading[]) => all.map((one) => one[key]);
    rows.push(row(`${name}, time`, "ms", of("milliseconds", ours), of("milliseconds", floor)));
    rows.push(row(`${name}, memory`, "MB", of("megabytes", ours), of("megabytes", floor)));
  }
  return rows;
}
