import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { locatePulumi } from "../../../tools/findPulumi";
import { goModuleVersion } from "../../../tools/pulumi-cli/goBuild";
import { BareMachine, executable, INSTALLER_VERSION, rejection, TOOLS } from "../../support/tools/bareMachine";

describe("tools", () => {
  let machine: BareMachine;
  beforeEach(() => {
    machine = new BareMachine();
  });
  afterEach(() => machine.remove());

  describe("the installation of a CLI", () => {
    it("caches the result of the official installer, which runs once", async () => {
      machine.useInstaller(`
      const { mkdirSync, writeFileSync, appendFileSync } = require("node:fs");
      appendFileSync(${JSON.stringify(join(machine.folder, "runs"))}, "x");
      const bin = process.env.PULUMI_HOME + "/versions/${INSTALLER_VERSION}/bin";
      mkdirSync(bin, { recursive: true });
      writeFileSync(bin + "/pulumi", "#!/bin/sh\\necho v3.300.0\\n", { mode: 0o755 });`);
      const first = await locatePulumi(machine.context);
      expect(first.command).to.equal(
        join(machine.folder, "cache", `pulumi-${INSTALLER_VERSION}-official`, "bin", "pulumi"),
      );
      expect(machine.logged[0]).to.contain("official npm installer");
      expect(machine.logged[1]).to.match(/done in \d+ s/);
      machine.logged.length = 0;
      expect(await locatePulumi(machine.context)).to.deep.equal(first);
      expect(machine.logged).to.deep.equal([]);
      expect(readFileSync(join(machine.folder, "runs"), "utf8")).to.equal("x");
      expect(readdirSync(machine.context.cacheFolder)).to.have.length(1);
    });

    it("kills an installer that makes no progress, with its child processes", async () => {
      const pulse = join(machine.folder, "pulse");
      executable(join(machine.folder, "beat"), `for i in $(seq 60); do printf x >> ${pulse}; sleep 0.05; done`);
      machine.useInstaller(`
      require("node:child_process").spawn(${JSON.stringify(join(machine.folder, "beat"))}, { stdio: "inherit", env: ${JSON.stringify({ PATH: process.env["PATH"] })} });
      console.error("Downloading");`);
      const message = await rejection(locatePulumi(machine.context));
      expect(message).to.contain("the official npm installer: no progress for 1 s: Downloading");
      await sleep(100);
      const beats = readFileSync(pulse, "utf8").length;
      await sleep(300);
      expect(beats).to.be.greaterThan(0);
      expect(readFileSync(pulse, "utf8").length).to.equal(beats);
      expect(readdirSync(machine.context.cacheFolder)).to.deep.equal([]);
    }).timeout(60_000);

    it("waits for an installer whose download grows without output", async () => {
      machine.useInstaller(`
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
      expect((await locatePulumi(machine.context)).command).to.contain("official");
    }).timeout(60_000);

    it("builds the CLI with Go if the installer fails, and caches the result", async () => {
      machine.useInstaller("console.error('no network'); process.exit(4)");
      machine.useGo(goModuleVersion());
      const { command } = await locatePulumi(machine.context);
      expect(command).to.equal(join(machine.folder, "cache", `pulumi-${goModuleVersion()}`, "bin", "pulumi"));
      expect(machine.logged.join("\n")).to.match(/failed after \d+ s: ended with 4: no network/);
      const [{ args, cgo } = { args: [], cgo: "" }] = machine.goRuns();
      expect(args).to.include("-mod=readonly");
      expect(cgo).to.equal("0");
      rmSync(join(machine.folder, "path", "go"));
      expect((await locatePulumi(machine.context)).command).to.equal(command);
    });

    it("builds another version in PULUMI_VERSION from a copy of the module that Go updates", async () => {
      machine.useGo("3.274.1");
      const env = { ...machine.context.env, PULUMI_VERSION: "3.274.1" };
      const { command } = await locatePulumi({ ...machine.context, env });
      const folder = join(machine.folder, "cache", "pulumi-3.274.1");
      expect(command).to.equal(join(folder, "bin", "pulumi"));
      expect(readdirSync(join(folder, "module"))).to.deep.equal(["go.mod", "go.sum"]);
      const [raised, ...built] = machine.goRuns().map(({ args }) => args);
      expect(raised).to.deep.equal(["get", "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi@v3.274.1"]);
      expect(built).to.have.length(1);
      expect(built[0]).to.include("-mod=readonly");
    });

    it("puts a language host and a host for dynamic providers beside the built CLI", async () => {
      machine.useGo(goModuleVersion());
      const { command, env } = await locatePulumi(machine.context);
      for (const name of ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"]) {
        const child = spawn(join(dirname(command), name), ["127.0.0.1:1"], {
          cwd: machine.folder,
          env: { ...process.env, ...env },
          stdio: ["pipe", "pipe", "inherit"],
        });
        const [port] = await once(child.stdout.setEncoding("utf8"), "data");
        expect(port, name).to.match(/^\d+\n$/);
        child.kill("SIGKILL");
      }
    }).timeout(60_000);

    it("ends the language host when its standard input ends", async () => {
      const child = spawn(join(TOOLS, "pulumi-cli", "stand-ins", "pulumi-language-nodejs"), ["127.0.0.1:1"]);
      await once(child.stdout, "data");
      child.stdin.end();
      expect(await once(child, "exit")).to.deep.equal([0, null]);
    }).timeout(60_000);

    it("rejects a build that reports another version, and does not cache it", async () => {
      machine.useGo("3.1.0");
      expect(await rejection(locatePulumi(machine.context))).to.contain("reports version 3.1.0");
      expect(readdirSync(machine.context.cacheFolder)).to.deep.equal([]);
    });

    it("reports the reason of every failed attempt", async () => {
      machine.fakePulumi("path/pulumi", "v3.100.0");
      machine.useInstaller("console.error('no network'); process.exit(4)");
      const message = await rejection(locatePulumi(machine.context));
      expect(message).to.match(/pulumi on PATH: .*version 3\.100\.0 is older than 3\.216\.0/);
      expect(message).to.contain("the official CLI installed earlier: version 3.300.0 is not installed");
      expect(message).to.contain(`the CLI built earlier: none in ${machine.context.cacheFolder}`);
      expect(message).to.contain("the official npm installer: ended with 4: no network");
      expect(message).to.contain("a build from the Go module: go is not on PATH");
      expect(message).to.contain("https://www.pulumi.com/docs/install/");
    });

    it("reports a missing installer package", async () => {
      expect(await rejection(locatePulumi(machine.context))).to.contain(`the package "pulumi" is not installed`);
    });
  });
});
