import dns from "node:dns";
import { expect } from "chai";
import type { Action, Request } from "../provider/api/actions";
import { ApiError, LiveError } from "../provider/api/errors";
import { type Budget, pollUntil, retryWhile, startBudget } from "../provider/api/retry";
import { officialExamples } from "./support/apiExamples";
import {
  clientOf,
  closedPort,
  closeServers,
  enough,
  failed,
  failureOf,
  ok,
  type Reply,
  raw,
  reset,
  serve,
} from "./support/apiServer";

/** One example of each action: what is sent, and an answer to it. */
const examples = new Map(officialExamples.map(({ action, request, response }) => [action, { request, response }]));
const REPEATABLE: readonly Action[] = [
  "ModifyLiveCallbackTemplate",
  "DeleteLiveCallbackTemplate",
  "DescribeLiveCallbackTemplate",
  "DescribeLiveCallbackTemplates",
  "DescribeLiveCallbackRules",
  "DescribeLiveDomain",
  "DescribeLiveDomains",
];
const SINGLE: readonly Action[] = ["CreateLiveCallbackTemplate", "CreateLiveCallbackRule", "DeleteLiveCallbackRule"];

/** How often an action is sent whose first two answers are this, and whether it comes to a result. */
async function attemptsOf(action: Action, reply: Reply): Promise<string> {
  const { request, response } = examples.get(action) ?? {};
  const { url, seen } = await serve([reply, reply, ok(response)]);
  const outcome = await clientOf(url)
    .call(action, request as Request<Action>, enough())
    .then(
      () => "done",
      (error: LiveError) => error.code,
    );
  return `${seen.length} ${outcome}`;
}

async function attempts(actions: readonly Action[], reply: Reply): Promise<string[]> {
  return [...new Set(await Promise.all(actions.map((action) => attemptsOf(action, reply))))];
}

/** A budget that ends after it was looked at so often. */
function looks(count: number): Budget {
  let left = count;
  return { remainingMs: () => (left-- > 0 ? 1 : 0) };
}

