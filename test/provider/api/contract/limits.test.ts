import { expect } from "chai";
import { automaticName } from "../../../../provider/api/contract/limits";

describe("the automatic name of a template", () => {
  it("is the logical name and the digits, with - for what a name must not have", () => {
    expect(automaticName("hooks", "0a1b2c3")).to.equal("hooks-0a1b2c3");
    expect(automaticName("my hooks.直播", "0a1b2c3")).to.equal("my-hooks-直播-0a1b2c3");
  });

  it("fits the console's limit of 30 characters, of which the digits are always a part", () => {
    expect(automaticName("n".repeat(22), "0a1b2c3")).to.equal(`${"n".repeat(22)}-0a1b2c3`);
    expect(automaticName("n".repeat(23), "0a1b2c3")).to.equal(`${"n".repeat(22)}-0a1b2c3`);
    expect([...automaticName("𠀀".repeat(40), "0a1b2c3")]).to.have.length(30);
  });
});
