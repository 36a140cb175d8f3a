import { expect } from "chai";
import { isAtLeast, parseVersion } from "../../tools/pulumi-cli/version";
import type { Run } from "../../tools/scratchProject";
import { useStory } from "../support/pulumi/cliProject";

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
  const { emulator, project } = useStory();
  /** The exit code of the CLI for unexpected changes. Since 3.227 it is a separate code. */
  let changesCode: number;
  /** The previews of the same program, with and without a change of the cloud, and one of another program. */
  let previews: Run[];

  before(async () => {
    const { stdout } = await project.succeed("version");
    changesCode = isAtLeast(parseVersion(stdout) ?? "", "3.227.0") ? 7 : 255;
    project.program(APPLIED);
    await project.up();
    previews = [];
  });

  const preview = () => project.run("preview", "--json", "--expect-no-changes");
  const resultOf = ({ code, output }: Run) => [code, output.includes("no changes were expected")];

  /**
   * Compares the program with the state, and the state with the cloud, concurrently: a preview takes no lock.
   */
  const compare = async () => {
    const refresh = project.run("refresh", "--preview-only", "--expect-no-changes");
    const [ofProgram, ofCloud] = await Promise.all([preview(), refresh]);
    previews.push(ofProgram);
    return [resultOf(ofProgram), resultOf(ofCloud)];
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

  it("prints the same JSON twice for a program that is up to date", () => {
    const [first, second] = previews.map(jsonOf);
    expect(first).to.deep.include({ changeSummary: { same: 7 } });
    expect(first).to.deep.equal(second);
  });

  it("prints the same JSON twice for a program that is changed", async () => {
    const [, , first, second] = [...previews, await preview()].map(jsonOf);
    expect(first).to.deep.include({ changeSummary: { same: 5, update: 1, create: 1, delete: 1 } });
    expect(first).to.deep.equal(second);
  });

  /** Durations differ between runs, and so does the order of independent steps. */
  function jsonOf({ stdout }: Run) {
    const { duration, ...printed } = JSON.parse(stdout) as { duration: number; steps: { urn: string }[] };
    expect(duration).to.be.a("number");
    return { ...printed, steps: printed.steps.sort((one, other) => one.urn.localeCompare(other.urn)) };
  }
});
