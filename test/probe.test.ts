import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { type Dialect, EMULATOR_CREDENTIALS, type Emulator, type EmulatorOptions, type Fault } from "../emulator";
import { completeDialect, dialectSwitches } from "../emulator/dialect";
import { actions } from "../provider/api/actions";
import { startBudget } from "../provider/api/retry";
import { runCommand, type Tool } from "../tools/probe/command";
import { conformance } from "../tools/probe/conformance";
import { probe } from "../tools/probe/probe";
import { Stopped, Wire } from "../tools/probe/wire";
import { startForTest } from "./emulatorClient";

const DOMAIN = "push.example.com";
const PLAY = "play.example.com";
const DOMAINS = [DOMAIN, "other.example.com", { name: PLAY, type: 1 }, { name: "off.example.com", status: 0 }] as const;
const URL_OF_OTHERS = "https://hooks.example.com/";
const CREDENTIALS = {
  TENCENTCLOUD_SECRET_ID: EMULATOR_CREDENTIALS.secretId,
  TENCENTCLOUD_SECRET_KEY: EMULATOR_CREDENTIALS.secretKey,
};

interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a tool in this process, without pauses. */
async function run(
  tool: Tool,
  args: string[],
  environment: Record<string, string>,
  onLine: (line: string) => void = () => {},
): Promise<Ran> {
  const lines = { stdout: "", stderr: "" };
  const code = await runCommand(tool, args, {
    environment,
    signal: new AbortController().signal,
    stdout: (line) => {
      lines.stdout += `${line}\n`;
    },
    stderr: (line) => {
      lines.stderr += `${line}\n`;
      onLine(line);
    },
    backoff: { initialDelayMs: 1, maxDelayMs: 5 },
    paceMs: 0,
    settleMs: 100,
  });
  return { code, ...lines };
}

/** An account in which others have templates and rules, of names that are nearly the probe's too. */
async function accountOf(dialect: Partial<Dialect> = {}, options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startForTest({ domains: DOMAINS, dialect, ...options });
  for (const TemplateName of ["hooks", "tclive-probe", "tclive-probe-zzzzzz-1", "my-tclive-probe-012345-1"]) {
    const { TemplateId } = emulator.putTemplate({ TemplateName, StreamBeginNotifyUrl: URL_OF_OTHERS });
    emulator.putRule({ DomainName: "other.example.com", AppName: TemplateName, TemplateId });
  }
  return emulator;
}

const against = (emulator: Emulator, tool: Tool, ...args: string[]) =>
  run(tool, ["--domain", DOMAIN, ...args], { ...CREDENTIALS, TENCENTCLOUD_LIVE_ENDPOINT: emulator.url });

/** The switches that make no difference under the other choices of a dialect. */
function mootUnder(dialect: Dialect): string[] {
  const moot: (keyof Dialect | false)[] = [
    !dialect.emptyStringClears && dialect.omittedKeeps && "modifyToNoUrl",
    dialect.duplicateRule === "overwrite" && "duplicateRuleCode",
    dialect.appNameEmpty === "refused" && "appNameEmptyReads",
    dialect.bindChecksDomain === "nothing" && "bindDomainCode",
    !dialect.inUseEnforced && "inUseCode",
    dialect.apiModel === "older" && "recordStatusReturned",
    dialect.apiModel === "older" && "levelSpelling",
  ];
  return moot.filter((name) => name !== false).sort();
}

/** The probe finds exactly this dialect, and leaves the account as it was. */
async function expectFound(choices: Partial<Dialect>, options?: EmulatorOptions): Promise<void> {
  const emulator = await accountOf(choices, options);
  const before = emulator.state();
  const { code, stdout, stderr } = await against(emulator, probe, "--other-domain", PLAY);
  const dialect = completeDialect(choices);
  const moot = mootUnder(dialect);
  const expected = Object.entries(dialect).filter(([name]) => name in dialectSwitches && !moot.includes(name));
  expect(JSON.parse(stdout || "{}"), stderr).to.deep.equal(Object.fromEntries(expected));
  expect(code).to.equal(0);
  expect(emulator.state()).to.deep.equal(before);
  await emulator.close();
}

