import dns from "node:dns";
import { expect } from "chai";
import { systemClock } from "../../../provider/api/clock";
import { ApiError, LiveError } from "../../../provider/api/errors";
import { retryWhile, startBudget } from "../../../provider/api/retry";
import {
  clientOf,
  closedPort,
  enough,
  failed,
  failureOf,
  ok,
  type ScriptedServer,
  serve,
} from "../../support/api/apiServer";
import { VirtualClock } from "../../support/clock";

describe("a call of the API", () => {
  it("is sent again after a refused connection even if it is a create, which never arrived", async () => {
    const port = await closedPort();
    const servers: ScriptedServer[] = [];
    // The server starts while the client waits for its second attempt.
    const sleep = async () => void servers.push(await serve([ok({ TemplateId: 7 })], port));
    const budget = startBudget({ ...systemClock, sleep }, 60_000);
    const client = clientOf(new URL(`http://127.0.0.1:${port}`));
    const created = await client.call("CreateLiveCallbackTemplate", { TemplateName: "a" }, budget);
    expect(created).to.deep.equal({ TemplateId: 7 });
    expect(servers.map(({ seen }) => seen.length)).to.deep.equal([1]);
  });

  for (const [part, waits] of [
    [1, [100, 200, 400, 800, 1_500, 1_500]],
    [0.5, [50, 100, 200, 400, 750, 750]],
    [0, [0, 0, 0, 0, 0, 0]],
  ] as const) {
    it(`waits for ${part * 100} % of a delay that doubles up to its limit, if the jitter is ${part}`, async () => {
      const clock = new VirtualClock();
      const times: number[] = [];
      const attempt = async (): Promise<void> => {
        times.push(clock.monotonic());
        if (times.length <= waits.length) throw new Error("again");
      };
      const backoff = { initialDelayMs: 100, maxDelayMs: 1_500, jitter: () => part };
      await retryWhile(attempt, () => true, startBudget(clock, 60_000), backoff);
      expect(times.slice(1).map((time, index) => time - (times[index] ?? 0))).to.deep.equal(waits);
    });
  }

  it("waits a random part of each delay by default", async () => {
    const waits: number[] = [];
    const sleep = async (ms: number) => void waits.push(ms);
    let left = 100;
    const attempt = async (): Promise<void> => {
      if (left-- > 0) throw new Error("again");
    };
    const budget = startBudget({ ...systemClock, sleep }, 60_000);
    await retryWhile(attempt, () => true, budget, { initialDelayMs: 1_000, maxDelayMs: 1_000 });
    expect(Math.min(...waits)).to.be.at.least(0);
    expect(Math.max(...waits)).to.be.below(1_000);
    expect(new Set(waits).size).to.equal(100);
  });

  it("reports a wait once, after 5 s, and none that ends or is cancelled earlier", async () => {
    const reports = async (ms: number, cancelAt?: number) => {
      const clock = new VirtualClock();
      const cancel = new AbortController();
      if (cancelAt !== undefined) clock.sleep(cancelAt).then(() => cancel.abort());
      const found: unknown[] = [];
      const onLongWait = (failure: unknown, remainingMs: number) =>
        found.push([(failure as Error).message, clock.monotonic(), remainingMs]);
      const budget = startBudget(clock, ms, { signal: cancel.signal, onLongWait });
      let attempts = 0;
      const attempt = async () => Promise.reject(new Error(`${++attempts}`));
      const backoff = { initialDelayMs: 2_000, maxDelayMs: 4_000, jitter: () => 1 };
      await retryWhile(attempt, () => true, budget, backoff).catch(() => undefined);
      expect(clock.monotonic()).to.equal(cancelAt ?? ms);
      return found;
    };
    // Attempts at 0, 2, 6, 10, … s.
    expect(await reports(60_000)).to.deep.equal([["2", 5_000, 55_000]]);
    for (const ms of [1_000, 5_000]) expect(await reports(ms), `${ms}`).to.deep.equal([]);
    expect(await reports(60_000, 4_000)).to.deep.equal([]);
  });

  it("fails with the last failure when its budget ends, after a last attempt", async () => {
    const { url, seen } = await serve([failed("RequestLimitExceeded", "first"), failed("InternalError", "last")]);
    const clock = new VirtualClock();
    const call = (ms: number) => {
      const backoff = { initialDelayMs: 100, maxDelayMs: 400, jitter: () => 1 };
      return clientOf(url, { clock, backoff }).call("DescribeLiveCallbackRules", {}, startBudget(clock, ms));
    };
    expect(await failureOf(call(1_000), ApiError)).to.include({ code: "InternalError", message: "last" });
    // At 0, 100, 300, 700 and 1,000 ms.
    expect([seen.length, clock.monotonic()]).to.deep.equal([5, 1_000]);
    await failureOf(call(0), ApiError);
    expect([seen.length, clock.monotonic()]).to.deep.equal([6, 1_000]);
  });

  it("is sent only once by send, whose caller checks the cloud before every attempt", async () => {
    const { url, seen } = await serve([failed("RequestLimitExceeded")]);
    await failureOf(clientOf(url).send("DescribeLiveCallbackRules", {}), ApiError);
    expect(seen).to.have.length(1);
  });
});

describe("a name that does not resolve", () => {
  const { lookup } = dns;
  const proxies = { NO_PROXY: process.env["NO_PROXY"], no_proxy: process.env["no_proxy"] };

  beforeEach(() => {
    process.env["NO_PROXY"] = process.env["no_proxy"] = "*";
  });

  afterEach(async () => {
    dns.lookup = lookup;
    for (const [name, value] of Object.entries(proxies)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  it("is looked up again even for a create, which never arrived", async () => {
    const { url, seen } = await serve([ok({ TemplateId: 7 })]);
    const codes = ["ENOTFOUND", "EAI_AGAIN"];
    const flaky = (_host: string, options: object, callback: (...response: unknown[]) => void): void => {
      const code = codes.shift();
      if (code) callback(Object.assign(new Error(code), { code, syscall: "getaddrinfo" }));
      else lookup("127.0.0.1", options, callback);
    };
    dns.lookup = flaky as typeof dns.lookup;
    const client = () => clientOf(new URL(`http://live.invalid:${url.port}`));
    const created = await client().call("CreateLiveCallbackTemplate", { TemplateName: "a" }, enough());
    expect([created.TemplateId, codes.length, seen.length]).to.deep.equal([7, 0, 1]);
    codes.push("ENOTFOUND");
    const error = await failureOf(client().send("CreateLiveCallbackTemplate", { TemplateName: "b" }), LiveError);
    expect(error).to.include({ code: "Provider.NetworkError", mayHaveExecuted: false });
    expect(error.message).to.equal(`the connection to http://live.invalid:${url.port} failed (ENOTFOUND)`);
  });
});
