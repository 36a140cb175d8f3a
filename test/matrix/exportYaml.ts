import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect } from "chai";
import { yamlHostFolder } from "../../tools/yamlHost";
import { ACCOUNTS } from "../cli/export/accounts";
import { runCommand } from "../support/callbackCommand";
import { writesTo } from "../support/cloud";
import {
  type Deployment,
  expectExport,
  expectNoWritesUntilDestroy,
  exportInto,
  IMPORT,
  useConsoleAccount,
} from "../support/pulumi/exportedAccount";

const YAML: Deployment = {
  program: "Pulumi.yaml",
  imports: true,
  withoutAdopt: (program) => program.replaceAll(/\n *adopt: \d+ #.*/g, ""),
};

/**
 * Binds by reference, as the README of the export recommends: Pulumi then deletes a rule before its template.
 */
function withReferences(program: string): string {
  const names = new Set([...program.matchAll(/^ {2}(\w+):\n.*:CallbackTemplate$/gm)].map(([, name]) => name));
  return program.replaceAll(/^ {2}(\w+)Binding\d+:\n(?: {4}.*\n)*? {6}templateId: \d+$/gm, (text, template) =>
    names.has(template) ? text.replace(/\d+$/, `\${${template}.templateId}`) : text,
  );
}

describe("an account of 50 templates and 300 rules, exported for the YAML host", function () {
  this.timeout(600_000);
  const { start, ...started } = useConsoleAccount(300);
  const { emulator, project } = started;
  const folder = () => join(project.folder, "account");
  const head = () => `name: callbacks
runtime: yaml
plugins:
  providers:
    - name: tencentcloud-live
      path: ${project.pluginFolder}
`;
  const startYaml = async () => {
    await start();
    const path = [await yamlHostFolder(), process.env["PATH"]].join(delimiter);
    Object.assign(project.environment, { PATH: path, PULUMI_IGNORE_AMBIENT_PLUGINS: "false" });
  };

  it("is taken over by yaml without a write, and a destroy deletes exactly what was exported", async () => {
    await startYaml();
    await expectExport("yaml", folder(), started);
    await expectNoWritesUntilDestroy(folder(), started, YAML);
  });

  it("preserves texts that YAML or Pulumi would interpret", async () => {
    await startYaml();
    emulator.reset();
    for (const fill of Object.values(ACCOUNTS)) fill(emulator);
    for (const text of [`\${x}`, `$\${x}`, `$$\${x}`, "$$", "$HOME", "{x}", "fn::invoke"]) {
      const StreamBeginNotifyUrl = `https://hooks.example.com/${text}`;
      emulator.putTemplate({ TemplateName: text, Description: text, StreamBeginNotifyUrl });
    }
    const before = emulator.state();
    await exportInto(folder(), project, "--format", "yaml");
    const cli = (...args: string[]) => project.succeed(...args, "--cwd", folder());
    await cli("import", ...IMPORT);
    await cli("up", "--yes", "--skip-preview");
    await cli("preview", "--expect-no-changes");
    expect([writesTo(emulator), emulator.state()]).to.deep.equal([[], before]);
  });

  it("is taken over by import and the code that Pulumi generates, without a write", async () => {
    await startYaml();
    project.write("Pulumi.yaml", head());
    const { stdout } = await runCommand(["export", "--format", "import", "--out", folder()], project.environment);
    expect(stdout).to.match(/^Wrote 47 templates and 296 rules to /);
    const before = emulator.state();
    const [generated, list] = [join(project.folder, "generated.yaml"), join(folder(), "import.json")];
    await project.succeed("import", "--file", list, "--yes", "--protect=false", "--out", generated);
    project.write("Pulumi.yaml", `${head()}${withReferences(readFileSync(generated, "utf8"))}`);
    await project.expectNoChanges();
    await project.up();
    await project.refresh("--expect-no-changes");
    expect([writesTo(emulator), emulator.state()]).to.deep.equal([[], before]);

    await project.destroy();
    const kept = emulator.state().templates.map(({ TemplateName }) => TemplateName);
    expect(kept).to.deep.equal(["直播回调", "直播回调", "no-url"]);
  });
});
