import { dirname } from "node:path";
import { expect } from "chai";
import { findPulumi } from "../../tools/findPulumi";
import { runTest, testUnder } from "../support/testBlocks";

describe("the document of the emulator, with the real CLI", function () {
  this.timeout(180_000);

  it("shows a test of a deployment that passes", async () => {
    const { command, env } = await findPulumi();
    const path = `${dirname(command)}:${process.env["PATH"]}`;
    const printed = await runTest(testUnder("docs/emulator.md", "Test a deployment"), { ...env, PATH: path });
    expect(printed, printed).to.match(/^ +1 passing \(.*\)\s*$/m);
  });
});
