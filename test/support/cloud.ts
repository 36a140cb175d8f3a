import type { dynamic } from "@pulumi/pulumi";
import { EMULATOR_CREDENTIALS, type Emulator, type EmulatorOptions, startEmulator } from "../../emulator";
import type { DeploymentOptions } from "../../provider/deployment";
import { createProvider } from "../../provider/hosts/dynamic";
import { perTest, standIn } from "./lifetime";

/** What the host adds to the properties of every resource. */
export const PROVIDER_STUB = "exports.handler=()=>0";

export type Values = Record<string, unknown>;

/** One deployment: a provider process with nothing remembered from the one before. */
export type Deployment = ReturnType<typeof createProvider>;
export type Lifecycle = Deployment["callbackTemplate"];

/** An emulator, closed after each test, and deployments against it. */
export interface Cloud extends Emulator {
  deployment(config?: Record<string, string>, options?: DeploymentOptions): Deployment;
}

export async function startCloud(options: EmulatorOptions = {}): Promise<Cloud> {
  const emulator = await startEmulator(options);
  return Object.assign(emulator, {
    deployment(config: Record<string, string> = {}, session: DeploymentOptions = {}): Deployment {
      const environment = {
        TENCENTCLOUD_SECRET_ID: EMULATOR_CREDENTIALS.secretId,
        TENCENTCLOUD_SECRET_KEY: EMULATOR_CREDENTIALS.secretKey,
        TENCENTCLOUD_LIVE_ENDPOINT: emulator.url,
        TENCENTCLOUD_STS_ENDPOINT: emulator.url,
      };
      const backoff = { initialDelayMs: 1, maxDelayMs: 5 };
      const provider = createProvider({ environment, backoff, reconcileMs: 100, ...session });
      for (const type of Object.values(provider)) configure(type, config);
      return provider;
    },
  });
}

/** A cloud that is started before each test of the suite, and closed after it. */
export const useCloud = (options?: EmulatorOptions): Cloud => perTest(() => startCloud(options));

/** A deployment that is new before each test of the suite. */
export function useDeployment(cloud: Cloud): Deployment {
  let current: Deployment | undefined;
  beforeEach(() => {
    current = cloud.deployment();
  });
  return standIn(() => current);
}

export function configure(type: Lifecycle, config: Record<string, string>): void {
  const get = (key: string): string | undefined => config[key];
  void type.configure({ config: { get } as unknown as dynamic.Config });
}

/** A resource in the state of a stack: what the engine keeps of it between deployments. */
export interface Stored {
  id: string;
  inputs: Values;
  outs: Values;
}

const withStub = (values: Values): Values => ({ ...values, __provider: PROVIDER_STUB });

let resources = 0;

/** `check` as the engine calls it; a refusal is thrown with all reasons. Without old inputs it is of a new resource. */
export async function check(type: Lifecycle, olds: Values, args: Values): Promise<Values> {
  const declaredBy = olds["declaredBy"] ?? `resource-${++resources}`;
  const { inputs, failures = [] } = await type.check(olds, withStub({ declaredBy, ...args }));
  if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
  return withStub(inputs as Values);
}

export async function create(type: Lifecycle, args: Values): Promise<Stored> {
  const inputs = await check(type, {}, args);
  const { id, outs } = await type.create({ ...inputs });
  return { id, inputs, outs: withStub(outs as Values) };
}

/** An update as the engine runs it: check, diff, and the update only if there is a difference. */
export async function update(type: Lifecycle, stored: Stored, args: Values): Promise<Stored> {
  const inputs = await check(type, stored.inputs, args);
  const { changes, replaces = [] } = await type.diff(stored.id, stored.outs, inputs);
  if (changes === false) return { ...stored, inputs };
  if (replaces.length > 0) throw new Error(`replaces ${replaces.join(", ")}`);
  const { outs } = await type.update(stored.id, stored.outs, { ...inputs });
  return { id: stored.id, inputs, outs: withStub(outs as Values) };
}

/** A refresh of one resource; `undefined` if it is gone. */
export async function refresh(type: Lifecycle, stored: Stored): Promise<Stored | undefined> {
  const { id, props, inputs } = await type.read(stored.id, { ...stored.outs });
  if (!id) return undefined;
  return { id, inputs: withStub(inputs as Values), outs: withStub(props as Values) };
}

export async function destroy(type: Lifecycle, stored: Stored): Promise<void> {
  await type.delete(stored.id, { ...stored.outs });
}

/** The error that a promise is rejected with; a failure of the test if it is not. */
export async function rejection(work: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  const outcome = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome instanceof Error) return outcome as Error & Record<string, unknown>;
  throw new Error("expected an error, but there was none");
}
