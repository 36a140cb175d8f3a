import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { canFindProcesses, kill, tellToStop } from "../../crash/processes";
import { UP } from "../../crash/scenarios";
import { World } from "../../crash/world";
import { writesTo } from "../../support/cloud";
import { perSuite } from "../../support/lifetime";
import { skipAfterFailure, URL } from "../../support/pulumi/cliProject";

const POLL_MS = 20;

const program = (bound: string) => `
const of = (templateName) => new CallbackTemplate(templateName, { templateName, streamBeginNotifyUrl: "${URL}" });
const [one, two] = [of("one"), of("two")];
${bound}.bindTo(["a.example.com"]);`;

describe("a deployment with the native provider and the real CLI", function () {
  this.timeout(180_000);
  before(function () {
    if (!canFindProcesses) this.skip();
  });
  const world = perSuite(() => World.create({ native: true }));
  skipAfterFailure();
  const idOf = (name: string) => world.cloud.state().templates.find((one) => one.TemplateName === name)?.TemplateId;

  it("sends no create and leaves no process after its CLI was killed during the create", async () => {
    const { project, cloud, gate } = world;
    project.program(program("one"));
    const held = gate.hold({ action: "DescribeLiveCallbackTemplates", nth: 1 }, false);
    const run = project.launch(...UP);
    await Promise.race([held.reached, run.ended]);
    kill(run.process.pid ?? 0, "SIGKILL");
    await run.ended;
    held.release();
    while (world.providers().length > 0) await sleep(POLL_MS);
    expect(writesTo(cloud)).to.deep.equal([]);
    await project.succeed("cancel", "--yes", "dev");
    await project.up();
  });

  for (const [when, applied, nth, to] of [
    ["is about to delete the old rule of a domain that it moves", false, 1, "two"],
    ["has deleted the old rule of a domain that it moves", true, 2, "one"],
  ] as const) {
    it(`leaves a rule and a correct state after one SIGINT when it ${when}`, async () => {
      const { project, cloud, gate } = world;
      project.program(program(to));
      const held = gate.hold({ action: "DeleteLiveCallbackRule", nth }, applied);
      const run = project.launch(...UP);
      await Promise.race([held.reached, run.ended]);
      await tellToStop(run, "SIGINT");
      held.release();
      const { code, output } = await run.ended;
      expect(code, output).to.not.equal(0);
      expect(cloud.state().rules.map(({ TemplateId }) => TemplateId)).to.deep.equal([idOf(to)]);
      expect(project.resources()["a.example.com"]?.outputs).to.include({ templateId: idOf(to) });
      await project.expectNoChanges();
    });
  }
});
