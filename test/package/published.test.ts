import { execFile, execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { isOffline, outsidePerSuite } from "../support/package/outside";
import { publishedPackage } from "../support/package/packed";

const run = promisify(execFile);

describe("the published tarball", function () {
  this.timeout(180_000);
  let folder = "";
  let tarball = "";
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "tencentcloud-live-published-"));
    const args = ["pack", publishedPackage(), "--silent"];
    const [name = ""] = execFileSync("npm", args, { cwd: folder, encoding: "utf8" }).split("\n");
    tarball = join(folder, name);
  });
  after(() => rmSync(folder, { recursive: true }));

  it("has no findings of publint", async () => {
    const { publint } = await import("publint");
    const { buffer, byteOffset, byteLength } = readFileSync(tarball);
    const pack = { tarball: buffer.slice(byteOffset, byteOffset + byteLength) };
    const { messages } = await publint({ pack, strict: true });
    expect(messages).to.deep.equal([]);
  });

  it("installs into an empty folder without a warning", async function () {
    const project = join(folder, "project");
    mkdirSync(project);
    const args = ["install", tarball, "--prefer-offline", "--no-audit", "--no-fund", "--no-update-notifier"];
    const { status, stdout, stderr } = spawnSync("npm", args, { cwd: project, encoding: "utf8" });
    // Its dependencies come from a registry.
    if (isOffline(stderr)) this.skip();
    expect([status, stderr]).to.deep.equal([0, ""]);
    expect(stdout).to.match(/^\s*added \d+ packages in \S+\s*$/);
    const bin = join(project, "node_modules/.bin/tencentcloud-live");
    expect(execFileSync(bin, ["--version"], { encoding: "utf8" })).to.match(/^\d+\.\d+\.\d+/);
  });

  describe("the published types", () => {
    const attw = outsidePerSuite("@arethetypeswrong/cli@0.18");

    it("match the modules that Node loads", async () => {
      const command = join(attw(), "node_modules/.bin/attw");
      const { stdout } = await run(command, [tarball, "--no-definitely-typed", "--format", "json"]);
      const { analysis } = JSON.parse(stdout);
      expect(analysis.problems).to.deep.equal([]);
      expect(Object.keys(analysis.entrypoints)).to.have.length(7);
    });
  });
});
