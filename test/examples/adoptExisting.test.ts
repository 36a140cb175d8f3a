import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { Emulator } from "../../emulator";
import { writesTo } from "../support/cloud";
import { startForTest, useEmulator } from "../support/emulatorClient";
import { runOnEmulator } from "../support/examples/readme";
import { useExport } from "../support/exportCommand";
import { expectFailure, useExample } from "../support/pulumi/cliProject";

const FOLDER = join(__dirname, "../../examples/adopt-existing");

const CONSOLE = {
  TemplateName: "live-hooks",
  Description: "made-in-the-console",
  StreamBeginNotifyUrl: "https://hooks.example.com/live",
  StreamEndNotifyUrl: "https://hooks.example.com/live",
  RecordNotifyUrl: "https://hooks.example.com/recordings",
  CallbackKey: "ConsoleKey1",
};

/** Creates a template and two rules as in the console. */
function click(
  emulator: Pick<Emulator, "putTemplate" | "putRule" | "state">,
  more: { SnapshotNotifyUrl?: string } = {},
) {
  const { TemplateId } = emulator.putTemplate({ ...CONSOLE, ...more });
  emulator.putRule({ DomainName: "push.example.com", TemplateId });
  emulator.putRule({ DomainName: "events.example.com", AppName: "live", TemplateId });
  return emulator.state();
}

describe("examples/adopt-existing", function () {
  this.timeout(30_000);
  const emulator = useEmulator();
  const { exportTo, filesIn, pathOf } = useExport(emulator);

  it("matches the output of tencentcloud-live export for its account, with this repository as the package", async () => {
    click(emulator);
    const { code } = await exportTo("adopt-existing");
    expect(code).to.equal(0);
    const written = filesIn("adopt-existing");
    const manifest = written["package.json"]?.replace(/("pulumi-tencentcloud-live"): "[^"]*"/, '$1: "file:../.."');
    const files = Object.keys(written).map((name) => [name, readFileSync(join(FOLDER, name), "utf8")]);
    const example: Record<string, string> = Object.fromEntries(files);
    // How to run the example is all that its README has besides.
    const readme = example["README.md"]?.replace(/^## Run it\n.*?(?=^```sh\nnpm install)/ms, "");
    expect({ ...written, "package.json": manifest }).to.deep.equal({ ...example, "README.md": readme });
  });

  it("has the account that it was exported from in account.json", async () => {
    const dataFile = pathOf("account.json");
    copyFileSync(join(FOLDER, "account.json"), dataFile);
    const { templates, rules } = (await startForTest({ dataFile })).state();
    const clicked = click(emulator);
    const bindings = (state: Pick<typeof clicked, "rules">) =>
      state.rules.map(({ DomainName, AppName, TemplateId }) => [DomainName, AppName, TemplateId]);
    expect(templates).to.deep.equal(clicked.templates);
    expect(bindings({ rules })).to.deep.equal(bindings(clicked));
  });
});

describe("examples/adopt-existing, with the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project } = useExample("adopt-existing");

  const edit = (text: string | RegExp, replacement: string) => {
    const program = readFileSync(join(project.folder, "index.ts"), "utf8");
    expect(program).to.match(new RegExp(text));
    project.write("index.ts", program.replace(new RegExp(text), replacement));
  };
  const writes = () => writesTo(emulator);

  it("takes over the template and rules without a write, before and after adopt is removed", async () => {
    const clicked = click(emulator);
    await runOnEmulator(project, "adopt-existing");
    expect(Object.keys(project.resources())).to.have.members([
      "live-hooks",
      "push.example.com",
      "events.example.com/live",
    ]);
    await project.expectNoChanges();
    edit(/\n\/\/ adopt .*\n/, "");
    edit(/\n *adopt: .*/, "");
    await project.expectNoChanges();
    await project.refresh("--expect-no-changes");
    expect([writes(), emulator.state()]).to.deep.equal([[], clicked]);

    // The resources are now managed as code.
    edit("https://hooks.example.com/recordings", "https://hooks.example.com/recorded");
    await project.up();
    expect(writes()).to.deep.equal(["ModifyLiveCallbackTemplate"]);
    expect(emulator.state().rules).to.deep.equal(clicked.rules);
  });

  it("rejects the adoption if a field would be cleared, clears it with adoptOverwrite, and deletes nothing with retainOnDelete", async () => {
    await project.succeed("stack", "init", "dev");
    await project.succeed("config", "set", "--secret", "callbackKey", CONSOLE.CallbackKey);
    const clicked = click(emulator, { SnapshotNotifyUrl: "https://forgotten.example.com" });
    const { output } = await expectFailure(project, "up", "--yes", "--skip-preview");
    expect(output).to.contain('would clear snapshotNotifyUrl, which is "https://forgotten.example.com"');
    expect(output).to.contain("code=Provider.WouldOverwrite");
    expect(emulator.state()).to.deep.equal(clicked);

    edit("  adopt: ", "  adoptOverwrite: true,\n  adopt: ");
    edit("}\\);", "}, { retainOnDelete: true });");
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
