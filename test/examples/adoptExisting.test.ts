import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { writesTo } from "../support/cloud";
import { refused, useExample } from "../support/pulumi/cliProject";

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
  const writes = () => writesTo(emulator);

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

  it("refuses to clear what the program forgot; overwrites it when told to; the way back deletes nothing", async () => {
    const clicked = await click({ SnapshotNotifyUrl: "https://forgotten.example.com" });
    const { output } = await refused(project, "up", "--yes", "--skip-preview");
    expect(output).to.contain('would clear snapshotNotifyUrl, which is "https://forgotten.example.com"');
    expect(output).to.contain("code=Provider.WouldOverwrite");
    expect(emulator.state()).to.deep.equal(clicked);

    edit("  adopt: config", "  adoptOverwrite: true,\n  adopt: config");
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
