import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { CHECKLIST, type Ending, gapsIn, type Item, type TestName } from "./checklist";

/** The items of the conformance checklist. */
const ITEMS = { L: 20, P: 4, C: 12, S: 7, K: 1, R: 2 };

describe("the conformance checklist", () => {
  it("has every item, each with the tests that show it", () => {
    const ids = Object.entries(ITEMS).flatMap(([letter, count]) =>
      Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
    );
    expect(Object.keys(CHECKLIST)).to.deep.equal(ids);
    for (const [id, { shownBy }] of Object.entries(CHECKLIST)) {
      expect(shownBy, id).to.have.length.greaterThan(0);
      expect(shownBy, id).to.deep.equal([...new Set(shownBy)]);
    }
  });

  it("names only files that exist", () => {
    const files = Object.values(CHECKLIST).flatMap(({ shownBy }) => shownBy.map((name) => name.split(": ")[0] ?? ""));
    const missing = files.filter((file) => !existsSync(join(__dirname, file)));
    expect(missing).to.deep.equal([]);
  });

  const shownBy: TestName[] = ["a.test.ts: one", "b.test.ts: two"];
  const checklist: Record<string, Item> = { L1: { about: "create", shownBy } };
  const [one, two] = ["a.test.ts: one", "b.test.ts: two"] as const;
  const gapsAfter = (...endings: [TestName, Ending][]) => gapsIn(checklist, new Map(endings));

  it("is shown by a run in which all its tests have passed, whatever others did", () => {
    expect(gapsAfter([one, "passed"], [two, "passed"], ["c.test.ts: three", "failed"])).to.deep.equal([]);
  });

  it("has a gap where a test of an item has failed, was skipped or is missing", () => {
    const gap = (ending: string) => [{ ending, text: `L1 (create): the test ${ending}: b.test.ts: two` }];
    expect(gapsAfter([one, "passed"], [two, "failed"])).to.deep.equal(gap("failed"));
    expect(gapsAfter([one, "passed"], [two, "was skipped"])).to.deep.equal(gap("was skipped"));
    expect(gapsAfter([one, "passed"])).to.deep.equal(gap("is missing"));
    expect(gapsAfter([one, "passed"], ["c.test.ts: two", "passed"])).to.deep.equal(gap("is missing"));
  });
});