describe("the probe", function () {
  this.timeout(20_000);

  it("finds every default", () => expectFound({}));

  for (const [name, [, ...others]] of Object.entries(dialectSwitches)) {
    it(`finds ${name} where it is ${others.join(" or ")}`, async () => {
      await Promise.all(others.map((value) => expectFound({ [name]: value })));
    });
  }

  it("finds dialects in which everything is mixed", async () => {
    const choice = fc.record(
      Object.fromEntries(Object.entries(dialectSwitches).map(([name, values]) => [name, fc.constantFrom(...values)])),
    );
    await fc.assert(
      fc.asyncProperty(choice, (dialect) => expectFound(dialect as Partial<Dialect>)),
      { numRuns: 10, seed: 1 },
    );
  });

  it("finds the same through lost answers, throttling, outages and lists that lag behind", async () => {
    const faults = Object.keys(actions).flatMap((action) => {
      const at = (skip: number, fault: object) => ({ action, skip, ...fault }) as Fault;
      return [
        at(1, { kind: "reset", applied: true }),
        at(4, { kind: "status", status: 500, applied: true }),
        at(6, { kind: "truncated" }),
        at(8, { kind: "error", code: "RequestLimitExceeded", times: 2 }),
        at(11, { kind: "stale", writes: 1 }),
        at(13, { kind: "error", code: "InternalError", applied: true }),
      ];
    });
    await expectFound({}, { faults });
    await expectFound({ duplicateRule: "overwrite", rulesPerDomain: "one", inUseEnforced: false }, { faults });
  });

  it("finds the same where every second answer is lost or out of date, and creates no template twice", async () => {
    const everySecond = (fault: object) => Array.from({ length: 99 }, (_, n) => ({ ...fault, skip: 2 * n }) as Fault);
    const faults = Object.keys(actions).flatMap((action) =>
      everySecond(
        action.startsWith("Describe") ? { action, kind: "stale", writes: 1 } : { action, kind: "reset", applied: true },
      ),
    );
    await expectFound({}, { faults });
    await expectFound({}, { faults: faults.filter(({ kind }) => kind === "stale") });
    await expectFound({ emptyStringClears: false, omittedKeeps: false, inUseEnforced: false }, { faults });
    const [calm, troubled] = [await accountOf(), await accountOf({}, { faults })];
    for (const emulator of [calm, troubled]) await against(emulator, probe);
    expect(troubled.calls().CreateLiveCallbackTemplate).to.equal(calm.calls().CreateLiveCallbackTemplate);
  });

  it("prints a table of all questions, what is beyond the API too, and only the JSON on stdout", async () => {
    const { stdout, stderr } = await against(await accountOf(), probe, "--other-domain", PLAY);
    for (const name of Object.keys(dialectSwitches)) expect(stderr).to.match(new RegExp(`^${name} {2}.*seen$`, "m"));
    expect(stderr).to.contain("needs a stream");
    expect(Object.keys(JSON.parse(stdout))).to.have.members(Object.keys(dialectSwitches));
  });

  it("says what it could not settle and why, leaves it out of the dialect, and ends with 3", async () => {
    const { code, stdout, stderr } = await against(await accountOf(), probe);
    expect(code).to.equal(3);
    expect(stderr).to.match(/^bindChecksDomain .* not settled: .*give --other-domain$/m);
    expect(JSON.parse(stdout)).to.not.have.property("bindChecksDomain");
    expect(JSON.parse(stdout)).to.have.property("bindDomainCode", "InvalidParameter");
  });

  it("settles nothing that it has no value for, or may not do", async () => {
    const emulator = await accountOf({}, { domains: undefined });
    emulator.addFault({ kind: "error", action: "DescribeLiveDomains", code: "UnauthorizedOperation", times: "always" });
    const { code, stderr } = await against(emulator, probe);
    expect(code).to.equal(3);
    expect(stderr).to.match(/^domainNotFoundCode .* not settled: no error, for which the emulator has no value/m);
    expect(stderr).to.match(/^emptyDomainList .* not settled: the credentials may not do DescribeLiveDomains/m);
  });
});

