import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { expect } from "chai";
import type { EmulatedAction } from "../../emulator/actions";
import { type Clock, realTimer } from "../../provider/api/clock";
import type { DeploymentOptions } from "../../provider/deployment";
import { FailingServer, MISTREATMENTS, type Mistreat } from "../support/api/failingServer";
import { VirtualClock } from "../support/clock";
import { type Cloud, type Deployment, destroy, startCloud } from "../support/cloud";
import { CANARY_CREDENTIALS } from "../support/provider/canaries";
import type { ChildReport } from "../support/provider/operationChild";
import {
  type Case,
  environmentOf,
  everyCall,
  everyWrite,
  ONE_LINE,
  OPERATIONS,
  type Operation,
  type Spent,
  type Stack,
  stackIn,
} from "../support/provider/operations";

/**
 * With these times, the end of a budget cuts the last delay short even if each request takes `timeout`. The
 * request after that delay ends as late as possible, so an operation takes the longest time that budgets
 * allow.
 */
const MS = { retry: 60_000, search: 15_000, timeout: 4_800, inUse: 30_000 };
const BACKOFF = { initialDelayMs: 100, maxDelayMs: 5_000, jitter: () => 1 };
const CONFIG = {
  "tencentcloud-live:retrySeconds": String(MS.retry / 1000),
  "tencentcloud-live:requestTimeoutSeconds": String(MS.timeout / 1000),
  "tencentcloud-live:inUseTimeoutSeconds": String(MS.inUse / 1000),
};

const SILENT = [
  "accepts and never responds",
  "drips a body that never ends",
  "drips headers that never end",
  "reports for ever that it is processing",
];
const THROTTLING = ["responds with 429 for ever", "throttles for ever"];
/** No retry helps. */
const FINAL = ["redirects to itself for ever"];

/** Returns the duration, in milliseconds, of an operation that spends this. */
function longest({ retries = 0, searches = 0, delays = 0, timeouts }: Spent, mistreatment: string): number {
  if (FINAL.includes(mistreatment)) return 0;
  if (THROTTLING.includes(mistreatment) && searches > 0) return MS.retry;
  const requests = SILENT.includes(mistreatment) ? timeouts * MS.timeout : 0;
  return retries * MS.retry + searches * MS.search + delays * BACKOFF.initialDelayMs + requests;
}

/** The failure of an operation, and the time until it fails. */
interface Outcome {
  /** For example `delete of a binding, from its call 2 on`. */
  what: string;
  ms: number;
  failure: unknown;
}

/** Creates a deployment with the times of these tests. */
function deploymentAt(
  cloud: Cloud,
  url: string,
  clock: Clock,
  changes: { config?: Record<string, string>; options?: DeploymentOptions } = {},
): Deployment {
  const options = { environment: environmentOf(url), backoff: BACKOFF, reconcileMs: MS.search, clock };
  return cloud.deployment({ ...CONFIG, ...changes.config }, { ...options, ...changes.options });
}

async function timed(what: string, clock: Clock, run: () => Promise<unknown>): Promise<Outcome> {
  const started = clock.monotonic();
  const failure: unknown = await run().then(
    () => "it did not fail",
    (error) => error,
  );
  return { what, ms: clock.monotonic() - started, failure };
}

/** Runs an operation whose server fails from one of its calls on. */
async function failing({ name, operation, good }: Case, mistreat: Mistreat): Promise<Outcome> {
  const clock = new VirtualClock();
  const cloud = await startCloud({ credentials: [CANARY_CREDENTIALS], clock: () => clock.now() });
  const stack = await stackIn(cloud);
  const server = await FailingServer.start(cloud.url, good, mistreat, clock);
  try {
    const deployment = deploymentAt(cloud, server.url, clock);
    return await timed(`${name}, from its call ${good + 1} on`, clock, () => operation.run(deployment, stack));
  } finally {
    await server.close();
    await cloud.close();
  }
}

function expectOneError({ what, failure }: Outcome): void {
  expect(failure, what).to.be.an.instanceOf(Error);
  expect((failure as Error).message, what).to.match(ONE_LINE);
  expect((failure as Error).stack, what).to.equal("");
}

describe("C11: an operation whose server fails", () => {
  for (const [name, mistreat] of Object.entries(MISTREATMENTS)) {
    it(`ends with one error on one line, exactly when its budgets end, if the server ${name}`, async () => {
      const cases = everyCall();
      const outcomes = await Promise.all(cases.map((one) => failing(one, mistreat)));
      outcomes.forEach(expectOneError);
      const expected = cases.map(({ operation, good }) => longest(operation.calls[good] as Spent, name));
      expect(Object.fromEntries(outcomes.map(({ what, ms }) => [what, ms]))).to.deep.equal(
        Object.fromEntries(outcomes.map(({ what }, index) => [what, expected[index]])),
      );
    }).timeout(60_000);
  }
});

