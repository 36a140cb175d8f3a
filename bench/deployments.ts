import { type Emulator, type EmulatorOptions, startEmulator } from "../emulator";
import type { Action } from "../provider/api/contract/live";
import { ScratchProject } from "../tools/scratchProject";
import { exact, inTurns, type Row, row } from "./measure";

export const OPERATIONS = ["up", "no-op update", "refresh", "destroy"] as const;
export type Operation = (typeof OPERATIONS)[number];

/** The measurements of one stack, from its first `pulumi up` to its `pulumi destroy`. */
export interface Life {
  /** Milliseconds of each operation. */
  took: Record<Operation, number>;
  calls: Record<Operation, Partial<Record<Action, number>>>;
  state: string;
}

/** Writes the program of a stack to a project. */
type Write = (project: ScratchProject) => void;

const TEMPLATE = `{
  templateName: "hooks-" + n,
  callbackKey: "Secret1",
  streamBeginNotifyUrl: "https://hooks.example.com/live/begin",
  streamEndNotifyUrl: "https://hooks.example.com/live/end",
}`;

/** Returns a program with `size` templates and `size` bindings, for the classes of either provider. */
export const programOf = (size: number) => `
for (let n = 0; n < ${size}; n++) {
  const template = new CallbackTemplate("template-" + n, ${TEMPLATE});
  new DomainBinding("binding-" + n, { domainName: "push-" + n + ".example.com", templateId: template.templateId });
}`;

/**
 * Returns a program with the same resources and properties, for a dynamic provider that does nothing: its
 * times are those of the engine. Each write waits as long as an API call. A read does not wait, because two
 * lists serve all reads.
 */
export const floorOf = (size: number, latencyMs: number) => `
const wait = ${latencyMs} > 0 ? "new Promise(done=>setTimeout(done,${latencyMs},v))" : "v";
const __provider =
  "exports.handler=()=>{const w=v=>" + wait + ";return{" +
  "create:async i=>w({id:i.domainName||i.templateName,outs:i})," +
  "read:async(id,props)=>({id,props})," +
  "delete:async()=>w()}}";
class Nothing extends pulumi.CustomResource {
  constructor(type, name, inputs) {
    const options = { additionalSecretOutputs: ["callbackKey"] };
    super("pulumi-nodejs:dynamic/floor:" + type, name, { ...inputs, __provider }, options);
  }
}
for (let n = 0; n < ${size}; n++) {
  const { callbackKey, ...rest } = ${TEMPLATE};
  const inputs = { ...rest, callbackKey: pulumi.secret(callbackKey), declaredBy: "0123456" };
  const template = new Nothing("CallbackTemplate", "template-" + n, inputs);
  const domainName = "push-" + n + ".example.com";
  const times = { createTime: "2026-01-01T00:00:00+08:00", updateTime: "2026-01-01T00:00:00+08:00" };
  const target = { domainName, templateId: template.id };
  new Nothing("DomainBinding", "binding-" + n, { ...target, declaredBy: "0123456", ...times });
}`;

/** Deploys a stack, deploys it again without changes, refreshes it and destroys it. */
export const live = (api: Api, write: Write): Promise<Life> => inEmulator(api, (emulator) => liveIn(emulator, write));

async function liveIn(emulator: Emulator, write: Write): Promise<Life> {
  const project = await ScratchProject.start(emulator.url);
  // Users load the whole SDK, so the lazy loading of the tests is off.
  delete project.environment["NODE_OPTIONS"];
  const [took, calls] = [{}, {}] as [Life["took"], Life["calls"]];
  const timed = async (operation: Operation, run: () => Promise<unknown>): Promise<void> => {
    emulator.reset({ calls: true });
    const started = performance.now();
    await run();
    took[operation] = performance.now() - started;
    calls[operation] = emulator.calls();
  };
  try {
    write(project);
    await timed("up", () => project.up());
    await timed("no-op update", () => project.up());
    const state = await project.stateText();
    await timed("refresh", () => project.refresh());
    await timed("destroy", () => project.destroy());
    return { took, calls, state };
  } finally {
    project.close();
  }
}

/** The latency and the rate limits of the API in a measurement. */
export type Api = Required<Pick<EmulatorOptions, "latencyMs" | "rateLimits">>;

async function inEmulator<T>(api: Api, work: (emulator: Emulator) => Promise<T>): Promise<T> {
  const emulator = await startEmulator({ templateLimit: 10_000, ...api });
  try {
    return await work(emulator);
  } finally {
    await emulator.close();
  }
}

export const sum = (calls: Partial<Record<Action, number>>): number =>
  Object.values(calls).reduce((total, count) => total + count, 0);

/** The least number of calls: one write for each resource, and one list of each type for a refresh. */
const LEAST: Record<Operation, (size: number) => number> = {
  up: (size) => 2 * size,
  "no-op update": () => 0,
  refresh: () => 2,
  destroy: (size) => 2 * size,
};

interface StateResource {
  type: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
}

export const TYPES = ["CallbackTemplate", "DomainBinding"] as const;

/** Returns the first resource of a type in an exported state. */
export function resourceIn(state: string, type: (typeof TYPES)[number]): StateResource | undefined {
  const { deployment } = JSON.parse(state) as { deployment: { resources: StateResource[] } };
  return deployment.resources.find((resource) => resource.type.endsWith(`:${type}`));
}

/** Compares the bytes of a resource in the state with the bytes of its own properties. */
function stateRows(state: string): Row[] {
  return TYPES.map((name) => {
    const resource = resourceIn(state, name);
    const properties = [resource?.inputs, resource?.outputs].map((all = {}) => {
      const { __provider, ...own } = all;
      return JSON.stringify(own).length;
    });
    const bytes = properties.reduce((total, count) => total + count, 0);
    return exact(`state of a ${name} ÷ its own properties there`, "B", JSON.stringify(resource).length, bytes);
  });
}

/** Measures a stack of `size` templates and `size` bindings against its floor. */
export async function deploymentRows(size: number, runs: number, api: Api): Promise<Row[]> {
  const { latencyMs } = api;
  const [ours, floor] = await inTurns(
    runs,
    () => live(api, (project) => project.program(programOf(size))),
    () => live(api, (project) => project.program(floorOf(size, latencyMs))),
  );
  const what = `${size} + ${size}${latencyMs > 0 ? ` at ${latencyMs} ms` : ""}`;
  const times = OPERATIONS.map((operation) => {
    const seconds = (lives: Life[]) => lives.map(({ took }) => took[operation] / 1000);
    return row(`${operation} of ${what}`, "s", seconds(ours), seconds(floor));
  });
  const [first] = ours;
  if (!first) return times;
  const calls = OPERATIONS.map((operation) =>
    exact(`calls: ${operation} of ${what}`, "calls", sum(first.calls[operation]), LEAST[operation](size)),
  );
  return [...times, ...calls, ...stateRows(first.state)];
}
