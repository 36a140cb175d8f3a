import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { EMULATOR_CREDENTIALS } from "../../emulator";
import { filesIn } from "../support/files";
import { useProject } from "../support/pulumi/cliProject";

const URL = "https://hooks.example.com/live";
const CANARY = "CanaryKey0123456789";
const OTHER_CANARY = "OtherCanary9876543210";

describe("the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project } = useProject();
  let printed: string;
  beforeEach(() => {
    printed = "";
  });

  const run = async (...args: string[]): Promise<number> => {
    const { code, output } = await project.run(...args);
    printed += output;
    return code;
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

  it("never shows a callback key in plain text: in state, output, diff, JSON, our debug output or failures", async () => {
    // The key is plain text in the program, but is still a secret.
    const program = (key: string, more = "") =>
      project.program(`
        const key = ${key};
        const hooks = new CallbackTemplate("hooks", { streamBeginNotifyUrl: "${URL}", callbackKey: key ${more}});
        exports.key = hooks.callbackKey;`);
    project.environment["TENCENTCLOUD_LIVE_DEBUG"] = "1";
    const keyFromEnvironment = (name: string, value: string) => {
      project.environment[name] = value;
      return `process.env.${name}`;
    };
    program(keyFromEnvironment("KEY_ONE", CANARY));
    expect(await run("up", "--yes", "--diff")).to.equal(0);
    expect(emulator.state().templates[0]?.CallbackKey).to.equal(CANARY);
    program(keyFromEnvironment("KEY_TWO", OTHER_CANARY));
    expect(await run("preview", "--diff")).to.equal(0);
    expect(await run("preview", "--json")).to.equal(0);
    expect(await run("up", "--yes", "--skip-preview", "--diff")).to.equal(0);
    expect(await run("refresh", "--yes", "--diff")).to.equal(0);
    expect(await run("stack", "output")).to.equal(0);
    expect(await run("stack", "export")).to.equal(0);

    program("process.env.KEY_ONE", `, templateName: "no spaces allowed" `);
    expect(await run("preview")).to.not.equal(0);
    emulator.addFault({ kind: "error", code: "InvalidParameter", message: `CallbackKey ${CANARY} is bad` });
    program("process.env.KEY_ONE");
    expect(await run("up", "--yes", "--skip-preview", "--diff")).to.not.equal(0);
    expect(printed).to.contain("CallbackKey [hidden] is bad");
    expect(await run("destroy", "--yes", "--diff")).to.equal(0);
    expectNoSecret();
  });

  it("never shows a key in plain text after a refresh if it was set in the console of a template without a declared key", async () => {
    project.program(`new CallbackTemplate("hooks", { streamBeginNotifyUrl: "${URL}" });`);
    expect(await run("up", "--yes", "--skip-preview")).to.equal(0);
    emulator.patchTemplate(emulator.state().templates[0]?.TemplateId ?? 0, { CallbackKey: CANARY });
    expect(await run("refresh", "--yes", "--skip-preview", "--diff")).to.equal(0);
    expect(await run("preview", "--diff")).to.equal(0);
    expect(printed).to.contain("callbackKey");
    expectNoSecret();
    expect(await run("up", "--yes", "--skip-preview")).to.equal(0);
    expect(emulator.state().templates[0]).to.not.have.property("CallbackKey");
  });

  it("never shows the key of a template from get in plain text, and has all its outputs", async () => {
    const { TemplateId } = emulator.putTemplate({
      TemplateName: "console",
      StreamEndNotifyUrl: URL,
      CallbackKey: CANARY,
    });
    emulator.putRule({ DomainName: "a.example.com", AppName: "live", TemplateId });
    project.program(`
      const hooks = CallbackTemplate.get("console", "${TemplateId}");
      const binding = DomainBinding.get("binding", "a.example.com/live");
      exports.read = { id: hooks.templateId, name: hooks.templateName, url: hooks.streamEndNotifyUrl, to: binding.templateId };
      exports.key = hooks.callbackKey;`);
    expect(await run("up", "--yes", "--skip-preview")).to.equal(0);
    const outputs = JSON.parse((await project.succeed("stack", "output", "--json", "--show-secrets")).stdout);
    expect(outputs).to.deep.equal({
      read: { id: TemplateId, name: "console", url: URL, to: TemplateId },
      key: CANARY,
    });
    expect(await run("preview", "--expect-no-changes")).to.equal(0);
    expect(await run("refresh", "--yes", "--skip-preview")).to.equal(0);
    expectNoSecret();

    project.program(`CallbackTemplate.get("console", "hooks");`);
    expect(await run("preview")).to.not.equal(0);
    expect(printed).to.contain('the id must be a positive integer; given: "hooks"');
    expectNoSecret();
  });
});
