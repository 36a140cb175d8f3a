import { expect } from "chai";
import { useProject } from "../support/pulumi/cliProject";

const PROGRAM = `
const hooks = new CallbackTemplate("hooks", { streamBeginNotifyUrl: "https://hooks.example.com/live" });
hooks.bindTo(["push.example.com"]);
`;

/** The engine then makes checks also where nothing that is declared is to stay. */
describe("a refresh or destroy that runs the program", function () {
  this.timeout(180_000);
  const { emulator, project } = useProject();
  beforeEach(async () => {
    project.program(PROGRAM);
    await project.up();
  });

  it("deletes everything, the bindings first", async () => {
    await project.succeed("destroy", "--yes", "--skip-preview", "--run-program");
    expect(emulator.state()).to.deep.include({ templates: [], rules: [] });
  });

  it("finds nothing to do where nothing has changed, and what a colleague has deleted", async () => {
    await project.succeed("refresh", "--yes", "--skip-preview", "--run-program", "--expect-no-changes");
    emulator.removeRule("push.example.com");
    await project.succeed("refresh", "--yes", "--skip-preview", "--run-program");
    expect(Object.keys(project.resources())).to.not.include("push.example.com");
  });
});