describe("the probe's care for the account", function () {
  this.timeout(20_000);

  for (const fault of [
    { kind: "status", status: 503, action: "ModifyLiveCallbackTemplate" },
    { kind: "status", status: 500, action: "CreateLiveCallbackTemplate" },
    { kind: "reset", action: "CreateLiveCallbackRule", applied: true },
    { kind: "error", action: "DescribeLiveCallbackTemplate", code: "AuthFailure.TokenFailure" },
    { kind: "error", action: "CreateLiveCallbackRule", code: "RequestLimitExceeded" },
  ] as const) {
    it(`cleans up and ends with 1 when ${fault.action} fails for good in the middle (${fault.kind})`, async () => {
      const emulator = await accountOf();
      const before = emulator.state();
      emulator.addFault({ ...fault, skip: 3, times: "always" });
      const { code, stdout, stderr } = await against(emulator, probe);
      expect([code, stdout]).to.deep.equal([1, ""]);
      expect(stderr)
        .to.match(/^probe: .*action=/m)
        .and.contain("nothing of it is left");
      expect(emulator.state()).to.deep.equal(before);
    });
  }

  it("names what it could not remove, and --clean removes it later", async () => {
    const emulator = await accountOf();
    const before = emulator.state();
    const refusal = { kind: "error", action: "DeleteLiveCallbackRule", code: "UnauthorizedOperation" } as const;
    emulator.addFault({ ...refusal, times: "always" });
    const first = await against(emulator, probe);
    expect(first.code).to.equal(1);
    expect(first.stderr)
      .to.match(/LEFT BEHIND: .*DeleteLiveCallbackRule/)
      .and.contain(`--domain ${DOMAIN} --clean`);
    expect(emulator.state()).to.not.deep.equal(before);
    emulator.clearFaults();
    expect(await against(emulator, probe)).to.include({ code: 1, stdout: "" });
    expect((await against(emulator, probe, "--clean")).code).to.equal(0);
    expect(emulator.state()).to.deep.equal(before);
  });

  it("--clean removes leftovers of any run, and nothing that others made or use", async () => {
    const emulator = await accountOf();
    const before = emulator.state();
    const left = (name: string) => emulator.putTemplate({ TemplateName: name, StreamBeginNotifyUrl: URL_OF_OTHERS });
    const [one, two] = [left("tclive-probe-0a1b2c-1"), left("tclive-probe-ffffff-22")];
    emulator.putRule({ DomainName: DOMAIN, TemplateId: one.TemplateId });
    emulator.putRule({ DomainName: `x.${DOMAIN}`, AppName: "tclive-probe-ffffff-9", TemplateId: 7 });
    const used = emulator.putRule({ DomainName: "other.example.com", TemplateId: two.TemplateId });
    const { code, stderr } = await against(emulator, probe, "--clean");
    expect(code).to.equal(1);
    expect(stderr).to.contain(
      `LEFT BEHIND: template ${two.TemplateId} tclive-probe-ffffff-22, bound to other.example.com`,
    );
    expect(emulator.state().templates).to.deep.equal([...before.templates, two]);
    expect(emulator.state().rules).to.deep.equal([...before.rules, used]);
  });

  const refusals: [what: string, prepare: (emulator: Emulator) => unknown, args: string[], says: string][] = [
    [
      "rules",
      (e) => e.putRule({ DomainName: "Push.example.com", AppName: "x", TemplateId: 1 }),
      [],
      "has callback rules",
    ],
    [
      "another domain with rules",
      (e) => e.putRule({ DomainName: PLAY, TemplateId: 1 }),
      ["--other-domain", PLAY],
      PLAY,
    ],
    ["an enabled push domain as the other", () => {}, ["--other-domain", "other.example.com"], "takes a play domain"],
    ["a play domain", () => {}, ["--domain", PLAY], "is not an enabled push domain"],
    ["a disabled domain", () => {}, ["--domain", "off.example.com"], "is not an enabled push domain"],
    ["an unknown domain", () => {}, ["--domain", "no.example.com"], "cannot be used"],
  ];
  for (const [what, prepare, args, says] of refusals) {
    it(`refuses ${what}, having only read`, async () => {
      const emulator = await accountOf();
      prepare(emulator);
      const { code, stdout, stderr } = await against(emulator, probe, ...args);
      expect([code, stdout]).to.deep.equal([1, ""]);
      expect(stderr).to.contain(says);
      expect(Object.keys(emulator.calls()).filter((action) => !action.startsWith("Describe"))).to.deep.equal([]);
    });
  }

  it("refuses an account without room for its templates", async () => {
    const emulator = await accountOf();
    for (let n = 0; n < 43; n++) emulator.putTemplate({ TemplateName: `t${n}`, StreamBeginNotifyUrl: URL_OF_OTHERS });
    const { code, stderr } = await against(emulator, probe);
    expect(code).to.equal(1);
    expect(stderr).to.contain("the account has 47 of 50 templates");
  });

  it("never has more than four templates, and binds no domain but those it was given and one below", async () => {
    const emulator = await accountOf({ bindChecksDomain: "nothing" });
    await against(emulator, probe);
    let [now, most] = [0, 0];
    for (const { action, code } of emulator.callRecord()) {
      if (action === "CreateLiveCallbackTemplate" && !code) most = Math.max(most, ++now);
      if (action === "DeleteLiveCallbackTemplate" && !code) now--;
    }
    expect([most <= 4, now]).to.deep.equal([true, 0]);
    const bound = emulator.callRecord().filter(({ action }) => action === "CreateLiveCallbackRule");
    const domains = new Set(bound.map(({ request }) => String(Object(request)["DomainName"])));
    expect([...domains].map((name) => name.replace(/^tclive-probe-[0-9a-f]{6}\./, "RUN."))).to.have.members([
      DOMAIN,
      `RUN.${DOMAIN}`,
    ]);
  });

  it("leaves a rule alone that a colleague makes in the place of the probe's", async () => {
    const emulator = await accountOf();
    const before = emulator.state();
    let theirs: unknown;
    const colleague = (line: string) => {
      if (theirs || !line.includes(`bound ${DOMAIN}/ to`)) return;
      theirs = emulator.putRule({ DomainName: DOMAIN, TemplateId: before.templates[0]?.TemplateId ?? 0 });
    };
    const environment = { ...CREDENTIALS, TENCENTCLOUD_LIVE_ENDPOINT: emulator.url };
    const { code } = await run(probe, ["--domain", DOMAIN], environment, colleague);
    expect(code).to.equal(3);
    expect(emulator.state()).to.deep.equal({ ...before, rules: [...before.rules, theirs] });
  });

  it("deletes the rule of a whole domain by its empty name, whatever it reads as", async () => {
    const emulator = await accountOf({ appNameEmptyReads: "star" });
    await against(emulator, probe);
    const deletes = emulator.callRecord().filter(({ action }) => action === "DeleteLiveCallbackRule");
    const apps = deletes.map(({ request }) => Object(request)["AppName"]);
    expect(apps).to.include("").and.not.include("*");
  });

  it("keeps a pace, and stops when its time is over or it is interrupted", async () => {
    const emulator = await accountOf();
    const settings = { endpoint: new URL(emulator.url), region: undefined, requestTimeoutMs: 1000 };
    const credentials = { ...EMULATOR_CREDENTIALS, source: "the test" };
    const backoff = { initialDelayMs: 1, maxDelayMs: 1 };
    const wire = new Wire({ settings, credentials, backoff, paceMs: 15 }, { budget: startBudget(10_000) });
    const started = performance.now();
    for (let n = 0; n < 3; n++) await wire.call("DescribeLiveCallbackRules", {});
    expect(performance.now() - started).to.be.at.least(28);
    const stopped = (limits: ConstructorParameters<typeof Wire>[1]) =>
      wire
        .within(limits)
        .call("DescribeLiveCallbackRules", {})
        .catch((error: unknown) => error);
    expect(await stopped({ budget: startBudget(0) })).to.be.instanceOf(Stopped);
    expect(await stopped({ budget: startBudget(1000), signal: AbortSignal.abort() })).to.be.instanceOf(Stopped);
    expect(emulator.calls().DescribeLiveCallbackRules).to.equal(3);
  });
});

