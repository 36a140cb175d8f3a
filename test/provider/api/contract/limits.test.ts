import { expect } from "chai";
import { createAutoName } from "../../../../provider/api/contract/limits";

describe("the automatic name of a template", () => {
  it("consists of the logical name and the digits, with - for each character that a name must not contain", () => {
    expect(createAutoName("hooks", "0a1b2c3")).to.equal("hooks-0a1b2c3");
    expect(createAutoName("my hooks.直播", "0a1b2c3")).to.equal("my-hooks-直播-0a1b2c3");
  });

  it("is shortened to the console's limit of 30 characters, and keeps all digits", () => {
    expect(createAutoName("n".repeat(22), "0a1b2c3")).to.equal(`${"n".repeat(22)}-0a1b2c3`);
    expect(createAutoName("n".repeat(23), "0a1b2c3")).to.equal(`${"n".repeat(22)}-0a1b2c3`);
    expect([...createAutoName("𠀀".repeat(40), "0a1b2c3")]).to.have.length(30);
  });
});
