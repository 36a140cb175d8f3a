import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { EMULATOR_CREDENTIALS } from "../../emulator";
import type { Run } from "../../tools/scratchProject";
import { filesIn } from "../support/files";
import { useStory } from "../support/pulumi/cliProject";

const URL = "https://hooks.example.com/live";
const CANARY = "CanaryKey0123456789";
const OTHER_CANARY = "OtherCanary9876543210";

describe("a callback key, with the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project } = useStory();
  let printed = "";
  let consoleId: number;

  const run = async (...args: string[]): Promise<Run> => {
    const outcome = await project.run(...args);
    printed += outcome.output;
    return outcome;
  };
  const succeed = async (...args: string[]): Promise<string> => {
    const { code, stdout, output } = await run(...args);
    expect(code, output).to.equal(0);
    return stdout;
  };

  /** The whole output of the CLI, and all files of the backend: states, histories, checkpoints. */
  const everything = (): string => {
    const files = filesIn(join(project.folder, "backend"));
    return printed + files.map((file) => readFileSync(file, "utf8")).join("\n");
  };
  const expectNoSecret = (): void => {
    for (const secret of [CANARY, OTHER_CANARY, EMULATOR_CREDENTIALS.secretKey]) {
      const at = everything().indexOf(secret);
      expect(at, `a secret stands in clear: ${everything().slice(Math.max(0, at - 300), at + 50)}`).to.equal(-1);
    }
  };

  /** The key of `hooks` is plain text in the program, but is still a secret. */
  const program = (key: "KEY_ONE" | "KEY_TWO", more = "") =>
    project.program(`
      const hooks = new CallbackTemplate("hooks", {
        templateName: "hooks", streamBeginNotifyUrl: "${URL}", callbackKey: process.env.${key} ${more} });
      new CallbackTemplate("keyless", { templateName: "keyless", streamBeginNotifyUrl: "${URL}" });
      const read = CallbackTemplate.get("console", "${consoleId}");
      const { templateId: to } = DomainBinding.get("binding", "a.example.com/live");
      exports.read = { id: read.templateId, name: read.templateName, url: read.streamEndNotifyUrl, to };
      exports.keys = [hooks.callbackKey, read.callbackKey];`);
  const template = (name: string) => emulator.state().templates.find(({ TemplateName }) => TemplateName === name);

  before(() => {
    Object.assign(project.environment, { TENCENTCLOUD_LIVE_DEBUG: "1", KEY_ONE: CANARY, KEY_TWO: OTHER_CANARY });
    const fields = { TemplateName: "console", StreamEndNotifyUrl: URL, CallbackKey: CANARY };
    consoleId = emulator.putTemplate(fields).TemplateId;
    emulator.putRule({ DomainName: "a.example.com", AppName: "live", TemplateId: consoleId });
  });

  it("is never in plain text in the state, the output, the diff and the debug output of a create", async () => {
    program("KEY_ONE");
    await succeed("up", "--yes", "--diff");
    expect(template("hooks")).to.include({ CallbackKey: CANARY });
    await succeed("stack", "output");
    await succeed("stack", "export");
    expectNoSecret();
  });

  it("is never in plain text after a get, which returns all outputs", async () => {
    const { stdout } = await project.succeed("stack", "output", "--json", "--show-secrets");
    expect(JSON.parse(stdout)).to.deep.equal({
      read: { id: consoleId, name: "console", url: URL, to: consoleId },
      keys: [CANARY, CANARY],
    });
    expectNoSecret();
  });

  it("is never in plain text after a refresh that finds it in the console, and an update that removes it", async () => {
    emulator.patchTemplate(template("keyless")?.TemplateId ?? 0, { CallbackKey: OTHER_CANARY });
    await succeed("refresh", "--yes", "--diff");
    program("KEY_TWO");
    expect(await succeed("preview", "--diff")).to.match(/::keyless\]\s+~ callbackKey: \[secret\]/);
    const { steps } = JSON.parse(await succeed("preview", "--json")) as { steps: { op: string }[] };
    const changes = steps.filter(({ op }) => op !== "same" && op !== "read");
    expect(changes).to.have.length(2);
    await succeed("up", "--yes", "--skip-preview", "--diff");
    expect(template("hooks")).to.include({ CallbackKey: OTHER_CANARY });
    expect(template("keyless")).to.not.have.property("CallbackKey");
    expectNoSecret();
  });

  it("is never in plain text in a failure of the program or of the API, and in a destroy", async () => {
    program("KEY_ONE", ', description: "no spaces allowed"');
    expect((await run("preview")).code).to.not.equal(0);
    const rejected = { code: "InvalidParameter", message: `CallbackKey ${CANARY} is bad` };
    emulator.addFault({ kind: "error", action: "ModifyLiveCallbackTemplate", ...rejected });
    program("KEY_ONE");
    const failed = await run("up", "--yes", "--skip-preview", "--diff");
    expect(failed.code).to.not.equal(0);
    expect(failed.output).to.contain("CallbackKey [hidden] is bad");
    await succeed("destroy", "--yes", "--diff");
    expectNoSecret();
  });
});