describe("a call", () => {
  afterEach(closeServers);

  const throttling = [
    "RequestLimitExceeded",
    "RequestLimitExceeded.IPLimitExceeded",
    "RequestLimitExceeded.UinLimitExceeded",
    "RequestLimitExceeded.GlobalRegionUinLimitExceeded",
    "LimitExceeded.RateLimitExceeded",
  ];
  for (const code of throttling) {
    it(`is sent again after ${code}, whatever the action`, async () => {
      expect(await attempts([...REPEATABLE, ...SINGLE], failed(code))).to.deep.equal(["3 done"]);
    });
  }

  const faults = [
    "InternalError",
    "InternalError.ConnectDbError",
    "InternalError.DBError",
    "FailedOperation.CallOtherSvrFailed",
  ];
  for (const code of faults) {
    it(`is sent again after ${code} only if it may be executed twice`, async () => {
      expect(await attempts(REPEATABLE, failed(code))).to.deep.equal(["3 done"]);
      expect(await attempts(SINGLE, failed(code))).to.deep.equal([`1 ${code}`]);
    });
  }

  const final = [
    "InternalError.ConfInUsed",
    "InternalError.ConfOutLimit",
    "InternalError.GetBizidError",
    "InternalError.Unheard",
    "FailedOperation",
    "LimitExceeded",
    "InvalidParameter",
    "AuthFailure.SignatureFailure",
    "AuthFailure.SignatureExpire",
    "UnauthorizedOperation",
    "ResourceNotFound.FreezeService",
  ];
  for (const code of final) {
    it(`is over after ${code}`, async () => {
      expect(await attempts([...REPEATABLE, ...SINGLE], failed(code))).to.deep.equal([`1 ${code}`]);
    });
  }

  const open: [string, Reply, string][] = [
    ["HTTP status 500", raw(500, ""), "Provider.HttpStatus"],
    ["HTTP status 502", raw(502, "<html>"), "Provider.HttpStatus"],
    ["a reset connection", reset, "Provider.NetworkError"],
    ["a page instead of JSON", raw(200, "<html>", { "content-type": "text/html" }), "Provider.InvalidResponse"],
  ];
  for (const [title, reply, code] of open) {
    it(`is sent again after ${title} only if it may be executed twice`, async () => {
      expect(await attempts(REPEATABLE, reply)).to.deep.equal(["3 done"]);
      expect(await attempts(SINGLE, reply)).to.deep.equal([`1 ${code}`]);
    });
  }

  it("is sent again after HTTP status 429, and never after 403 or a redirect", async () => {
    expect(await attempts([...REPEATABLE, ...SINGLE], raw(429, ""))).to.deep.equal(["3 done"]);
    expect(await attempts([...REPEATABLE, ...SINGLE], raw(403, ""))).to.deep.equal(["1 Provider.HttpStatus"]);
    expect(await attempts(REPEATABLE, raw(302, "", { location: "/" }))).to.deep.equal(["1 Provider.HttpStatus"]);
  });

  it("is over after an answer of the wrong shape, which a repetition would not mend", async () => {
    expect(await attemptsOf("DescribeLiveCallbackTemplate", ok({}))).to.equal("1 Provider.InvalidResponse");
  });

  it("is sent again after a refused connection, also a create: it never arrived", async () => {
    const port = await closedPort();
    let refused = (): void => {};
    const isRefused = new Promise<void>((resolve) => {
      refused = resolve;
    });
    const remainingMs = (): number => {
      refused();
      return 1;
    };
    const client = clientOf(new URL(`http://127.0.0.1:${port}`));
    const created = client.call("CreateLiveCallbackTemplate", { TemplateName: "a" }, { remainingMs });
    await isRefused;
    const { seen } = await serve([ok({ TemplateId: 7 })], port);
    expect(await created).to.deep.equal({ TemplateId: 7 });
    expect(seen).to.have.length(1);
  });

  it("waits twice as long each time, up to a limit, and of that a random part", async () => {
    const real = { setTimeout: globalThis.setTimeout, random: Math.random };
    const waits: number[] = [];
    // A wait is noted, and over at once.
    globalThis.setTimeout = ((over: () => void, ms: number) => {
      waits.push(ms);
      return real.setTimeout(over, 0);
    }) as typeof setTimeout;
    Math.random = () => 0.5;
    try {
      let left = 7;
      const attempt = async (): Promise<void> => {
        if (left-- > 0) throw new Error("again");
      };
      await retryWhile(attempt, () => true, enough(), { initialDelayMs: 100, maxDelayMs: 1_500 });
    } finally {
      Object.assign(globalThis, { setTimeout: real.setTimeout });
      Math.random = real.random;
    }
    expect(waits).to.deep.equal([50, 100, 200, 400, 750, 750, 750]);
  });

  it("is over when its budget ends, with the last failure", async () => {
    const { url, seen } = await serve([failed("RequestLimitExceeded", "first"), failed("InternalError", "last")]);
    const call = (budget: Budget) => clientOf(url).call("DescribeLiveCallbackRules", {}, budget);
    expect(await failureOf(call(looks(8)), ApiError)).to.include({ code: "InternalError", message: "last" });
    expect(seen).to.have.length(5);
    await failureOf(call(startBudget(0)), ApiError);
    expect(seen).to.have.length(6);
  });

  it("is made once where the caller looks at the cloud before every attempt", async () => {
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
    await closeServers();
  });

  it("is looked up again, also for a create: the request never arrived", async () => {
    const { url, seen } = await serve([ok({ TemplateId: 7 })]);
    const codes = ["ENOTFOUND", "EAI_AGAIN"];
    const flaky = (_host: string, options: object, callback: (...answer: unknown[]) => void): void => {
      const code = codes.shift();
      if (code) callback(Object.assign(new Error(code), { code }));
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

describe("waiting for something", () => {
  const backoff = { initialDelayMs: 1, maxDelayMs: 2 };

  it("ends with what was found", async () => {
    const answers = [undefined, undefined, 0];
    expect(await pollUntil(async () => answers.shift(), enough(), backoff)).to.equal(0);
    expect(answers).to.deep.equal([]);
  });

  it("ends with nothing when the budget does", async () => {
    let times = 0;
    const nothing = async (): Promise<undefined> => void times++;
    expect(await pollUntil(nothing, looks(6), backoff)).to.equal(undefined);
    expect(times).to.equal(4);
  });

  it("never waits longer than the budget lasts, however long the backoff", async () => {
    const hour = 3_600_000;
    const started = performance.now();
    await pollUntil(async () => undefined, startBudget(20), { initialDelayMs: hour, maxDelayMs: hour });
    expect(performance.now() - started).to.be.within(15, 5_000);
  });

  it("ends with the first failure of looking", async () => {
    const failure = new TypeError("a defect");
    const error = await failureOf(
      pollUntil(() => Promise.reject(failure), enough(), backoff),
      TypeError,
    );
    expect(error).to.equal(failure);
  });

  it("takes at least one look, and a budget never lasts less than nothing", async () => {
    expect(
      await retryWhile(
        async () => "seen",
        () => true,
        startBudget(0),
        backoff,
      ),
    ).to.equal("seen");
    expect(startBudget(-5).remainingMs()).to.equal(0);
    expect(startBudget(1_000).remainingMs()).to.be.within(1, 1_000);
  });
});
