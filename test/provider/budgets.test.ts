import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { expect } from "chai";
import { FailingServer, MISTREATMENTS, type Mistreat } from "../support/api/failingServer";
import { type Cloud, startCloud } from "../support/cloud";
import { CANARY_CREDENTIALS } from "../support/provider/canaries";
import {
  type Case,
  environmentOf,
  everyCall,
  everyWrite,
  ONE_LINE,
  type Operation,
  type Stack,
  stackIn,
} from "../support/provider/operations";

const TIMEOUT_S = 1;
const RETRY_S = 0.3;
const CONFIG = {
  "tencentcloud-live:requestTimeoutSeconds": String(TIMEOUT_S),
  "tencentcloud-live:retrySeconds": String(RETRY_S),
  "tencentcloud-live:inUseTimeoutSeconds": "0.2",
};
const BACKOFF = { initialDelayMs: 20, maxDelayMs: 100 };
/** For a machine that is busy with other things; a budget that does not hold costs minutes. */
const SLACK_S = 5;

interface Outcome {
  /** For example `delete of a binding, from its call 2 on`. */
  what: string;
  seconds: number;
  most: number;
  failure: unknown;
}

async function timed(what: string, operation: Operation, cloud: Cloud, stack: Stack, url: string): Promise<Outcome> {
  const deployment = cloud.deployment(CONFIG, { environment: environmentOf(url), backoff: BACKOFF });
  const started = performance.now();
  const failure: unknown = await operation.run(deployment, stack).then(
    () => "it did not fail",
    (error) => error,
  );
  const seconds = (performance.now() - started) / 1000;
  return { what, seconds, most: operation.budgets * (RETRY_S + TIMEOUT_S), failure };
}

/** Every operation, failing at each of its calls in turn. */
function attempts(mistreat: Mistreat): Promise<Outcome[]> {
  const attempt = async ({ name, operation, good }: Case): Promise<Outcome> => {
    const cloud = await startCloud({ credentials: [CANARY_CREDENTIALS] });
    const stack = await stackIn(cloud);
    const server = await FailingServer.start(cloud.url, good, mistreat);
    try {
      return await timed(`${name}, from its call ${good + 1} on`, operation, cloud, stack, server.url);
    } finally {
      await server.close();
      await cloud.close();
    }
  };
  return Promise.all(everyCall().map(attempt));
}

function expectOneErrorInTime({ what, seconds, most, failure }: Outcome): void {
  expect(failure, what).to.be.an.instanceOf(Error);
  expect((failure as Error).message, what).to.match(ONE_LINE);
  expect((failure as Error).stack, what).to.equal("");
  expect(seconds, `seconds of ${what}`).to.be.lessThan(most + SLACK_S);
}

describe("C11: every operation ends in time, with one error on one line, when the server", () => {
  // They wait much and work little: all at once.
  const running = new Map<string, Promise<Outcome[]>>();
  before(() => {
    for (const [name, mistreat] of Object.entries(MISTREATMENTS)) running.set(name, attempts(mistreat));
  });

  for (const name of Object.keys(MISTREATMENTS)) {
    it(name, async () => {
      const outcomes = (await running.get(name)) ?? [];
      expect(outcomes).to.have.length(everyCall().length);
      for (const outcome of outcomes) expectOneErrorInTime(outcome);
    }).timeout(60_000);
  }
});

describe("C11: every operation ends in time, with one error on one line, where", () => {
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

  const ENDPOINTS: Record<string, () => string> = {
    "nothing listens": () => cloud.url,
    "the endpoint's name does not exist": () => "https://live.invalid",
  };
  for (const [why, endpoint] of Object.entries(ENDPOINTS)) {
    it(why, async () => {
      const run = ({ name, operation }: Case) => timed(name, operation, cloud, stack, endpoint());
      for (const outcome of await Promise.all(everyWrite().map(run))) expectOneErrorInTime(outcome);
    }).timeout(60_000);
  }
});

describe("C11: a process whose operations are over ends by itself, though the server", () => {
  for (const name of ["accepts and never answers", "drips a body that never ends", "answers 500 for ever"]) {
    it(name, async () => {
      const cloud = await startCloud();
      // The first call succeeds, and leaves a connection behind.
      const server = await FailingServer.start(cloud.url, 1, MISTREATMENTS[name] as Mistreat);
      const script = resolve(__dirname, "../support/provider/operationChild.ts");
      const child = spawn(process.execPath, ["--require", "tsx/cjs", script, server.url, JSON.stringify(CONFIG)], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      try {
        const exit = once(child, "exit");
        await once(child.stdout, "data");
        const over = performance.now();
        expect(await exit).to.deep.equal([0, null]);
        expect((performance.now() - over) / 1000).to.be.lessThan(3);
      } finally {
        child.kill();
        await server.close();
        await cloud.close();
      }
    }).timeout(30_000);
  }
});
