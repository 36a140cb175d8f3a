import { expect } from "chai";
import { withOffset } from "../../../../provider/api/contract/time";

describe("a time of the API", () => {
  it("gets the offset of Beijing if it has none", () => {
    expect(withOffset("2026-11-23 04:00:00")).to.equal("2026-11-23T04:00:00+08:00");
    expect(withOffset("2026-11-23T04:00:00+08:00")).to.equal("2026-11-23T04:00:00+08:00");
    expect(withOffset("2026-11-23T04:00:00Z")).to.equal("2026-11-23T04:00:00Z");
  });
});
