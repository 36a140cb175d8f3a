import { expect } from "chai";
import { cdCommand } from "../../../cli/export/report";

describe("cdCommand", () => {
  it("quotes only what a POSIX shell would interpret", () => {
    const commands = ["live-callbacks", "/tmp/a.b_c", "a b", "it's", "$HOME", "直播", "-x"].map(cdCommand);
    expect(commands).to.deep.equal([
      ...["cd live-callbacks", "cd /tmp/a.b_c", "cd 'a b'", "cd 'it'\\''s'", "cd '$HOME'", "cd '直播'", "cd ./-x"],
    ]);
  });
});
