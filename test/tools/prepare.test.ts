import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";

const ROOT = resolve(__dirname, "../..");

describe("tools/prepare.js", () => {
  it("keeps the build when npm runs it for npx, since running programs load its files", () => {
    const built = () => statSync(resolve(ROOT, "dist/cli/main.js")).ino;
    const before = built();
    const env = { ...process.env, npm_command: "exec" };
    const output = execFileSync(process.execPath, ["tools/prepare.js"], { cwd: ROOT, env, encoding: "utf8" });
    expect([output, built()]).to.deep.equal(["", before]);
  });
});
