import { expect } from "chai";
import fc from "fast-check";
import type { EmulatorOptions, Fault, LiveDialect } from "../../../emulator";
import { completeDialect, dialectSwitches } from "../../../emulator/dialect";
import { actions } from "../../../provider/api/contract/live";
import { probe } from "../../../tools/probe/probe";
import { accountOf, against, PLAY } from "../../support/tools/probeAccount";

/** Returns the switches that are irrelevant with the other choices of a dialect. */
function mootUnder(dialect: LiveDialect): string[] {
  const moot: (keyof LiveDialect | false)[] = [
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

/** Expects that the probe finds exactly this dialect, and does not change the account. */
async function expectFound(choices: Partial<LiveDialect>, options?: EmulatorOptions): Promise<void> {
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
  this.timeout(60_000);

  it("finds every default", () => expectFound({}));

  for (const [name, [, ...others]] of Object.entries(dialectSwitches)) {
    it(`finds ${name} if it is ${others.join(" or ")}`, async () => {
      await Promise.all(others.map((value) => expectFound({ [name]: value })));
    });
  }

  it("finds mixed dialects", async () => {
    const choice = fc.record(
      Object.fromEntries(Object.entries(dialectSwitches).map(([name, values]) => [name, fc.constantFrom(...values)])),
    );
    await fc.assert(
      fc.asyncProperty(choice, (dialect) => expectFound(dialect as Partial<LiveDialect>)),
      { numRuns: 10, seed: 1 },
    );
  });

  it("finds the same dialect despite lost responses, throttling, outages and stale lists", async () => {
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

  it("finds the same dialect if every second response is lost or stale, and creates no template twice", async () => {
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

  it("prints a table of all questions, including those that the API cannot settle, and only the JSON to stdout", async () => {
    const { stdout, stderr } = await against(await accountOf(), probe, "--other-domain", PLAY);
    for (const name of Object.keys(dialectSwitches))
      expect(stderr).to.match(new RegExp(`^${name} {2}.*observed$`, "m"));
    expect(stderr).to.contain("requires a stream");
    expect(Object.keys(JSON.parse(stdout))).to.have.members(Object.keys(dialectSwitches));
  });

  it("reports each unsettled question with the reason, omits it from the dialect, and exits with 3", async () => {
    const { code, stdout, stderr } = await against(await accountOf(), probe);
    expect(code).to.equal(3);
    expect(stderr).to.match(/^bindChecksDomain .* not settled: .*set --other-domain$/m);
    expect(JSON.parse(stdout)).to.not.have.property("bindChecksDomain");
    expect(JSON.parse(stdout)).to.have.property("bindDomainCode", "InvalidParameter");
  });

  it("does not settle a question without a matching value or without the permission", async () => {
    const emulator = await accountOf({}, { domains: undefined });
    emulator.addFault({ kind: "error", action: "DescribeLiveDomains", code: "UnauthorizedOperation", times: "always" });
    const { code, stderr } = await against(emulator, probe);
    expect(code).to.equal(3);
    expect(stderr).to.match(/^domainNotFoundCode .* not settled: no error, for which the emulator has no value/m);
    expect(stderr).to.match(/^emptyDomainList .* not settled: the credentials do not permit DescribeLiveDomains/m);
  });
});
