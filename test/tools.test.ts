import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { locatePulumi } from "../tools/findPulumi";
import { makeOnce } from "../tools/pulumi-cli/cache";
import type { Context } from "../tools/pulumi-cli/context";
import { goModuleVersion } from "../tools/pulumi-cli/goBuild";
import { withLock } from "../tools/pulumi-cli/lock";
import { isAtLeast, parseVersion } from "../tools/pulumi-cli/version";

const TOOLS = resolve(__dirname, "..", "tools");
const INSTALLER_VERSION = "3.300.0";

let folder: string;
let logged: string[];
let context: Context;

/** Writes an executable, a shell script unless told otherwise. */
function executable(file: string, body: string, interpreter = "/bin/sh"): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!${interpreter}\n${body}\n`);
  chmodSync(file, 0o755);
  return file;
}

function fakePulumi(file: string, version: string): string {
  return executable(join(folder, file), `echo ${version}`);
}

function useInstaller(body: string): void {
  const script = join(folder, "installer.js");
  writeFileSync(script, body);
  context.installer = { script, version: INSTALLER_VERSION };
}

function useGo(versionBuilt: string): void {
  const body = `
    const { writeFileSync, mkdirSync } = require("node:fs");
    const { dirname } = require("node:path");
    const args = process.argv.slice(2);
    writeFileSync(${JSON.stringify(join(folder, "go-args.json"))}, JSON.stringify({ args, cgo: process.env.CGO_ENABLED }));
    const output = args[args.indexOf("-o") + 1];
    mkdirSync(dirname(output), { recursive: true });
    writeFileSync(output, "#!/bin/sh\\necho v${versionBuilt}\\n", { mode: 0o755 });`;
  executable(join(folder, "path", "go"), body, process.execPath);
}

async function rejection(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("it did not fail");
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !condition(); tries++) await sleep(20);
  expect(condition(), "in 4 s").to.equal(true);
}

describe("tools", () => {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "tools-test-"));
    mkdirSync(join(folder, "path"));
    logged = [];
    context = {
      env: { PATH: join(folder, "path"), HOME: join(folder, "home") },
      log: (line) => logged.push(line),
      cacheFolder: join(folder, "cache"),
      installer: undefined,
      installerIdleMs: 1000,
    };
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  describe("CLI versions", () => {
    it("reads the version that the CLI prints", () => {
      expect(parseVersion("v3.220.0\n")).to.equal("3.220.0");
      expect(parseVersion("warning: something\n3.221.4-dev.0+1a2b\n")).to.equal("3.221.4");
      expect(parseVersion("command not found")).to.equal(undefined);
    });

    it("compares by number", () => {
      expect(isAtLeast("3.216.0", "3.216.0")).to.equal(true);
      expect(isAtLeast("3.1000.0", "3.216.0")).to.equal(true);
      expect(isAtLeast("4.0.0", "3.216.0")).to.equal(true);
      expect(isAtLeast("3.99.9", "3.216.0")).to.equal(false);
      expect(isAtLeast("3.215.9", "3.216.0")).to.equal(false);
      expect(isAtLeast("2.300.0", "3.216.0")).to.equal(false);
    });
  });

  describe("finding a CLI that is there", () => {
    const built = join("cache", `pulumi-${goModuleVersion()}`, "bin", "pulumi");
    const official = join("cache", `pulumi-${INSTALLER_VERSION}-official`, "bin", "pulumi");

    it("takes a new enough one on PATH first, without a word", async () => {
      fakePulumi(built, "v3.220.0");
      const command = fakePulumi("path/pulumi", "v3.216.0");
      expect(await locatePulumi(context)).to.deep.equal({ command, env: { PULUMI_SKIP_UPDATE_CHECK: "true" } });
      expect(logged).to.deep.equal([]);
    });

    it("passes over an old one on PATH, says so, and keeps its language hosts out of the way", async () => {
      fakePulumi("path/pulumi", "v3.99.0");
      const command = fakePulumi("second/pulumi", "v3.250.0");
      const path = [join(folder, "path"), join(folder, "second")].join(delimiter);
      const found = await locatePulumi({ ...context, env: { PATH: path } });
      expect(found.command).to.equal(command);
      expect(found.env["PATH"]).to.equal(join(folder, "second") + delimiter + path);
      expect(logged.join()).to.contain("3.99.0 is older than 3.216.0");
    });

    it("passes over one on PATH that does not work", async () => {
      executable(join(folder, "path", "pulumi"), "echo v3.220.0; exit 3");
      const command = fakePulumi(built, "v3.220.0");
      expect((await locatePulumi(context)).command).to.equal(command);
      expect(logged.join()).to.contain("failed");
    });

    for (const shim of ["node_modules/.bin/pulumi", "lib/node_modules/pulumi/pulumi"]) {
      it(`does not even run npm's installer when it is on PATH (${shim})`, async () => {
        const marker = join(folder, "ran");
        const file = executable(join(folder, shim), `echo > ${marker}; echo v3.250.0`);
        const command = fakePulumi(built, "v3.220.0");
        const found = await locatePulumi({ ...context, env: { PATH: dirname(file) } });
        expect(found.command).to.equal(command);
        expect(existsSync(marker)).to.equal(false);
      });
    }

    it("takes a built one and tells it where its stand-ins are", async () => {
      const command = fakePulumi(built, "v3.220.0");
      const env = {
        PULUMI_CLI_STAND_INS: join(TOOLS, "pulumi-cli", "stand-ins"),
        PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
        PULUMI_SKIP_UPDATE_CHECK: "true",
      };
      expect(await locatePulumi(context)).to.deep.equal({ command, env });
      expect(logged).to.deep.equal([]);
    });

    it("prefers an installed official one, without stand-ins", async () => {
      useInstaller("throw new Error('must not run')");
      fakePulumi(built, "v3.220.0");
      const command = fakePulumi(official, "v3.300.0");
      const found = await locatePulumi(context);
      expect(found.command).to.equal(command);
      expect(found.env["PATH"]).to.equal(dirname(command) + delimiter + context.env["PATH"]);
      expect(logged).to.deep.equal([]);
    });

    it("sees what the installer put into the user's Pulumi home, and PULUMI_VERSION", async () => {
      useInstaller("throw new Error('must not run')");
      const inHome = fakePulumi(`home/.pulumi/versions/${INSTALLER_VERSION}/bin/pulumi`, "v3.300.0");
      expect((await locatePulumi(context)).command).to.equal(inHome);
      const other = fakePulumi("elsewhere/versions/3.301.0/bin/pulumi", "v3.301.0");
      const env = { ...context.env, PULUMI_HOME: join(folder, "elsewhere"), PULUMI_VERSION: "3.301.0" };
      expect((await locatePulumi({ ...context, env })).command).to.equal(other);
    });

    it("does not take an empty or non-executable file for a CLI", async () => {
      writeFileSync(fakePulumi(built, "v3.220.0"), "");
      chmodSync(fakePulumi("path/pulumi", "v3.250.0"), 0o644);
      expect(await rejection(locatePulumi(context))).to.contain("No Pulumi CLI");
    });
  });

  describe("making a CLI", () => {
    it("keeps what the official installer installs, so that it runs once", async () => {
      useInstaller(`
      const { mkdirSync, writeFileSync, appendFileSync } = require("node:fs");
      appendFileSync(${JSON.stringify(join(folder, "runs"))}, "x");
      const bin = process.env.PULUMI_HOME + "/versions/${INSTALLER_VERSION}/bin";
      mkdirSync(bin, { recursive: true });
      writeFileSync(bin + "/pulumi", "#!/bin/sh\\necho v3.300.0\\n", { mode: 0o755 });`);
      const first = await locatePulumi(context);
      expect(first.command).to.equal(join(folder, "cache", `pulumi-${INSTALLER_VERSION}-official`, "bin", "pulumi"));
      expect(logged[0]).to.contain("official npm installer");
      expect(logged[1]).to.match(/done in \d+ s/);
      logged.length = 0;
      expect(await locatePulumi(context)).to.deep.equal(first);
      expect(logged).to.deep.equal([]);
      expect(readFileSync(join(folder, "runs"), "utf8")).to.equal("x");
      expect(readdirSync(context.cacheFolder)).to.have.length(1);
    });

    it("ends an installer that makes no progress, with all it started", async () => {
      const pulse = join(folder, "pulse");
      executable(join(folder, "beat"), `for i in $(seq 60); do printf x >> ${pulse}; sleep 0.05; done`);
      useInstaller(`
      require("node:child_process").spawn(${JSON.stringify(join(folder, "beat"))}, { stdio: "inherit", env: ${JSON.stringify({ PATH: process.env["PATH"] })} });
      console.error("Downloading");`);
      const message = await rejection(locatePulumi(context));
      expect(message).to.contain("the official npm installer: no progress for 1 s: Downloading");
      await sleep(100);
      const beats = readFileSync(pulse, "utf8").length;
      await sleep(300);
      expect(beats).to.be.greaterThan(0);
      expect(readFileSync(pulse, "utf8").length).to.equal(beats);
      expect(readdirSync(context.cacheFolder)).to.deep.equal([]);
    }).timeout(10_000);

    it("waits for an installer whose download grows without a word", async () => {
      useInstaller(`
      const { appendFileSync, mkdirSync, writeFileSync } = require("node:fs");
      let steps = 0;
      setInterval(() => {
        appendFileSync(process.env.TMPDIR + "/download", "more");
        if (++steps < 8) return;
        const bin = process.env.PULUMI_HOME + "/versions/${INSTALLER_VERSION}/bin";
        mkdirSync(bin, { recursive: true });
        writeFileSync(bin + "/pulumi", "#!/bin/sh\\necho v3.300.0\\n", { mode: 0o755 });
        process.exit();
      }, 250);`);
      expect((await locatePulumi(context)).command).to.contain("official");
    }).timeout(10_000);

    it("goes on to the Go build when the installer fails, and keeps the result", async () => {
      useInstaller("console.error('no network'); process.exit(4)");
      useGo(goModuleVersion());
      const { command } = await locatePulumi(context);
      expect(command).to.equal(join(folder, "cache", `pulumi-${goModuleVersion()}`, "bin", "pulumi"));
      expect(logged.join("\n")).to.match(/failed after \d+ s: ended with 4: no network/);
      const { args, cgo } = JSON.parse(readFileSync(join(folder, "go-args.json"), "utf8"));
      expect(args).to.include("-mod=readonly");
      expect(cgo).to.equal("0");
      rmSync(join(folder, "path", "go"));
      expect((await locatePulumi(context)).command).to.equal(command);
    });

    it("puts a language host and a host for dynamic providers beside the CLI it builds", async () => {
      useGo(goModuleVersion());
      const { command, env } = await locatePulumi(context);
      for (const name of ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]) {
        const child = spawn(join(dirname(command), name), ["127.0.0.1:1"], {
          cwd: folder,
          env: { ...process.env, ...env },
          stdio: ["pipe", "pipe", "inherit"],
        });
        const [port] = await once(child.stdout.setEncoding("utf8"), "data");
        expect(port, name).to.match(/^\d+\n$/);
        child.kill("SIGKILL");
      }
    }).timeout(10_000);

    it("ends the language host when the engine's end of its standard input closes", async () => {
      const child = spawn(join(TOOLS, "pulumi-cli", "stand-ins", "pulumi-language-nodejs"), ["127.0.0.1:1"]);
      await once(child.stdout, "data");
      child.stdin.end();
      expect(await once(child, "exit")).to.deep.equal([0, null]);
    }).timeout(10_000);

    it("refuses a build that reports another version, and keeps nothing of it", async () => {
      useGo("3.1.0");
      expect(await rejection(locatePulumi(context))).to.contain("reports version 3.1.0");
      expect(readdirSync(context.cacheFolder)).to.deep.equal([]);
    });

    it("names every way and why it failed when nothing works", async () => {
      fakePulumi("path/pulumi", "v3.100.0");
      useInstaller("console.error('no network'); process.exit(4)");
      const message = await rejection(locatePulumi(context));
      expect(message).to.match(/pulumi on PATH: .*version 3\.100\.0 is older than 3\.216\.0/);
      expect(message).to.contain("the official CLI installed earlier: version 3.300.0 is not installed");
      expect(message).to.contain(`the CLI built earlier: none in ${context.cacheFolder}`);
      expect(message).to.contain("the official npm installer: ended with 4: no network");
      expect(message).to.contain("a build from the Go module: go is not on PATH");
      expect(message).to.contain("https://www.pulumi.com/docs/install/");
    });

    it("says that the installer package is missing", async () => {
      expect(await rejection(locatePulumi(context))).to.contain(`the package "pulumi" is not installed`);
    });
  });

  describe("the cache", () => {
    const times = { pollMs: 20, staleMs: 200 };

    it("fills a folder once when two ask at the same time", async () => {
      let fills = 0;
      const recipe = {
        folderName: "thing",
        doing: "making it",
        fill: async (target: string) => {
          fills++;
          await sleep(50);
          writeFileSync(join(target, "file"), "complete");
        },
      };
      const [one, two] = await Promise.all([makeOnce(recipe, context), makeOnce(recipe, context)]);
      expect(fills).to.equal(1);
      expect(one).to.equal(two);
      expect(readFileSync(join(one, "file"), "utf8")).to.equal("complete");
      expect(logged).to.include("pulumi: another process is preparing the CLI, waiting for it");
    });

    it("shows nothing of a folder that failed half-way, and lets the next one try", async () => {
      const recipe = { folderName: "thing", doing: "making it" };
      const half = async (target: string) => {
        writeFileSync(join(target, "file"), "half");
        throw new Error("broken off");
      };
      expect(await rejection(makeOnce({ ...recipe, fill: half }, context))).to.equal("broken off");
      expect(readdirSync(context.cacheFolder)).to.deep.equal([]);
      expect(existsSync(await makeOnce({ ...recipe, fill: async () => {} }, context))).to.equal(true);
    });

    it("lets one holder of the lock in at a time", async () => {
      let inside = 0;
      let most = 0;
      const body = async () => {
        most = Math.max(most, ++inside);
        await sleep(30);
        inside--;
      };
      const file = join(folder, "lock");
      await Promise.all([1, 2, 3].map(() => withLock(file, () => {}, body, times)));
      expect(most).to.equal(1);
      expect(existsSync(file)).to.equal(false);
    });

    it("keeps a lock for as long as its holder works", async () => {
      const file = join(folder, "lock");
      const order: string[] = [];
      const slow = withLock(
        file,
        () => {},
        async () => {
          await sleep(600);
          order.push("slow");
        },
        times,
      );
      await sleep(20);
      await withLock(
        file,
        () => {},
        async () => order.push("next"),
        times,
      );
      await slow;
      expect(order).to.deep.equal(["slow", "next"]);
    });

    it("takes over a lock whose holder died", async () => {
      const file = join(folder, "lock");
      writeFileSync(file, "");
      const longAgo = new Date(Date.now() - 10_000);
      utimesSync(file, longAgo, longAgo);
      expect(
        await withLock(
          file,
          () => {},
          async () => "in",
          times,
        ),
      ).to.equal("in");
    });
  });

  describe("running the CLI", () => {
    function runTool(args: string[]) {
      const child = spawn(process.execPath, ["--require", "tsx/cjs", join(TOOLS, "pulumi.ts"), ...args], {
        env: { ...process.env, PATH: join(folder, "path") + delimiter + process.env["PATH"] },
        stdio: ["pipe", "pipe", "pipe"],
      });
      let output = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
      return { child, output: () => output };
    }

    function useCli(body: string): void {
      executable(
        join(folder, "path", "pulumi"),
        `if (process.argv[2] === "version") { console.log("v3.250.0"); process.exit(); }\n${body}`,
        process.execPath,
      );
    }

    it("hands over arguments and standard input, and returns the exit code", async () => {
      useCli(`
      process.stdin.on("data", (data) => console.log(JSON.stringify([process.argv.slice(2), String(data)])));
      process.stdin.on("end", () => process.exit(255));`);
      const { child, output } = runTool(["up", "--yes", "a b"]);
      child.stdin.end("typed");
      const [code] = await once(child, "close");
      expect(code).to.equal(255);
      expect(JSON.parse(output())).to.deep.equal([["up", "--yes", "a b"], "typed"]);
    }).timeout(10_000);

    it("passes a signal on exactly once, waits for the CLI, and returns what it returns", async () => {
      useCli(`
      let signals = 0;
      process.on("SIGINT", () => { signals++; setTimeout(() => { console.log("signals " + signals); process.exit(7); }, 300); });
      setInterval(() => {}, 1000);
      console.log("ready");`);
      const { child, output } = runTool(["up"]);
      await until(() => output().includes("ready"));
      child.kill("SIGINT");
      await sleep(50);
      child.kill("SIGINT");
      const [code] = await once(child, "close");
      expect(output()).to.contain("signals 1");
      expect(code).to.equal(7);
    }).timeout(10_000);

    it("ends by the signal that ended the CLI", async () => {
      useCli(`process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 1000);`);
      const { child } = runTool(["up"]);
      const [code, signal] = await once(child, "close");
      expect([code, signal]).to.deep.equal([null, "SIGTERM"]);
    }).timeout(10_000);
  });
});
