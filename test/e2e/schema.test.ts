import { spawnSync } from "node:child_process";
import { expect } from "chai";
import { findPulumi } from "../../tools/findPulumi";
import { SCHEMA_FILE } from "../../tools/schema";

describe("the schema of the native provider, read by the real CLI", function () {
  this.timeout(180_000);

  it("has no error", async () => {
    const { command, env } = await findPulumi();
    const options = { env: { ...process.env, ...env }, encoding: "utf8" } as const;
    const { status, stdout, stderr } = spawnSync(command, ["schema", "check", SCHEMA_FILE], options);
    expect({ status, output: stdout + stderr }).to.deep.equal({ status: 0, output: "" });
  });
});
