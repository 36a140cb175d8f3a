import { expect } from "chai";
import { Recent, RecentByKey } from "../../emulator/recent";

const numbers = Array.from({ length: 25_000 }, (_, number) => number);

describe("a record of the emulator", () => {
  it("keeps the last 10,000 entries, oldest first", () => {
    const recent = new Recent<number>();
    for (const number of numbers) recent.add(number);
    expect(recent.list()).to.deep.equal(numbers.slice(15_000));
    recent.clear();
    expect(recent.list()).to.deep.equal([]);
  });

  it("keeps the last 10,000 values by key, and counts a value that is set again as new", () => {
    const recent = new RecentByKey<number>();
    for (const number of numbers.slice(0, 10_000)) recent.set(`${number}`, number);
    recent.set("0", -1).set("another", 1);
    expect([recent.size, recent.get("0"), recent.has("1"), recent.has("2")]).to.deep.equal([10_000, -1, false, true]);
  });
});
