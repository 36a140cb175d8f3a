import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { CHECKLIST, type Ending, gapsIn, type Item, type TestName } from "./checklist";

/** The items of the conformance checklist. T items are pitfalls of the native provider. */
const ITEMS = { L: 20, P: 4, C: 12, S: 7, K: 1, R: 2, T: 10 };

describe("the conformance checklist", () => {
  it("has every item with the tests that verify it", () => {
    const ids = Object.entries(ITEMS).flatMap(([letter, count]) =>
      Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
    );
    expect(Object.keys(CHECKLIST)).to.deep.equal(ids);
    for (const [id, { shownBy }] of Object.entries(CHECKLIST)) {
      expect(shownBy, id).to.have.length.greaterThan(0);
      expect(shownBy, id).to.deep.equal([...new Set(shownBy)]);
    }
  });

  it("lists only files that exist", () => {
    const files = Object.values(CHECKLIST).flatMap(({ shownBy }) => shownBy.map((name) => name.split(": ")[0] ?? ""));
    const missing = files.filter((file) => !existsSync(join(__dirname, file)));
    expect(missing).to.deep.equal([]);
  });

  const shownBy: TestName[] = ["a.test.ts: one", "b.test.ts: two"];
  const checklist: Record<string, Item> = { L1: { about: "create", shownBy } };
  const [one, two] = ["a.test.ts: one", "b.test.ts: two"] as const;
  const gapsAfter = (...endings: [TestName, Ending][]) => gapsIn(checklist, new Map(endings));

  it("is complete if all its tests have passed, whatever the outcome of other tests", () => {
    expect(gapsAfter([one, "passed"], [two, "passed"], ["c.test.ts: three", "failed"])).to.deep.equal([]);
  });

  it("has a gap if a test of an item has failed, was skipped or is missing", () => {
    const gap = (ending: string) => [{ ending, text: `L1 (create): the test ${ending}: b.test.ts: two` }];
    expect(gapsAfter([one, "passed"], [two, "failed"])).to.deep.equal(gap("failed"));
    expect(gapsAfter([one, "passed"], [two, "was skipped"])).to.deep.equal(gap("was skipped"));
    expect(gapsAfter([one, "passed"])).to.deep.equal(gap("is missing"));
    expect(gapsAfter([one, "passed"], ["c.test.ts: two", "passed"])).to.deep.equal(gap("is missing"));
  });

  describe("the checklist in a run of mocha", function () {
    this.timeout(60_000);
    const mocha = join(dirname(require.resolve("mocha/package.json")), "bin/mocha.js");
    const runMocha = (...options: string[]) =>
      spawnSync(process.execPath, [mocha, ...options, "test/crash/findings.test.ts"], {
        cwd: join(__dirname, ".."),
        encoding: "utf8",
      });

    it("fails a run of all tests if a listed test did not run, and prints the number of gaps", () => {
      const { status, stdout } = runMocha("--parallel", "--reporter-option", "checklist=true");
      const missing = Object.values(CHECKLIST)
        .flatMap(({ shownBy }) => shownBy)
        .filter((name) => !name.startsWith("crash/findings.test.ts: "));
      expect(status).to.equal(Math.min(missing.length, 255));
      expect(stdout).to.contain("C1 (killed at each call): the test is missing: crash/crash.test.ts: ");
      expect(stdout).to.not.contain("C6 (");
      expect(stdout.trim().split("\n").at(-1)).to.match(new RegExp(`^\\d+ passed, ${missing.length} failed$`));
    });

    it("does not affect a run of some tests", () => {
      const { status, stdout } = runMocha();
      expect(status, stdout).to.equal(0);
      expect(stdout).to.not.contain("checklist");
    });
  });
});