describe("the probe's command line", () => {
  it("does nothing at an endpoint elsewhere without --yes, but says what it would do", async () => {
    for (const [tool, args, says] of [
      [probe, [], "answer 27 questions"],
      [probe, ["--clean"], "remove what earlier runs left"],
      [conformance, [], "move the binding"],
    ] as const) {
      // There are no credentials: a call would be an error.
      const { code, stdout, stderr } = await run(tool, ["--domain", DOMAIN, ...args], {});
      expect([code, stdout]).to.deep.equal([2, ""]);
      expect(stderr).to.contain("at https://live.tencentcloudapi.com").and.contain("Say --yes").and.contain(says);
    }
  });

  it("goes ahead elsewhere with --yes", async () => {
    const { code, stderr } = await run(probe, ["--domain", DOMAIN, "--yes"], {});
    expect(code).to.equal(1);
    expect(stderr).to.contain("no credentials were found");
  });

  it("takes the endpoint from --endpoint before the environment", async () => {
    const emulator = await accountOf();
    const elsewhere = { ...CREDENTIALS, TENCENTCLOUD_LIVE_ENDPOINT: "https://api.example.com" };
    const { code } = await run(probe, ["--domain", DOMAIN, "--endpoint", emulator.url], elsewhere);
    expect(code).to.equal(3);
  });

  for (const [args, says] of [
    [[], "--domain is missing"],
    [["--domain", "https://push.example.com"], "--domain takes a host name"],
    [["--domain", DOMAIN, "--other-domain", "PUSH.example.com"], "must be another one"],
    [["--domain", DOMAIN, "--endpoint", "http://api.example.com"], "must be an https: URL"],
    [["--domain", DOMAIN, "--callback-url", "ftp://example.com"], "--callback-url takes"],
    [["--domain", DOMAIN, "--no-such-flag"], "--no-such-flag"],
    [["--domain", DOMAIN, EMULATOR_CREDENTIALS.secretKey], "[hidden]"],
  ] as const) {
    it(`says what is wrong with ${args.length > 0 ? args.slice(-2).join(" ").slice(0, 40) : "no arguments"}`, async () => {
      const { code, stdout, stderr } = await run(probe, [...args], CREDENTIALS);
      expect([code, stdout]).to.deep.equal([2, ""]);
      expect(stderr).to.contain(says).and.contain("--help");
      expect(stderr).to.not.contain(EMULATOR_CREDENTIALS.secretKey);
    });
  }

  it("explains itself", async () => {
    const help = await run(probe, ["--help"], {});
    expect([help.code, help.stderr]).to.deep.equal([0, ""]);
    for (const flag of ["--domain", "--other-domain", "--endpoint", "--yes", "--clean", "Exit codes"]) {
      expect(help.stdout).to.contain(flag);
    }
  });

  it("shows no secret, even where the API does", async () => {
    const [secretKey, token] = ["CANARYsecretKey0123456789", "CANARYtoken0123456789"];
    const emulator = await accountOf({}, { credentials: [{ secretId: "AKID", secretKey, token }] });
    const message = `signed with ${secretKey} and ${token}`;
    emulator.addFault({ kind: "error", action: "CreateLiveCallbackRule", code: "InvalidParameter", message });
    emulator.addFault({ kind: "error", action: "DescribeLiveDomain", skip: 1, code: "AuthFailure.X", message });
    const { code, stdout, stderr } = await run(probe, ["--domain", DOMAIN, "--endpoint", emulator.url], {
      TENCENTCLOUD_SECRET_ID: "AKID",
      TENCENTCLOUD_SECRET_KEY: `${secretKey}\n`,
      TENCENTCLOUD_SESSION_TOKEN: token,
    });
    expect(code).to.equal(1);
    expect(stderr).to.contain("signed with [hidden] and [hidden]");
    expect(stdout + stderr).to.not.contain("CANARY");
  });
});

