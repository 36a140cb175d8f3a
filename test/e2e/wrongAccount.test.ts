import { expect } from "chai";
import { startEmulator } from "../../emulator";
import type { ScratchProject } from "../../tools/scratchProject";
import { perSuite } from "../support/lifetime";
import { expectFailure, template, URL, useStory } from "../support/pulumi/cliProject";

describe("a stack that is run with another account, with the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project } = useStory();
  const other = perSuite(() => startEmulator({ accountId: "200000000002" }));
  let moved: ScratchProject;

  before(async () => {
    // The ids in both accounts must differ.
    other.putTemplate({ TemplateId: 900_000, TemplateName: "console", StreamBeginNotifyUrl: URL });
    project.program(`${template(`streamBeginNotifyUrl: "${URL}"`)}.bindTo(["a.example.com"]);`);
    await project.up();
    moved = project.copy(other.url);
  });
  after(() => moved?.close());

  const commands = [
    ["refresh", "--yes", "--skip-preview"],
    ["up", "--refresh", "--yes", "--skip-preview"],
    ["destroy", "--yes", "--skip-preview"],
  ];
  for (const [command = "", ...options] of commands) {
    it(`loses nothing with ${command} ${options[0] === "--refresh" ? "--refresh" : ""}`.trimEnd(), async () => {
      const before = project.resources();
      const { output } = await expectFailure(moved, command, ...options);
      expect(output).to.contain("belongs to account 100000000001").and.contain("code=Provider.WrongAccount");
      expect(Object.keys(moved.resources())).to.have.members(Object.keys(before));
      expect(other.state()).to.deep.include({ rules: [] });
    });
  }

  it("can be run again with the account in the message", async () => {
    const back = moved.copy(emulator.url);
    try {
      await back.refresh("--expect-no-changes");
      await back.expectNoChanges();
    } finally {
      back.close();
    }
  });

  it("drops its resources as the message describes, and then creates them in the other account", async () => {
    const { stdout } = await moved.succeed("stack", "--show-urns");
    const urns = stdout.match(/urn:\S+tencentcloud-live:(CallbackTemplate|DomainBinding)::\S+/g) ?? [];
    const bindingsFirst = [...urns].sort((one) => (one.includes("DomainBinding") ? -1 : 1));
    expect(bindingsFirst).to.have.length(2);
    await moved.succeed("state", "protect", ...bindingsFirst, "--yes");
    for (const urn of bindingsFirst) {
      await expectFailure(moved, "state", "delete", urn, "--yes");
      await moved.succeed("state", "unprotect", urn, "--yes");
      await moved.succeed("state", "delete", urn, "--yes");
    }
    await moved.up();
    expect(other.state().rules).to.have.length(1);
    expect(emulator.state().rules).to.have.length(1);
    expect(moved.resources()["hooks"]?.outputs).to.include({ accountId: "200000000002", endpointKind: "other" });
  });
});
