import { expect } from "chai";
import { EMULATOR_CREDENTIALS, type Emulator } from "../../../emulator";
import { isWriting } from "../../../emulator/http/callRecord";
import { startBudget } from "../../../provider/api/retry";
import { probe } from "../../../tools/probe/probe";
import { Stopped, Wire } from "../../../tools/probe/wire";
import { VirtualClock } from "../../support/clock";
import { accountOf, against, CREDENTIALS, DOMAIN, PLAY, run, URL_OF_OTHERS } from "../../support/tools/probeAccount";

describe("the cleanup and the checks of the probe", function () {
  this.timeout(60_000);

  for (const fault of [
    { kind: "status", status: 503, action: "ModifyLiveCallbackTemplate" },
    { kind: "status", status: 500, action: "CreateLiveCallbackTemplate" },
    { kind: "reset", action: "CreateLiveCallbackRule", applied: true },
    { kind: "error", action: "DescribeLiveCallbackTemplate", code: "AuthFailure.TokenFailure" },
    { kind: "error", action: "CreateLiveCallbackRule", code: "RequestLimitExceeded" },
  ] as const) {
    it(`cleans up and exits with 1 when ${fault.action} starts to fail permanently (${fault.kind})`, async () => {
      const emulator = await accountOf();
      const before = emulator.state();
      emulator.addFault({ ...fault, skip: 3, times: "always" });
      const { code, stdout, stderr } = await against(emulator, probe);
      expect([code, stdout]).to.deep.equal([1, ""]);
      expect(stderr)
        .to.match(/^probe: .*action=/m)
        .and.contain("nothing is left");
      expect(emulator.state()).to.deep.equal(before);
    });
  }

  it("lists what it could not delete, and deletes it later with --clean", async () => {
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

  it("deletes with --clean the leftovers of any run, and nothing that others have created or use", async () => {
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
      "already has callback rules",
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
    it(`refuses ${what} after read calls only`, async () => {
      const emulator = await accountOf();
      prepare(emulator);
      const { code, stdout, stderr } = await against(emulator, probe, ...args);
      expect([code, stdout]).to.deep.equal([1, ""]);
      expect(stderr).to.contain(says);
      expect(Object.keys(emulator.calls()).filter(isWriting)).to.deep.equal([]);
    });
  }

  it("refuses an account without room for its templates", async () => {
    const emulator = await accountOf();
    for (let n = 0; n < 43; n++) emulator.putTemplate({ TemplateName: `t${n}`, StreamBeginNotifyUrl: URL_OF_OTHERS });
    const { code, stderr } = await against(emulator, probe);
    expect(code).to.equal(1);
    expect(stderr).to.contain("the account has 47 of 50 templates");
  });

  it("never has more than four templates, and binds only the given domains and a subdomain", async () => {
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

  it("keeps a rule that a colleague creates in place of the probe's rule", async () => {
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

  it("deletes the rule of a whole domain by its empty app, however the app is listed", async () => {
    const emulator = await accountOf({ appNameEmptyReads: "star" });
    await against(emulator, probe);
    const deletes = emulator.callRecord().filter(({ action }) => action === "DeleteLiveCallbackRule");
    const apps = deletes.map(({ request }) => Object(request)["AppName"]);
    expect(apps).to.include("").and.not.include("*");
  });

  it("spaces its calls, and stops when its time is over or it is interrupted", async () => {
    const emulator = await accountOf();
    const clock = new VirtualClock();
    const settings = { endpoint: new URL(emulator.url), region: undefined, requestTimeoutMs: 1000 };
    const credentials = { ...EMULATOR_CREDENTIALS, source: "the test" };
    const backoff = { initialDelayMs: 1, maxDelayMs: 1 };
    const options = { settings, credentials, backoff, clock, paceMs: 15 };
    const wire = new Wire(options, { budget: startBudget(clock, 10_000) });
    for (let n = 0; n < 3; n++) await wire.call("DescribeLiveCallbackRules", {});
    expect(clock.monotonic()).to.equal(30);
    const stopped = (limits: ConstructorParameters<typeof Wire>[1]) =>
      wire
        .within(limits)
        .call("DescribeLiveCallbackRules", {})
        .catch((error: unknown) => error);
    expect(await stopped({ budget: startBudget(clock, 0) })).to.be.instanceOf(Stopped);
    expect(await stopped({ budget: startBudget(clock, 1000), signal: AbortSignal.abort() })).to.be.instanceOf(Stopped);
    expect(emulator.calls().DescribeLiveCallbackRules).to.equal(3);
  });
});
