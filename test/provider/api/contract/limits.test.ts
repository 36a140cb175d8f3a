import { expect } from "chai";
import { createAutoName } from "../../../../provider/api/contract/limits";

describe("the automatic name of a template", () => {
  it("is the logical name and the digits, with - for what a name must not have", () => {
    expect(createAutoName("hooks", "0a1b2c3")).to.equal("hooks-0a1b2c3");
    expect(createAutoName("my hooks.直播", "0a1b2c3")).to.equal("my-hooks-直播-0a1b2c3");
  });

  it("fits the console's limit of 30 characters, of which the digits are always a part", () => {
    expect(createAutoName("n".repeat(22), "0a1b2c3")).to.equal(`${"n".repeat(22)}-0a1b2c3`);
    expect(createAutoName("n".repeat(23), "0a1b2c3")).to.equal(`${"n".repeat(22)}-0a1b2c3`);
    expect([...createAutoName("𠀀".repeat(40), "0a1b2c3")]).to.have.length(30);
  });
});
