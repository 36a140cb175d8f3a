import { execFile } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { buildSync, type Format, type Platform } from "esbuild";
import { outsidePerSuite } from "../support/package/outside";
import { type PackedPackage, packAndInstall, receiverAlone } from "../support/package/packed";

const NAME = "pulumi-tencentcloud-live";
const PROGRAMS = resolve(__dirname, "../support/receiverModules");
/** The responses to messages that are new, duplicate, forged, compressed, and changed by a form parser. */
const PER_WAY = ["200 0", "200 0", "403 invalid_signature", "200 0", "400 invalid_json"];
/** The responses to web-standard requests and over `node:http`, and the ids of handled events. */
const RESPONSES = [...PER_WAY, ...PER_WAY, "1:0,1:0z,1:1,1:1z"];
const BOTH = {
  ...{ copies: 2, sameNames: true, foreign: [false, false], mixed: RESPONSES },
  recognized: [1, 2, 3, 4].map(() => [true, true]),
};

/** The used part of Rollup, which the test installs. */
interface Rollup {
  rollup(options: object): Promise<{ write(options: object): Promise<{ output: { imports: string[] }[] }> }>;
}

describe("the modules of the receiver", function () {
  this.timeout(120_000);
  let packed: PackedPackage;
  let folder: string;

  before("packs the package", () => {
    packed = packAndInstall();
    folder = receiverAlone(packed);
    cpSync(PROGRAMS, folder, { recursive: true });
  });
  after(() => {
    for (const one of [packed.folder, folder]) rmSync(one, { recursive: true });
  });

  async function run(command: string, ...args: string[]): Promise<unknown> {
    const env = { PATH: process.env["PATH"], HOME: folder, DENO_NO_UPDATE_CHECK: "1" };
    const { stdout, stderr } = await promisify(execFile)(command, args, { cwd: folder, env, timeout: 60_000 });
    expect(stderr).to.equal("");
    return JSON.parse(stdout);
  }

  function testResponsesIn(runtime: string, command: () => [string, ...string[]]): void {
    for (const [kind, program, responses] of [
      ["ES modules", "esm.mjs", [...RESPONSES, true]],
      ["CommonJS", "commonJs.cjs", [...RESPONSES, true]],
      ["both together, and recognize each other's errors", "both.mjs", BOTH],
    ] as const) {
      it(`work in ${runtime} as ${kind}`, async () => {
        expect(await run(...command(), program)).to.deep.equal(responses);
      });
    }
  }

  testResponsesIn("this Node", () => [process.execPath]);
  for (const [runtime, packageName, ...command] of [
    ["Node 22", "node@22", "node_modules/node/bin/node"],
    ["Node 24", "node@24", "node_modules/node/bin/node"],
    ["Bun", "bun@1", "node_modules/bun/bin/bun.exe"],
    ["Deno", "deno@2", "node_modules/deno/deno", "run", "--allow-all", "--node-modules-dir=manual"],
  ] as const) {
    describe(`in ${runtime}`, () => {
      const installed = outsidePerSuite(packageName);
      const [binary, ...args] = command;
      testResponsesIn(runtime, () => [join(installed(), binary ?? ""), ...args]);
    });
  }

  /**
   * Bundles a program with both entry points with esbuild, and runs the bundle without installed packages.
   */
  async function responsesOfBundle(format: Format, platform: Platform): Promise<unknown> {
    const outfile = join(packed.folder, `${format}-${platform}.${format === "cjs" ? "cjs" : "mjs"}`);
    const { warnings } = buildSync({
      ...{ absWorkingDir: folder, entryPoints: ["esm.mjs"], outfile, format, platform },
      ...{ bundle: true, minify: true, logLevel: "silent" },
      // An import of the program, for the server of this test.
      external: ["node:http"],
    });
    expect(warnings).to.deep.equal([]);
    return run(process.execPath, outfile);
  }

  for (const format of ["esm", "cjs"] as const) {
    for (const platform of ["node", "neutral", "browser"] as const) {
      it(`are bundled by esbuild as ${format} for the platform ${platform}`, async () => {
        expect(await responsesOfBundle(format, platform)).to.deep.equal([...RESPONSES, true]);
      });
    }
  }

  describe("in a bundle of Rollup", () => {
    const installed = outsidePerSuite("rollup@4", "@rollup/plugin-node-resolve@16");
    it("are bundled without a CommonJS plugin, and leave no import", async () => {
      const file = join(packed.folder, "rollup.mjs");
      const load = createRequire(join(installed(), "package.json"));
      const { rollup } = load("rollup") as Rollup;
      const plugins = [load("@rollup/plugin-node-resolve").default()];
      const warnings: unknown[] = [];
      const onwarn = (warning: unknown) => warnings.push(warning);
      const bundle = await rollup({ input: join(folder, "esm.mjs"), external: ["node:http"], plugins, onwarn });
      const { output } = await bundle.write({ file, format: "esm" });
      expect([warnings, output[0]?.imports]).to.deep.equal([[], ["node:http"]]);
      expect(await run(process.execPath, file)).to.deep.equal([...RESPONSES, true]);
    });
  });

  for (const [kind, contents, limit] of [
    ["ES modules", `export * from "${NAME}/receiver"; export * from "${NAME}/receiver/redis";`, 40_000],
    ["CommonJS", `module.exports = [require("${NAME}/receiver"), require("${NAME}/receiver/redis")];`, 60_000],
  ] as const) {
    it(`add at most ${limit / 1000} kB to a minified bundle as ${kind}, with no other package than that of the hashes`, () => {
      const { outputFiles, metafile } = buildSync({
        stdin: { contents, resolveDir: folder },
        ...{ bundle: true, minify: true, write: false, metafile: true, format: "esm", platform: "neutral" },
      });
      expect(outputFiles[0]?.contents.byteLength).to.be.below(limit);
      const packages = Object.keys(metafile.inputs).map((file) => /node_modules\/((@[^/]+\/)?[^/]+)/.exec(file)?.[1]);
      expect([...new Set(packages)].filter(Boolean)).to.have.members([NAME, "@noble/hashes"]);
    });
  }
});
