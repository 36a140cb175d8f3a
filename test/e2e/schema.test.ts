import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";
import { version } from "../../package.json";
import { findPulumi } from "../../tools/findPulumi";
import { SCHEMA_FILE } from "../../tools/schema";

describe("the schema of the native provider, read by the real CLI", function () {
  this.timeout(180_000);

  /** Returns the output of a CLI command, which must succeed without a warning. */
  const run = async (...args: string[]): Promise<string> => {
    const { command, env } = await findPulumi();
    const options = { env: { ...process.env, ...env }, encoding: "utf8", maxBuffer: 1e8 } as const;
    const { status, stdout, stderr } = spawnSync(command, args, options);
    expect({ status, stderr }, stdout).to.deep.equal({ status: 0, stderr: "" });
    return stdout;
  };

  it("has no error", async () => {
    expect(await run("schema", "check", SCHEMA_FILE)).to.equal("");
  });

  it("is returned by the built executable, which SDK generators use", async () => {
    const executable = resolve(__dirname, "../../plugin/pulumi-resource-tencentcloud-live");
    const given = JSON.parse(await run("package", "get-schema", executable)) as { resources: object; version: string };
    const { resources } = JSON.parse(readFileSync(SCHEMA_FILE, "utf8")) as { resources: object };
    expect(given.version).to.equal(version);
    expect(Object.keys(given.resources)).to.have.members(Object.keys(resources));
  });
});
