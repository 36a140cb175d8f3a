import { expect } from "chai";
import { call } from "../support/emulatorClient";
import { useProject } from "../support/pulumi/cliProject";

const URL = "https://hooks.example.com/live";
const CANARY = "CanaryKey0123456789";

describe("a stack, run by the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project } = useProject();

  it("lives: up, nothing to do, a change, a move with the old template deleted, refresh, destroy in the right order (L1, L2, L3, L4, L5, L6, L7, L9, L10, L11, L12)", async () => {
    const bound = (lines: string) => `
      const key = pulumi.secret("${CANARY}");
      ${lines}
    `;
    project.program(
      bound(`
      const hooks = new CallbackTemplate("hooks", { streamBeginNotifyUrl: "${URL}", streamEndNotifyUrl: "${URL}", callbackKey: key });
      hooks.bindTo(["a.example.com", { domainName: "a.example.com", appName: "live" }, { domainName: "a.example.com", appName: "vod" }]);
      exports.templateId = hooks.templateId;`),
    );
    await project.up();
    expect(emulator.state().templates).to.have.length(1);
    expect(emulator.state().rules.map(({ AppName }) => AppName)).to.have.members(["", "live", "vod"]);
    const { hooks } = project.resources();
    expect(hooks?.id).to.equal(String(emulator.state().templates[0]?.TemplateId));
    expect(hooks?.inputs["templateName"]).to.match(/^hooks-[0-9a-f]{7}$/);

    emulator.reset({ calls: true });
    await project.up();
    await project.expectNoChanges();
    expect(emulator.calls()).to.deep.equal({});

    project.program(
      bound(`
      const hooks = new CallbackTemplate("hooks", { streamBeginNotifyUrl: "${URL}/2", callbackKey: key });
      hooks.bindTo(["a.example.com", { domainName: "a.example.com", appName: "live" }, { domainName: "a.example.com", appName: "vod" }]);`),
    );
    await project.up();
    expect(emulator.state().templates[0]).to.include({ StreamBeginNotifyUrl: `${URL}/2` });
    expect(emulator.state().templates[0]).to.not.have.property("StreamEndNotifyUrl");
    await project.expectNoChanges();

    emulator.reset({ calls: true });
    project.program(
      bound(`
      const other = new CallbackTemplate("other", { streamBeginNotifyUrl: "${URL}" });
      other.bindTo(["a.example.com", { domainName: "a.example.com", appName: "live" }, { domainName: "a.example.com", appName: "vod" }]);`),
    );
    await project.up();
    expect(emulator.state().templates).to.have.length(1);
    expect(new Set(emulator.state().rules.map(({ TemplateId }) => TemplateId))).to.deep.equal(
      new Set([emulator.state().templates[0]?.TemplateId]),
    );
    expect(
      emulator
        .callRecord()
        .map(({ code }) => code)
        .filter(Boolean),
    ).to.deep.equal([]);

    await project.succeed("refresh", "--preview-only", "--expect-no-changes", "--stack", "dev");
    await project.refresh("--expect-no-changes");
    await project.expectNoChanges();
    emulator.reset({ calls: true });
    await project.destroy();
    expect(emulator.state()).to.deep.include({ templates: [], rules: [] });
    const deletes = emulator
      .callRecord()
      .map(({ action }) => action)
      .filter((action) => action.startsWith("Delete"));
    expect(deletes).to.deep.equal([
      ...Array.from({ length: 3 }, () => "DeleteLiveCallbackRule"),
      "DeleteLiveCallbackTemplate",
    ]);
    // Not by the emulator's own account of itself: by the API, as an auditor would look.
    expect(await call(emulator, "DescribeLiveCallbackTemplates")).to.deep.include({ Templates: [] });
    expect(await call(emulator, "DescribeLiveCallbackRules")).to.deep.include({ Rules: [] });
    await project.destroy();
  });
});