describe("C11: an operation that reaches no server", () => {
  const proxies = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
  const environment = Object.fromEntries(proxies.map((name) => [name, process.env[name]]));
  let cloud: Cloud;
  let stack: Stack;
  before(async () => {
    for (const name of proxies) delete process.env[name];
    cloud = await startCloud({ credentials: [CANARY_CREDENTIALS] });
    stack = await stackIn(cloud);
    await cloud.close();
  });
  after(() => {
    for (const [name, value] of Object.entries(environment)) if (value !== undefined) process.env[name] = value;
  });

  const ENDPOINTS: Record<string, [url: () => string, clock: () => Clock]> = {
    "nothing listens at its endpoint": [() => cloud.url, () => new VirtualClock()],
    // A test cannot control how long the resolver takes, so requests time out in real time.
    "the name of its endpoint does not exist": [
      () => "https://live.invalid",
      () => Object.assign(new VirtualClock(), { timer: realTimer }),
    ],
  };
  for (const [why, [endpoint, newClock]] of Object.entries(ENDPOINTS)) {
    it(`ends with one error on one line, exactly when its budget ends, if ${why}`, async () => {
      const run = async ({ name, operation }: Case): Promise<Outcome> => {
        const clock = newClock();
        const config = { "tencentcloud-live:retrySeconds": "0.3", "tencentcloud-live:requestTimeoutSeconds": "2" };
        const deployment = deploymentAt(cloud, endpoint(), clock, { config });
        return timed(name, clock, () => operation.run(deployment, stack));
      };
      for (const outcome of await Promise.all(everyWrite().map(run))) {
        expectOneError(outcome);
        expect(outcome.ms, outcome.what).to.equal(300);
      }
    }).timeout(60_000);
  }
});

describe("C11: an operation that waits for something else", () => {
  /**
   * Runs the read of a template, or another operation, with the faults and settings that `prepare` chooses.
   */
  async function outcomeOf(
    prepare: (cloud: Cloud) => { config?: Record<string, string>; options?: DeploymentOptions },
    run = OPERATIONS["read of a template"]?.run as Operation["run"],
  ): Promise<Outcome> {
    const clock = new VirtualClock();
    const cloud = await startCloud({ credentials: [CANARY_CREDENTIALS], clock: () => clock.now() });
    try {
      const stack = await stackIn(cloud);
      const { config = {}, options = {} } = prepare(cloud);
      const deployment = deploymentAt(cloud, cloud.url, clock, { config, options });
      return await timed("it", clock, () => run(deployment, stack));
    } finally {
      await cloud.close();
    }
  }

  it("waits for the rules of the template that it deletes exactly as long as inUseTimeoutSeconds allows", async () => {
    const outcome = await outcomeOf(
      () => ({}),
      ({ callbackTemplate }, { bound }) => destroy(callbackTemplate, bound),
    );
    expectOneError(outcome);
    expect((outcome.failure as Error).message).to.contain("it is still bound to a.example.com, after 30 s");
    expect(outcome.ms).to.equal(MS.inUse);
  });

  const ROLE = "qcs::cam::uin/100000000001:roleName/deployer";
  const CALLS_OF_STS: [action: EmulatedAction, config: Record<string, string>][] = [
    ["AssumeRole", { "tencentcloud-live:assumeRoleArn": ROLE }],
    ["GetCallerIdentity", { "tencentcloud-live:allowedAccountIds": "100000000001" }],
  ];
  for (const [action, config] of CALLS_OF_STS) {
    it(`ends exactly when the budget of its credentials ends, if every ${action} fails`, async () => {
      const outcome = await outcomeOf((cloud) => {
        cloud.addFault({ kind: "status", status: 500, action, times: "always" });
        const environment = { ...environmentOf(cloud.url), TENCENTCLOUD_STS_ENDPOINT: cloud.url };
        return { config, options: { environment } };
      });
      expectOneError(outcome);
      expect((outcome.failure as Error).message).to.contain(`action=${action} `);
      expect(outcome.ms).to.equal(MS.retry);
    });
  }
});

describe("C11: a process", () => {
  for (const [name, code] of [
    ["accepts and never responds", "Provider.Timeout"],
    ["drips a body that never ends", "Provider.Timeout"],
    ["responds with 500 for ever", "Provider.HttpStatus"],
  ] as const) {
    it(`ends without open timers or connections after its operations, if the server ${name}`, async () => {
      const cloud = await startCloud();
      // The first call succeeds, and leaves a connection behind.
      const server = await FailingServer.start(cloud.url, 1, MISTREATMENTS[name] as Mistreat);
      const script = resolve(__dirname, "../support/provider/operationChild.ts");
      const config = { "tencentcloud-live:requestTimeoutSeconds": "1", "tencentcloud-live:retrySeconds": "0.3" };
      const child = spawn(process.execPath, ["--require", "tsx/cjs", script, server.url, JSON.stringify(config)], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      try {
        const [output, exit] = await Promise.all([text(child.stdout), once(child, "exit")]);
        const { failures, waitsFor } = JSON.parse(output) as ChildReport;
        expect(failures).to.have.length(2);
        for (const failure of failures) expect(failure).to.contain(`code=${code} `);
        expect(waitsFor.filter((resource) => /Timeout|TCP/.test(resource))).to.deep.equal([]);
        expect(exit).to.deep.equal([0, null]);
      } finally {
        child.kill();
        await server.close();
        await cloud.close();
      }
    }).timeout(30_000);
  }
});
