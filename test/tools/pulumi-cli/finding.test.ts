import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { expect } from "chai";
import { locatePulumi } from "../../../tools/findPulumi";
import { goModuleVersion } from "../../../tools/pulumi-cli/goBuild";
import { isAtLeast, parseVersion } from "../../../tools/pulumi-cli/version";
import { BareMachine, executable, INSTALLER_VERSION, rejection, TOOLS } from "../../support/tools/bareMachine";

describe("tools", () => {
  let machine: BareMachine;
  beforeEach(() => {
    machine = new BareMachine();
  });
  afterEach(() => machine.remove());

  describe("CLI versions", () => {
    it("parses the version that the CLI prints", () => {
      expect(parseVersion("v3.220.0\n")).to.equal("3.220.0");
      expect(parseVersion("warning: something\n3.221.4-dev.0+1a2b\n")).to.equal("3.221.4");
      expect(parseVersion("command not found")).to.equal(undefined);
    });

    it("are compared number by number", () => {
      expect(isAtLeast("3.216.0", "3.216.0")).to.equal(true);
      expect(isAtLeast("3.1000.0", "3.216.0")).to.equal(true);
      expect(isAtLeast("4.0.0", "3.216.0")).to.equal(true);
      expect(isAtLeast("3.99.9", "3.216.0")).to.equal(false);
      expect(isAtLeast("3.215.9", "3.216.0")).to.equal(false);
      expect(isAtLeast("2.300.0", "3.216.0")).to.equal(false);
    });
  });

  describe("the search for an existing CLI", () => {
    const built = join("cache", `pulumi-${goModuleVersion()}`, "bin", "pulumi");
    const official = join("cache", `pulumi-${INSTALLER_VERSION}-official`, "bin", "pulumi");

    it("prefers a recent enough CLI on PATH, and prints nothing", async () => {
      machine.fakePulumi(built, "v3.220.0");
      const command = machine.fakePulumi("path/pulumi", "v3.216.0");
      expect(await locatePulumi(machine.context)).to.deep.equal({ command, env: { PULUMI_SKIP_UPDATE_CHECK: "true" } });
      expect(machine.logged).to.deep.equal([]);
    });

    it("skips an old CLI on PATH with a message, and does not use its language hosts", async () => {
      machine.fakePulumi("path/pulumi", "v3.99.0");
      const command = machine.fakePulumi("second/pulumi", "v3.250.0");
      const path = [join(machine.folder, "path"), join(machine.folder, "second")].join(delimiter);
      const found = await locatePulumi({ ...machine.context, env: { PATH: path } });
      expect(found.command).to.equal(command);
      expect(found.env["PATH"]).to.equal(join(machine.folder, "second") + delimiter + path);
      expect(machine.logged.join()).to.contain("3.99.0 is older than 3.216.0");
    });

    it("skips a CLI on PATH that does not work", async () => {
      executable(join(machine.folder, "path", "pulumi"), "echo v3.220.0; exit 3");
      const command = machine.fakePulumi(built, "v3.220.0");
      expect((await locatePulumi(machine.context)).command).to.equal(command);
      expect(machine.logged.join()).to.contain("failed");
    });

    for (const shim of ["node_modules/.bin/pulumi", "lib/node_modules/pulumi/pulumi"]) {
      it(`does not run npm's installer if it is on PATH (${shim})`, async () => {
        const marker = join(machine.folder, "ran");
        const file = executable(join(machine.folder, shim), `echo > ${marker}; echo v3.250.0`);
        const command = machine.fakePulumi(built, "v3.220.0");
        const found = await locatePulumi({ ...machine.context, env: { PATH: dirname(file) } });
        expect(found.command).to.equal(command);
        expect(existsSync(marker)).to.equal(false);
      });
    }

    it("uses a built CLI with the path of its stand-ins", async () => {
      const command = machine.fakePulumi(built, "v3.220.0");
      const env = {
        PULUMI_CLI_STAND_INS: join(TOOLS, "pulumi-cli", "stand-ins"),
        PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
        PULUMI_SKIP_UPDATE_CHECK: "true",
      };
      expect(await locatePulumi(machine.context)).to.deep.equal({ command, env });
      expect(machine.logged).to.deep.equal([]);
    });

    it("prefers an installed official CLI, without stand-ins", async () => {
      machine.useInstaller("throw new Error('must not run')");
      machine.fakePulumi(built, "v3.220.0");
      const command = machine.fakePulumi(official, "v3.300.0");
      const found = await locatePulumi(machine.context);
      expect(found.command).to.equal(command);
      expect(found.env["PATH"]).to.equal(dirname(command) + delimiter + machine.context.env["PATH"]);
      expect(machine.logged).to.deep.equal([]);
    });

    it("finds a CLI that the installer has put into the user's Pulumi home, and respects PULUMI_VERSION", async () => {
      machine.useInstaller("throw new Error('must not run')");
      const inHome = machine.fakePulumi(`home/.pulumi/versions/${INSTALLER_VERSION}/bin/pulumi`, "v3.300.0");
      expect((await locatePulumi(machine.context)).command).to.equal(inHome);
      const other = machine.fakePulumi("elsewhere/versions/3.301.0/bin/pulumi", "v3.301.0");
      const env = { ...machine.context.env, PULUMI_HOME: join(machine.folder, "elsewhere"), PULUMI_VERSION: "3.301.0" };
      expect((await locatePulumi({ ...machine.context, env })).command).to.equal(other);
    });

    it("uses a built CLI of the version in PULUMI_VERSION, and skips another version on PATH", async () => {
      machine.fakePulumi(built, "v3.220.0");
      machine.fakePulumi("path/pulumi", "v3.250.0");
      const wanted = machine.fakePulumi("cache/pulumi-3.274.1/bin/pulumi", "v3.274.1");
      const env = { ...machine.context.env, PULUMI_VERSION: "v3.274.1" };
      expect((await locatePulumi({ ...machine.context, env })).command).to.equal(wanted);
      expect(machine.logged.join()).to.contain("3.250.0 is not 3.274.1, which PULUMI_VERSION requires");
    });

    it("ignores an empty or non-executable file", async () => {
      writeFileSync(machine.fakePulumi(built, "v3.220.0"), "");
      chmodSync(machine.fakePulumi("path/pulumi", "v3.250.0"), 0o644);
      expect(await rejection(locatePulumi(machine.context))).to.contain("No Pulumi CLI");
    });
  });
});
