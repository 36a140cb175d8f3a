import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { Running } from "../../tools/scratchProject";
import { filesIn } from "../support/files";
import { crash, type FirstWrites, prepare } from "./crash";
import { EACH_CHANGE, FIRST_WRITES } from "./firstWrites";
import type { Held } from "./gate";
import { type Point, parsePoint, WAYS } from "./point";
import { canFindProcesses, kill, tellToStop } from "./processes";
import { SCENARIOS, type Scenario } from "./scenarios";
import { World } from "./world";

/** Each test runs the CLI several times, on a machine that may have other load. */
const TIMEOUT_MS = 180_000;
const CHECKS = { preview: true, destroy: false };

/** A point of the sweep: the surviving provider creates a rule that no state records. */
const SURVIVED = "create-automatic:CreateLiveCallbackRule.1:applied:cli";
/** A point of the sweep: the native provider is killed too. */
const REPLACED = "replace:DeleteLiveCallbackTemplate.1:applied:all";

killed("a deployment that is killed at a call to the cloud", false, [
  ["each resource at its first write", { writes: FIRST_WRITES, way: "all" }, EACH_CHANGE],
  [SURVIVED, parsePoint(SURVIVED), SCENARIOS["create-automatic"] as Scenario],
]);
// The native provider completes its running calls after the CLI was killed, and then ends.
killed("a deployment by the native provider that is killed at a call to the cloud", true, [
  ["each resource at its first write", { writes: FIRST_WRITES, way: "cli" }, EACH_CHANGE],
  [REPLACED, parsePoint(REPLACED), SCENARIOS["replace"] as Scenario],
]);

function killed(title: string, native: boolean, cases: [when: string, at: Point | FirstWrites, Scenario][]): void {
  describe(title, function () {
    this.timeout(TIMEOUT_MS);
    let empty: World;
    before(async function () {
      if (!canFindProcesses) this.skip();
      empty = await World.create({ native });
    });
    after(() => empty?.close());

    for (const [when, at, scenario] of cases) {
      it(`reaches the declared state by the documented recovery: ${scenario.title} (${when}, ${WAYS[at.way]})`, async () => {
        const start = await prepare(scenario, empty);
        try {
          expect(await crash(at, scenario, start, CHECKS)).to.deep.equal({
            reached: true,
            forgotten: false,
            problems: [],
          });
        } finally {
          await start.close();
        }
      });
    }
  });
}

describe("a deployment that is interrupted while it creates a template", function () {
  this.timeout(TIMEOUT_MS);
  const CREATE = { action: "CreateLiveCallbackTemplate", nth: 1 };
  const PROGRAM = 'new CallbackTemplate("hooks", { streamBeginNotifyUrl: "https://hooks.example.com" });';
  const up = ["up", "--yes", "--skip-preview", "--stack", "dev"];
  let world: World;
  let held: Held;
  let run: Running;
  beforeEach(async () => {
    world = await World.create();
    world.project.program(PROGRAM);
    await world.project.succeed("config", "set", "tencentcloud-live:requestTimeoutSeconds", "2", "--stack", "dev");
    held = world.gate.hold(CREATE, true);
    run = world.project.launch(...up);
    await held.reached;
  });
  afterEach(async () => {
    held.release();
    await world.close();
  });

  /** Waits for the end of the run, which must fail and leave no lock. */
  const ends = async (): Promise<void> => {
    const { code, output } = await run.ended;
    expect(code, output).to.not.equal(0);
    expect(locks()).to.deep.equal([]);
  };
  const locks = (): string[] => {
    const folder = join(world.project.folder, "backend/.pulumi/locks");
    if (!existsSync(folder)) return [];
    return filesIn(folder).filter((file) => file.endsWith(".json"));
  };
  const ids = () => world.cloud.state().templates.map(({ TemplateId }) => String(TemplateId));
  const recorded = () => Object.values(world.project.resources()).map(({ id }) => id);
  const pending = () => world.project.deployment().pending_operations ?? [];

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`completes and saves the call after one ${signal}, and leaves no lock and no pending operation`, async () => {
      await tellToStop(run, signal);
      held.release();
      await ends();
      expect(recorded()).to.deep.equal(ids()).and.have.length(1);
      expect(pending()).to.deep.equal([]);
    });
  }

  it("ends after one SIGINT although the call gets no response, and finds and saves the template", async () => {
    await tellToStop(run, "SIGINT");
    await ends();
    const { actions } = world.gate;
    expect(actions.filter((action) => action === CREATE.action)).to.have.length(1);
    expect(actions.at(-1)).to.equal("DescribeLiveCallbackTemplates");
    expect(recorded()).to.deep.equal(ids()).and.have.length(1);
    await world.project.expectNoChanges();
  });

  it("ends after two SIGINTs before the call ends, and the documented recovery takes over the template", async () => {
    await tellToStop(run, "SIGINT");
    kill(run.process.pid ?? 0, "SIGINT");
    await ends();
    expect(recorded()).to.deep.equal([]);
    held.release();
    await world.project.succeed("cancel", "--yes", "dev");
    await world.project.refresh("--clear-pending-creates");
    await world.project.up();
    expect(recorded()).to.deep.equal(ids()).and.have.length(1);
    expect(pending()).to.deep.equal([]);
  });
});
