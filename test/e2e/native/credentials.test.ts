import { join } from "node:path";
import { expect } from "chai";
import { type Emulator, startEmulator } from "../../../emulator";
import { ScratchProject } from "../../../tools/scratchProject";
import { perSuite } from "../../support/lifetime";
import { expectFailure, URL } from "../../support/pulumi/cliProject";

const OLD = { secretId: "AKIDBeforeRotation", secretKey: "KeyBeforeRotation1" };
const NEW = { secretId: "AKIDAfterRotation", secretKey: "KeyAfterRotation2" };

/** A stack whose provider has the credentials of a resource, which are unknown until its creation. */
const program = ({ url }: Emulator, { secretId, secretKey }: typeof OLD) => `
const source = new CallbackTemplate("source", { templateName: "source", streamBeginNotifyUrl: "${URL}" });
const secretKey = source.templateId.apply(() => "${secretKey}");
const keys = { secretId: "${secretId}", secretKey };
const provider = new native.Provider("later", { endpoint: "${url}", stsEndpoint: "${url}", ...keys });
new CallbackTemplate("hooks", { templateName: "hooks", streamBeginNotifyUrl: "${URL}" }, { provider }).bindTo(["a.example.com"]);`;

describe("the credentials of an explicit provider, with the native provider and the real CLI", function () {
  this.timeout(180_000);
  const others = perSuite(() => startEmulator());
  const project = perSuite(() => ScratchProject.start(others.url));
  let emulator: Emulator;
  /** Restarts the emulator with its data and port, so that only these credentials are valid. */
  const restart = async (credentials: typeof OLD): Promise<void> => {
    await emulator?.close();
    const port = emulator ? Number(new globalThis.URL(emulator.url).port) : 0;
    emulator = await startEmulator({ credentials: [credentials], dataFile: join(project.folder, "cloud.json"), port });
  };
  before(async () => {
    await restart(OLD);
    project.useNative();
  });
  after(() => emulator.close());

  it("may come from a resource that the same update creates", async () => {
    project.program(program(emulator, OLD));
    await project.succeed("preview");
    expect(emulator.calls()).to.deep.equal({});
    await project.up();
    await project.expectNoChanges();
    expect(emulator.state().templates).to.have.length(1);
    expect(JSON.stringify(project.deployment())).to.contain("ciphertext").and.not.contain(OLD.secretKey);
  });

  it("are after a rotation still the old ones in a refresh and a destroy, which report this and lose nothing", async () => {
    await restart(NEW);
    project.program(program(emulator, NEW));
    for (const command of ["refresh", "destroy"]) {
      const { output } = await expectFailure(project, command, "--yes", "--skip-preview");
      expect(output).to.contain("code=AuthFailure.SecretIdNotFound");
      expect(output).to.contain(
        "uses the configuration of the last update, even a failed one; with --run-program it uses today's",
      );
      expect(output).to.not.contain(OLD.secretKey);
    }
    expect(project.resources()).to.include.keys("hooks", "a.example.com");
    expect(emulator.state().rules).to.have.length(1);
  });

  it("are those of the program with --run-program, and after the next update", async () => {
    await project.refresh("--run-program");
    await project.up();
    await project.destroy();
    expect(emulator.state()).to.deep.include({ templates: [], rules: [] });
  });
});