describe("the probe as a process", function () {
  this.timeout(20_000);
  const ROOT = join(__dirname, "..");
  let child: ChildProcess;
  afterEach(() => child.kill("SIGKILL"));

  /** Starts it, and waits until it has printed a text. */
  async function startUntil(emulator: Emulator, text: string, ...args: string[]) {
    const command = ["--require", "tsx/cjs", join(ROOT, "tools/probe/main.ts"), "--domain", DOMAIN, ...args];
    const env = { ...process.env, ...CREDENTIALS, TENCENTCLOUD_LIVE_ENDPOINT: emulator.url };
    const started = spawn(process.execPath, command, { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
    child = started;
    const ended = once(started, "close").then(([code]) => code as number | null);
    const output = { stdout: "", stderr: "" };
    started.stdout.on("data", (chunk) => {
      output.stdout += chunk;
    });
    await new Promise<void>((resolve, reject) => {
      started.stderr.on("data", (chunk) => {
        output.stderr += chunk;
        if (output.stderr.includes(text)) resolve();
      });
      ended.then(() => reject(new Error(`it ended before "${text}": ${output.stderr}`)));
    });
    return { ended, output };
  }

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`removes everything after ${signal}, sent twice, and ends with 1`, async () => {
      const emulator = await accountOf();
      const before = emulator.state();
      const { ended, output } = await startUntil(emulator, "bound push.example.com");
      expect(emulator.state()).to.not.deep.equal(before);
      child.kill(signal);
      child.kill(signal);
      expect(await ended).to.equal(1);
      expect(output.stderr).to.contain("probe: interrupted.").and.contain("nothing of it is left");
      expect(output.stdout).to.equal("");
      expect(emulator.state()).to.deep.equal(before);
    });
  }

  it("leaves nothing that --clean does not remove when it is killed", async () => {
    const emulator = await accountOf();
    const before = emulator.state();
    const { ended } = await startUntil(emulator, "bound push.example.com/ to");
    child.kill("SIGKILL");
    await ended;
    expect(emulator.state()).to.not.deep.equal(before);
    expect((await against(emulator, probe, "--clean")).code).to.equal(0);
    expect(emulator.state()).to.deep.equal(before);
  });
});

