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

/** One deployment: a provider process with nothing remembered from the one before. */
export type Deployment = ReturnType<typeof createProvider>;
export type Lifecycle = Deployment["callbackTemplate"];

/** The hosts of the core; a deployment of a plugin is called over gRPC. */
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
 * A test of a name that the dynamic classes have made. The plugin makes names of its own; one that is proposed to it
 * counts as given by the program.
 */
export function itOfAutomaticName(title: string, work: () => Promise<void>): void {
  if (declaring === "dynamic") it(title, work);
}

/** An emulator, closed after each test, and deployments against it. */
export interface Cloud extends Emulator {
  /** The lines that its deployments have shown to the user: `<severity>: <line>`. */
  logged: string[];
  deployment(config?: Record<string, string>, options?: DeploymentOptions): Deployment;
}

/** The environment of a deployment against an emulator. */
export const emulatorEnvironment = ({ url }: Emulator) => ({
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

/** A cloud that is started before each test of the suite, and closed after it. */
export const useCloud = (options?: EmulatorOptions): Cloud => perTest(() => startCloud(options));

/** The actions of the calls that were to change something, in their order. */
export const writesTo = (emulator: Emulator): string[] =>
  emulator
    .callRecord()
    .map(({ action }) => action)
    .filter(isWriting);

/** A deployment that is new before each test of the suite. */
export function useDeployment(cloud: Cloud): Deployment {
  let current: Deployment | undefined;
  beforeEach(() => {
    current = cloud.deployment();
  });
  return standIn(() => current);
}

/** Where the state says that what was created against a cloud is. */
export const ORIGIN = { accountId: "100000000001", endpointKind: "other" } as const;

let resources = 0;

/** The arguments as the constructor passes them: with what tells the resource from others. */
const declared = (olds: Values, args: Values): Values => ({
  declaredBy: olds["declaredBy"] ?? `resource-${++resources}`,
  ...args,
});

/** `check` as the engine calls it; a refusal is thrown with all reasons. Without old inputs it is of a new resource. */
export const check = (type: Lifecycle, olds: Values, args: Values): Promise<Values> =>
  engine.check(type, olds, declared(olds, args));

export const create = (type: Lifecycle, args: Values): Promise<Stored> => engine.create(type, declared({}, args));

/** An update as the engine runs it: check, diff, and the update only if there is a difference. */
export const update = (type: Lifecycle, stored: Stored, args: Values): Promise<Stored> =>
  engine.update(type, stored, declared(stored.inputs, args));

/** The error that a promise is rejected with; a failure of the test if it is not. */
export async function rejection(work: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  const outcome = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome instanceof Error) return outcome as Error & Record<string, unknown>;
  throw new Error("expected an error, but there was none");
}
