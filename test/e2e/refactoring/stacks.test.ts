import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { writesTo } from "../../support/cloud";
import { useStory } from "../../support/pulumi/cliProject";
import { recipe, runCommands, tryCommands } from "../../support/pulumi/recipes";

const UP = "pulumi up --yes --skip-preview";

/** A project with a stack `dev`, for the documented commands, which select the stack. */
function useSelectedStack() {
  const story = useStory();
  const { emulator, project } = story;
  before(async () => {
    delete project.environment["PULUMI_STACK"];
    await project.succeed("stack", "select", "dev");
  });
  const edit = (file: string, text: string, replacement: string) =>
    project.write(file, readFileSync(join(project.folder, file), "utf8").replace(text, replacement));
  /** Deploys the program of a folder, and returns the writing calls. */
  const up = async (folder = "", option = ""): Promise<string[]> => {
    emulator.reset({ calls: true });
    await runCommands(project, `${UP} ${option}`, folder);
    return writesTo(emulator);
  };
  const expectNoChanges = async (folder = ""): Promise<void> => {
    expect(await up(folder, "--expect-no-changes")).to.deep.equal([]);
  };
  /** Runs documented commands, the last of which is a preview that expects no changes. */
  const runAndPreview = (commands: string, folder = ""): Promise<void> => {
    expect(commands).to.match(/pulumi preview --expect-no-changes\s*$/);
    return runCommands(project, commands, folder);
  };
  return { ...story, edit, up, expectNoChanges, runAndPreview };
}

describe("a stack that is split in two, with the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project, edit, up, expectNoChanges, runAndPreview } = useSelectedStack();
  const { before: whole, after: rest, commands } = recipe("Split a stack");
  const [move = ""] = commands;
  const moveAgain = move.replace("pulumi stack init dev\n", "");
  let deployed: ReturnType<typeof emulator.state>;

  before(async () => {
    project.program(whole);
    await project.succeed("config", "set", "tencentcloud-live:retrySeconds", "30");
    await up();
    deployed = emulator.state();
    mkdirSync(join(project.folder, "events"));
    project.write("events/Pulumi.yaml", readFileSync(join(project.folder, "Pulumi.yaml"), "utf8"));
    edit("events/Pulumi.yaml", "name: callbacks", "name: events");
    project.write("events/package.json", '{ "main": "index.js" }');
    // The part that the document removes from the old program is the new program.
    project.program(whole.slice(rest.length), "events/index.js");
  });

  it("fails if the new stack creates a domain without the move, and for a move into a stack that is in use", async () => {
    const { code, output } = await tryCommands(project, `pulumi stack init dev\n${UP}`, "events");
    expect(code, output).to.not.equal(0);
    expect(output).to.contain("code=Provider.AlreadyBound");
    const moved = await tryCommands(project, moveAgain, "events");
    expect(moved.output).to.match(/provider \S+ already exists in destination stack/);
    await runCommands(project, "pulumi destroy --yes --skip-preview --remove", "events");
    expect(emulator.state()).to.deep.equal(deployed);
  });

  it("is moved by the documented commands, without a write from either stack", async () => {
    await runAndPreview(move, "events");
    await expectNoChanges("events");
    project.program(rest);
    await expectNoChanges();
    expect(emulator.state()).to.deep.equal(deployed);
  });

  it("is not changed if the passphrases differ, and is moved once the new stack has the same passphrase", async () => {
    const init = "PULUMI_CONFIG_PASSPHRASE=other pulumi stack init other";
    const back = moveAgain
      .replace("organization/callbacks/dev", "organization/events/dev")
      .replace("--dest organization/events/dev", "--dest organization/events/other")
      .replaceAll("urn:pulumi:dev::callbacks", "urn:pulumi:dev::events");
    const failed = await tryCommands(project, `${init}\n${back}`, "events");
    expect(failed.code).to.not.equal(0);
    expect(failed.output).to.contain("incorrect passphrase").and.contain("None of the resources have been moved");
    const change = "pulumi stack change-secrets-provider passphrase --stack other";
    await runAndPreview(`echo test | PULUMI_CONFIG_PASSPHRASE=other ${change}\n${back}`, "events");
  });
});

describe("a component that moves to another stack of its project, with the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project, up, expectNoChanges } = useSelectedStack();

  it("moves with its template and bindings if the command lists only the component", async () => {
    project.program(recipe("Move out of a component").before);
    await project.succeed("config", "set", "tencentcloud-live:retrySeconds", "30");
    await up();
    const deployed = emulator.state();
    await runCommands(
      project,
      `pulumi stack init second --no-select
      pulumi config cp --stack dev --dest second
      pulumi state move --yes --source dev --dest second 'urn:pulumi:dev::callbacks::example:live:Hooks::live'
      pulumi stack select second`,
    );
    await expectNoChanges();
    expect(emulator.state()).to.deep.equal(deployed);
  });
});

describe("a renamed project and its renamed stack, with the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project, edit, up, expectNoChanges, runAndPreview } = useSelectedStack();
  const ofProject = recipe("Rename the project").commands;
  const ofStack = recipe("Rename the stack").commands;
  let deployed: ReturnType<typeof emulator.state>;

  before(async () => {
    project.program(`
      const callbackKey = new pulumi.Config().requireSecret("callbackKey");
      const hooks = new CallbackTemplate("hooks", { streamBeginNotifyUrl: "https://hooks.example.com/live", callbackKey });
      hooks.bindTo(["push.example.com"]);`);
    await project.succeed("config", "set", "--secret", "callbackKey", "Key1");
    await up();
    deployed = emulator.state();
  });

  it("have no change after the project is renamed", async () => {
    const [rename = "", select = ""] = ofProject;
    await runCommands(project, rename);
    edit("Pulumi.yaml", "name: callbacks", "name: streaming");
    edit("Pulumi.dev.yaml", "callbacks:", "streaming:");
    await runAndPreview(select);
  });

  it("have no change after the stack is renamed", async () => {
    await runAndPreview(ofStack.join("\n"));
    await expectNoChanges();
    expect(emulator.state()).to.deep.equal(deployed);
  });

  it("do not give their automatic names to a new stack of the old name", async () => {
    await runCommands(project, "pulumi stack rename organization/callbacks/production");
    edit("Pulumi.yaml", "name: streaming", "name: callbacks");
    const config = "pulumi config set --secret callbackKey Key1";
    const { code, output } = await tryCommands(project, `pulumi stack init dev\n${config}\n${UP}`);
    expect(code).to.not.equal(0);
    expect(output).to.match(
      /"hooks-[0-9a-f]{7}": a template of this name already exists .*code=Provider.AlreadyExists/,
    );
    expect(emulator.state()).to.deep.equal(deployed);
  });
});
