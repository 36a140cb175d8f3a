import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect } from "chai";

const ROOT = join(__dirname, "../..");
const SCRIPT = `
process.on("exit", () => console.log("\\nLOADED" + JSON.stringify(Object.keys(require.cache))));
require("./cli/main.ts");`;

/** Returns which packages and folders of this repository a command line loads. */
function loadedBy(...args: string[]): string[] {
  const command = ["--require", "tsx/cjs", "-e", SCRIPT, "main", ...args];
  const options = { cwd: ROOT, encoding: "utf8", env: { PATH: process.env["PATH"] } } as const;
  const output = execFileSync(process.execPath, command, options);
  const files = JSON.parse(output.slice(output.lastIndexOf("LOADED") + 6)) as string[];
  const places = files.map((file) => file.slice(ROOT.length + 1).replace(/^node_modules\//, "package "));
  const loaded = new Set(places.map((place) => place.split("/")[0] ?? ""));
  // What runs TypeScript here is not there in the package.
  for (const own of ["package tsx", "package esbuild"]) loaded.delete(own);
  return [...loaded].sort();
}

describe("the modules that tencentcloud-live loads", function () {
  this.timeout(30_000);

  it("are only the parser for the help and the version", () => {
    const parser = ["cli", "package commander"];
    expect(loadedBy("--help")).to.deep.equal(parser);
    expect(loadedBy("--version")).to.deep.equal(parser);
  });

  it("do not include the HTTP client or the emulator for verify", () => {
    const loaded = loadedBy("verify", "--help");
    expect(loaded).to.include("receiver");
    for (const unused of ["emulator", "package axios", "package cockatiel"]) expect(loaded).to.not.include(unused);
  });

  it("do not include the HTTP client for send, or the emulator for deliveries", () => {
    expect(loadedBy("send", "--help")).to.include("emulator").and.not.include("package axios");
    expect(loadedBy("deliveries", "--help")).to.include("provider").and.not.include("emulator");
  });
});
