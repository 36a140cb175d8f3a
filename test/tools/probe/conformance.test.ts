import { expect } from "chai";
import type { LiveDialect } from "../../../emulator";
import { isWriting } from "../../../emulator/http/callRecord";
import { conformance } from "../../../tools/probe/conformance";
import { accountOf, against, DOMAIN } from "../../support/tools/probeAccount";

describe("the conformance run", function () {
  this.timeout(60_000);

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
  ] as const satisfies Partial<LiveDialect>[]) {
    it(`passes with the dialect ${JSON.stringify(dialect)}`, async () => {
      const emulator = await accountOf(dialect);
      const before = emulator.state();
      const { code, stdout, stderr } = await against(emulator, conformance);
      expect(code, stderr).to.equal(0);
      expect(stdout.trim().split("\n")).to.have.length(8);
      expect(stdout).to.match(/^(pass {2}[^\n]+\n){8}$/);
      expect(emulator.state()).to.deep.equal(before);
    });
  }

  it("reports a failed step, tries the others, cleans up and exits with 1", async () => {
    const emulator = await accountOf({ emptyStringClears: false });
    const before = emulator.state();
    const { code, stdout } = await against(emulator, conformance);
    expect(code).to.equal(1);
    expect(stdout).to.match(
      /^FAIL {2}a field that is removed from the program is cleared in the cloud: .*did not clear/m,
    );
    expect(stdout.match(/^pass/gm)).to.have.length(7);
    expect(emulator.state()).to.deep.equal(before);
  });

  it("deletes what a failed step has left", async () => {
    const emulator = await accountOf();
    const before = emulator.state();
    emulator.addFault({ kind: "error", action: "DeleteLiveCallbackTemplate", code: "InvalidParameter" });
    const { code, stdout } = await against(emulator, conformance);
    expect(code).to.equal(1);
    expect(stdout).to.match(/^FAIL {2}templates are deleted/m);
    expect(emulator.state()).to.deep.equal(before);
  });

  it("refuses a domain with rules after read calls only", async () => {
    const emulator = await accountOf();
    emulator.putRule({ DomainName: DOMAIN, TemplateId: 1 });
    expect((await against(emulator, conformance)).code).to.equal(1);
    expect(Object.keys(emulator.calls()).filter(isWriting)).to.deep.equal([]);
  });
});
