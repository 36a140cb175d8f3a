import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { useExample } from "../support/pulumi/cliProject";

const CONSOLE = {
  TemplateName: "live-hooks",
  Description: "made-in-the-console",
  StreamBeginNotifyUrl: "https://hooks.example.com/live",
  StreamEndNotifyUrl: "https://hooks.example.com/live",
  RecordNotifyUrl: "https://hooks.example.com/recordings",
  CallbackKey: "ConsoleKey1",
};

describe("examples/adopt-existing, through the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project } = useExample("adopt-existing");
  beforeEach(async () => {
    await project.succeed("stack", "init", "dev");
    await project.succeed("config", "set", "--secret", "callbackKey", CONSOLE.CallbackKey);
  });

  /** What someone has clicked together: a template, and two rules that use it. */
  const click = async (more: { SnapshotNotifyUrl?: string } = {}) => {
    const { TemplateId } = emulator.putTemplate({ ...CONSOLE, ...more });
    emulator.putRule({ DomainName: "push.example.com", TemplateId });
    emulator.putRule({ DomainName: "events.example.com", AppName: "live", TemplateId });
    await project.succeed("config", "set", "adoptTemplateId", String(TemplateId));
    return emulator.state();
  };
  const edit = (text: string | RegExp, replacement: string) => {
    const program = readFileSync(join(project.folder, "index.ts"), "utf8");
    expect(program).to.match(new RegExp(text));
    project.write("index.ts", program.replace(text, replacement));
  };
  const writes = () =>
    emulator
      .callRecord()
      .map(({ action }) => action)
      .filter((action) => !action.startsWith("Describe"));

  it("takes template and rules over without one writing call, also when adopt leaves the program", async () => {
    const clicked = await click();
    await project.up();
    expect(Object.keys(project.resources())).to.have.members(["hooks", "push.example.com", "events.example.com/live"]);
    edit(/\n.*\n *adopt: .*/, "");
    await project.succeed("config", "rm", "adoptTemplateId");
    await project.expectNoChanges();
    await project.refresh("--expect-no-changes");
    expect([writes(), emulator.state()]).to.deep.equal([[], clicked]);

    // From here on it is code like any other.
    edit("https://hooks.example.com/recordings", "https://hooks.example.com/recorded");
    await project.up();
    expect(writes()).to.deep.equal(["ModifyLiveCallbackTemplate"]);
    expect(emulator.state().rules).to.deep.equal(clicked.rules);
  });

  it("makes the template what the program says and keeps its rules; the way back deletes nothing", async () => {
    const clicked = await click({ SnapshotNotifyUrl: "https://forgotten.example.com" });
    await project.up();
    expect(writes()).to.deep.equal(["ModifyLiveCallbackTemplate"]);
    const { TemplateId } = clicked.templates[0] ?? {};
    expect(emulator.state()).to.deep.include({ templates: [{ ...CONSOLE, TemplateId }], rules: clicked.rules });

    await project.destroy();
    expect(project.resources()).to.deep.equal({});
    expect(writes()).to.deep.equal(["ModifyLiveCallbackTemplate"]);
    expect(emulator.state().rules).to.deep.equal(clicked.rules);
  });
});
