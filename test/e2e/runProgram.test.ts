import { expect } from "chai";
import { writesTo } from "../support/cloud";
import { useStory } from "../support/pulumi/cliProject";

const PROGRAM = `
const hooks = new CallbackTemplate("hooks", { streamBeginNotifyUrl: "https://hooks.example.com/live" });
hooks.bindTo(["push.example.com", "events.example.com"]);
`;

/** The engine then calls `check` even if all resources are deleted. */
describe("a refresh or destroy that runs the program", function () {
  this.timeout(180_000);
  const { emulator, project } = useStory();
  before(async () => {
    project.program(PROGRAM);
    await project.up();
  });

  it("finds no changes if nothing has changed", async () => {
    await project.refresh("--run-program", "--expect-no-changes");
  });

  it("removes resources from the state that were deleted out of band", async () => {
    emulator.removeRule("push.example.com");
    await project.refresh("--run-program");
    expect(project.resources()).to.have.all.keys("hooks", "events.example.com");
  });

  it("deletes everything, bindings first", async () => {
    emulator.reset({ calls: true });
    await project.destroy("--run-program");
    expect(emulator.state()).to.deep.include({ templates: [], rules: [] });
    expect(writesTo(emulator)).to.deep.equal(["DeleteLiveCallbackRule", "DeleteLiveCallbackTemplate"]);
  });
});
