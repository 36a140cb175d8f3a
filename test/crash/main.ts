import { parseArgs } from "node:util";
import { type Point, parsePoint } from "./point";
import { canFindProcesses } from "./processes";
import { SCENARIOS } from "./scenarios";
import { Sweep, type Totals } from "./sweep";
import { World } from "./world";

const HELP = `Kills deployments at every API call, recovers as documented, and compares the cloud with the program.

  --scenario NAME   only this scenario; repeatable
  --only POINT      only this point, <scenario>:<Action>.<nth>:arrived|applied:all|cli|cli-at-once; repeatable
  --thorough        both sides of reads, every way on every side, every check after every point
  --jobs N          the number of points that run at the same time (default: 2)
  --native          with the native provider instead of the dynamic one

Scenarios:
${Object.entries(SCENARIOS)
  .map(([name, { title }]) => `  ${name.padEnd(27)}${title}`)
  .join("\n")}
`;

const OPTIONS = {
  scenario: { type: "string", multiple: true },
  only: { type: "string", multiple: true },
  thorough: { type: "boolean", default: false },
  jobs: { type: "string", default: "2" },
  native: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) return print(HELP);
  if (!canFindProcesses) throw new Error("this requires Linux, which lists the processes of a run in /proc");
  const only = values.only?.map(parsePoint);
  const scenarios = chosen(only, values.scenario);
  const started = performance.now();
  const empty = await World.create(values);
  try {
    const sweep = new Sweep(empty, { jobs: Number(values.jobs), thorough: values.thorough, print });
    // Running points are ended with their processes and folders, and the totals so far are printed.
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => sweep.stop());
    const totals = await sweep.run(scenarios, only);
    print(summary(totals, Math.round((performance.now() - started) / 1000)));
    if (totals.failures > 0 || totals.points === 0) process.exitCode = 1;
  } finally {
    await empty.close();
  }
}

function summary({ scenarios, points, notReached, forgotten, failures }: Totals, seconds: number): string {
  return [
    `${scenarios} scenarios, ${points} points swept, ${failures} failures, ${seconds} s`,
    `${notReached} points whose call the run did not make`,
    `${forgotten} points that left a template without a record in the stack`,
  ].join("; ");
}

function chosen(only: readonly Point[] | undefined, named: readonly string[] | undefined): typeof SCENARIOS {
  const names = only?.map(({ scenario }) => scenario) ?? named ?? Object.keys(SCENARIOS);
  const unknown = names.find((name) => !Object.hasOwn(SCENARIOS, name));
  if (unknown !== undefined) throw new Error(`there is no scenario ${unknown}; --help lists them`);
  return Object.fromEntries(Object.entries(SCENARIOS).filter(([name]) => names.includes(name)));
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
