import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";

const REPOSITORY = resolve(__dirname, "../..");

/**
 * Loads the SDK and uses modules that it imports. Prints which of them were loaded before and after, and the
 * results.
 */
const SCRIPT = `
const { runtime, automation } = require("@pulumi/pulumi");
const lazy = ["typescript", "@npmcli/arborist", "normalize-package-data", "@pulumi/pulumi/automation"];
const loaded = () => lazy.filter((name) =>
  Object.keys(require.cache).some((path) => path.includes("/node_modules/" + name + "/")));
(async () => {
  const before = loaded();
  const { text } = await runtime.serializeFunction((name) => "hello " + name);
  const paths = [...(await runtime.computeCodePaths()).keys()];
  const error = new automation.CommandError({ code: 1, stdout: "", stderr: "" }).message;
  console.log(JSON.stringify({ before, after: loaded(), text, paths, error }));
})();`;

describe("tools/lazyModules.js", function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "tencentcloud-live-lazy-"));
    writeFileSync(join(folder, "package.json"), '{ "name": "lazy", "dependencies": {} }');
    symlinkSync(join(REPOSITORY, "node_modules"), join(folder, "node_modules"), "junction");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const run = (...flags: string[]) => {
    const { stdout } = spawnSync(process.execPath, [...flags, "-e", SCRIPT], { cwd: folder, encoding: "utf8" });
    return JSON.parse(stdout);
  };

  it("loads modules on first use, without changing the results of their users", () => {
    const usual = run();
    const lazy = run("--require", join(REPOSITORY, "tools/lazyModules.js"));
    expect(usual.before).to.deep.equal(usual.after).and.have.length(4);
    expect(lazy).to.deep.equal({ ...usual, before: [] });
    expect(usual.text).to.contain('"hello "');
  });
});
