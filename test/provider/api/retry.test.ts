import dns from "node:dns";
import { expect } from "chai";
import { ApiError, LiveError } from "../../../provider/api/errors";
import { type Budget, retryWhile, startBudget } from "../../../provider/api/retry";
import { clientOf, closedPort, enough, failed, failureOf, looks, ok, serve } from "../../support/api/apiServer";

describe("a call", () => {
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
  });

  it("is looked up again, also for a create: the request never arrived", async () => {
    const { url, seen } = await serve([ok({ TemplateId: 7 })]);
    const codes = ["ENOTFOUND", "EAI_AGAIN"];
    const flaky = (_host: string, options: object, callback: (...response: unknown[]) => void): void => {
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
