import { expect } from "chai";
import { formatLike, parseTime, withOffset } from "../../../../provider/api/contract/time";

describe("a time of the API", () => {
  it("gets the offset of Beijing if it has none", () => {
    expect(withOffset("2026-11-23 04:00:00")).to.equal("2026-11-23T04:00:00+08:00");
    expect(withOffset("2026-11-23T04:00:00+08:00")).to.equal("2026-11-23T04:00:00+08:00");
    expect(withOffset("2026-11-23T04:00:00Z")).to.equal("2026-11-23T04:00:00Z");
  });

  it("is parsed in each format, as Beijing time if it has no offset, and is NaN in any other format", () => {
    const at = Date.UTC(2026, 10, 22, 20);
    for (const text of ["2026-11-23 04:00:00", "2026-11-23T04:00:00+08:00", "2026-11-22T20:00:00Z"])
      expect(parseTime(text), text).to.equal(at);
    for (const text of ["", "2026-11-23", "2026-11-23T04:00:00", "x 2026-11-23 04:00:00"])
      expect(parseTime(text), text).to.be.NaN;
  });

  it("is formatted like another time", () => {
    const at = Date.UTC(2026, 10, 22, 20);
    for (const text of ["2026-11-23 04:00:00", "2026-11-23T04:00:00+08:00", "2026-11-22T20:00:00Z"])
      expect(formatLike(text, at)).to.equal(text);
  });
});
