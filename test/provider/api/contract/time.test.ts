import { expect } from "chai";
import { formatLike, parseTime, withOffset } from "../../../../provider/api/contract/time";

describe("a time of the API", () => {
  it("gets the offset of Beijing if it has none", () => {
    expect(withOffset("2026-11-23 04:00:00")).to.equal("2026-11-23T04:00:00+08:00");
    expect(withOffset("2026-11-23T04:00:00+08:00")).to.equal("2026-11-23T04:00:00+08:00");
    expect(withOffset("2026-11-23T04:00:00Z")).to.equal("2026-11-23T04:00:00Z");
  });

  it("is read in each format, without an offset as Beijing time, and any other text is none", () => {
    const at = Date.UTC(2026, 10, 22, 20);
    for (const text of ["2026-11-23 04:00:00", "2026-11-23T04:00:00+08:00", "2026-11-22T20:00:00Z"])
      expect(parseTime(text), text).to.equal(at);
    for (const text of ["", "2026-11-23", "2026-11-23T04:00:00", "x 2026-11-23 04:00:00"])
      expect(parseTime(text), text).to.be.NaN;
  });

  it("is written in the format of another one", () => {
    const at = Date.UTC(2026, 10, 22, 20);
    for (const text of ["2026-11-23 04:00:00", "2026-11-23T04:00:00+08:00", "2026-11-22T20:00:00Z"])
      expect(formatLike(text, at)).to.equal(text);
  });
});
