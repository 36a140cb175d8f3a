import { EMULATOR_CREDENTIALS, type Emulator, type EmulatorOptions, startEmulator } from "../../emulator";
import { isWriting } from "../../emulator/http/callRecord";
import type { DeploymentOptions } from "../../provider/deployment";
import { createProvider } from "../../provider/hosts/dynamic";
import type { Log } from "../../provider/log";
import type { Stored, Values } from "../../tools/probe/engine";
import * as engine from "../../tools/probe/engine";
import { perTest, standIn } from "./lifetime";
import { pluginDeployment } from "./pluginDeployment";

export { configure, destroy, PROVIDER_STUB, refresh, type Stored, type Values } from "../../tools/probe/engine";

/** A deployment: a provider process without memory of previous ones. */
export type Deployment = ReturnType<typeof createProvider>;
export type Lifecycle = Deployment["callbackTemplate"];

/** The hosts of the core. A deployment of the plugin is called over gRPC. */
const hosts = { dynamic: createProvider, plugin: pluginDeployment };
let host: keyof typeof hosts = "dynamic";

/** The host of the suites that are being declared. */
let declaring: keyof typeof hosts = "dynamic";

/** Declares suites whose deployments run under another host. */
export function underHost(name: keyof typeof hosts, suites: () => void): void {
  before(() => {
    host = name;
  });
  after(() => {
    host = "dynamic";
  });
  declaring = name;
  suites();
  declaring = "dynamic";
}

/**
 * Declares a test of a name that the dynamic classes have created. For the plugin, such a name would count as
 * set by the program, because it creates its own names.
 */
export function itOfAutomaticName(title: string, work: () => Promise<void>): void {
  if (declaring === "dynamic") it(title, work);
}

/** Declares suites that show nothing of the host. They run under the dynamic host alone. */
export function underOneHost(suites: () => void): void {
  if (declaring === "dynamic") suites();
}

/** An emulator and deployments against it. It is closed after each test. */
export interface Cloud extends Emulator {
  /** The lines that the deployments have logged for the user: `<severity>: <line>`. */
  logged: string[];
  deployment(config?: Record<string, string>, options?: DeploymentOptions): Deployment;
}

/** Returns the environment of a deployment against an emulator. */
export const emulatorEnvironment = ({ url }: Pick<Emulator, "url">) => ({
  TENCENTCLOUD_SECRET_ID: EMULATOR_CREDENTIALS.secretId,
  TENCENTCLOUD_SECRET_KEY: EMULATOR_CREDENTIALS.secretKey,
  TENCENTCLOUD_LIVE_ENDPOINT: url,
  TENCENTCLOUD_STS_ENDPOINT: url,
});

export async function startCloud(options: EmulatorOptions = {}): Promise<Cloud> {
  const emulator = await startEmulator(options);
  const logged: string[] = [];
  const log: Log = (severity, line) => logged.push(`${severity}: ${line}`);
  return Object.assign(emulator, {
    logged,
    deployment(config: Record<string, string> = {}, session: DeploymentOptions = {}): Deployment {
      const environment = emulatorEnvironment(emulator);
      const backoff = { initialDelayMs: 1, maxDelayMs: 5 };
      const provider = hosts[host]({ environment, backoff, reconcileMs: 100, log, ...session });
      for (const type of Object.values(provider)) engine.configure(type, config);
      return provider;
    },
  });
}

/** Starts a cloud before each test of the suite, and closes it afterwards. */
export const useCloud = (options?: EmulatorOptions): Cloud => perTest(() => startCloud(options));

/** Returns the actions of the writes, in their order. */
export const writesTo = (emulator: Emulator): string[] =>
  emulator
    .callRecord()
    .map(({ action }) => action)
    .filter(isWriting);

/** Starts a new deployment before each test of the suite. */
export function useDeployment(cloud: Cloud): Deployment {
  let current: Deployment | undefined;
  beforeEach(() => {
    current = cloud.deployment();
  });
  return standIn(() => current);
}

/** Returns the origin in the state of resources that were created in a cloud. */
export const ORIGIN = { accountId: "100000000001", endpointKind: "other" } as const;

let resources = 0;

/** Returns the arguments as the constructor passes them, with the input that identifies the resource. */
const declared = (olds: Values, args: Values): Values => ({
  declaredBy: olds["declaredBy"] ?? `resource-${++resources}`,
  ...args,
});

/**
 * Calls `check` as the engine does. Without old inputs, the resource is new. @throws Error with all reasons
 */
export const check = (type: Lifecycle, olds: Values, args: Values): Promise<Values> =>
  engine.check(type, olds, declared(olds, args));

export const create = (type: Lifecycle, args: Values): Promise<Stored> => engine.create(type, declared({}, args));

/** Runs an update as the engine does: check, diff, and the update only if there is a difference. */
export const update = (type: Lifecycle, stored: Stored, args: Values): Promise<Stored> =>
  engine.update(type, stored, declared(stored.inputs, args));

/** Returns the error of a promise, which must be rejected. */
export async function rejection(work: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  const outcome = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome instanceof Error) return outcome as Error & Record<string, unknown>;
  throw new Error("expected an error, but there was none");
}
