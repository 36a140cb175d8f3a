import { expect } from "chai";
import { isAtLeast, parseVersion } from "../../tools/pulumi-cli/version";
import type { Run } from "../../tools/scratchProject";
import { useSharedProject } from "../support/pulumi/cliProject";

const URL = "https://hooks.example.com/live";
const program = (url: string, domains: string[]) => `
const hooks = new CallbackTemplate("hooks", { streamBeginNotifyUrl: "${url}", callbackKey: "Key0123456789" });
hooks.bindTo(${JSON.stringify(domains)});
const others = new CallbackTemplate("others", { streamEndNotifyUrl: "${URL}" });
others.bindTo(["x.example.com", "y.example.com"]);`;
const APPLIED = program(URL, ["a.example.com", "b.example.com"]);
const CHANGED = program(`${URL}/2`, ["a.example.com", "c.example.com"]);

describe("an unattended comparison, with the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project } = useSharedProject();
  /** The exit code of the CLI for unexpected changes. Since 3.227 it is a separate code. */
  let changesCode: number;
  before(async () => {
    const { stdout } = await project.succeed("version");
    changesCode = isAtLeast(parseVersion(stdout) ?? "", "3.227.0") ? 7 : 255;
    project.program(APPLIED);
    await project.up();
  });
  beforeEach(() => project.program(APPLIED));

  /**
   * Compares the program with the state, and the state with the cloud, concurrently: a preview takes no lock.
   */
  const compare = async () => {
    const runs = await Promise.all([
      project.run("preview", "--expect-no-changes"),
      project.run("refresh", "--preview-only", "--expect-no-changes"),
    ]);
    return runs.map(({ code, output }: Run) => [code, output.includes("no changes were expected")]);
  };

  it("exits with 0 if nothing differs, and with the CLI's code for changes if something differs", async () => {
    const same = [0, false];
    const differs = [changesCode, true];
    expect(await compare()).to.deep.equal([same, same]);

    const { TemplateId = 0 } = emulator.state().templates[0] ?? {};
    emulator.patchTemplate(TemplateId, { Description: "by-a-colleague" });
    expect(await compare(), "a colleague's change").to.deep.equal([same, differs]);

    emulator.patchTemplate(TemplateId, { Description: undefined });
    project.program(CHANGED);
    expect(await compare(), "a change of the program").to.deep.equal([differs, same]);
  });

  for (const [what, body, changeSummary] of [
    ["up to date", APPLIED, { same: 7 }],
    ["changed", CHANGED, { same: 5, update: 1, create: 1, delete: 1 }],
  ] as const) {
    it(`prints the same JSON twice for a program that is ${what}`, async () => {
      project.program(body);
      const [first, second] = await Promise.all([previewAsJson(), previewAsJson()]);
      expect(first).to.deep.include({ changeSummary });
      expect(first).to.deep.equal(second);
    });
  }

  /** Durations differ between runs, and so does the order of independent steps. */
  async function previewAsJson() {
    const { stdout } = await project.succeed("preview", "--json");
    const { duration, ...preview } = JSON.parse(stdout) as { duration: number; steps: { urn: string }[] };
    expect(duration).to.be.a("number");
    return { ...preview, steps: preview.steps.sort((one, other) => one.urn.localeCompare(other.urn)) };
  }
});