describe("the conformance run", function () {
  this.timeout(20_000);

  for (const dialect of [
    {},
    { duplicateRule: "overwrite", inUseEnforced: false, templateNotFoundCode: "FailedOperation.NotFound" },
    { unsetReads: "missing", appNameEmptyReads: "star", rulesPerDomain: "one", timeFormat: "rfc3339" },
    {
      apiModel: "older",
      uniqueTemplateNames: true,
      unsetReads: "null",
      ruleNotFoundCode: "InternalError.RuleNotFound",
    },
  ] as const satisfies Partial<Dialect>[]) {
    it(`passes where the API speaks ${JSON.stringify(dialect)}`, async () => {
      const emulator = await accountOf(dialect);
      const before = emulator.state();
      const { code, stdout, stderr } = await against(emulator, conformance);
      expect(code, stderr).to.equal(0);
      expect(stdout.trim().split("\n")).to.have.length(8);
      expect(stdout).to.match(/^(pass {2}[^\n]+\n){8}$/);
      expect(emulator.state()).to.deep.equal(before);
    });
  }

  it("names the step that fails, tries the others, cleans up and ends with 1", async () => {
    const emulator = await accountOf({ emptyStringClears: false });
    const before = emulator.state();
    const { code, stdout } = await against(emulator, conformance);
    expect(code).to.equal(1);
    expect(stdout).to.match(/^FAIL {2}a field taken out of the program is cleared in the cloud: .*did not clear/m);
    expect(stdout.match(/^pass/gm)).to.have.length(7);
    expect(emulator.state()).to.deep.equal(before);
  });

  it("removes what a step could not", async () => {
    const emulator = await accountOf();
    const before = emulator.state();
    emulator.addFault({ kind: "error", action: "DeleteLiveCallbackTemplate", code: "InvalidParameter" });
    const { code, stdout } = await against(emulator, conformance);
    expect(code).to.equal(1);
    expect(stdout).to.match(/^FAIL {2}templates are deleted/m);
    expect(emulator.state()).to.deep.equal(before);
  });

  it("refuses a domain with rules, having only read", async () => {
    const emulator = await accountOf();
    emulator.putRule({ DomainName: DOMAIN, TemplateId: 1 });
    expect((await against(emulator, conformance)).code).to.equal(1);
    expect(Object.keys(emulator.calls()).filter((action) => !action.startsWith("Describe"))).to.deep.equal([]);
  });
});
