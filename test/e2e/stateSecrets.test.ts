import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { EMULATOR_CREDENTIALS } from "../../emulator";
import type { Run } from "../../tools/scratchProject";
import { filesIn } from "../support/files";
import { CANARIES, CANARY_CREDENTIALS, echoOf, leaksIn } from "../support/provider/canaries";
import { expectFailure, useProjects, useStory } from "../support/pulumi/cliProject";

const REPOSITORY = resolve(__dirname, "../..");
const PACKAGE = "pulumi-tencentcloud-live";

describe("credentials and secrets, with the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project, start } = useProjects();
  let printed: string;
  beforeEach(() => {
    printed = "";
  });

  const run = async (...args: string[]): Promise<Run> => {
    const outcome = await project.run(...args);
    printed += outcome.output;
    return outcome;
  };
  const succeed = async (...args: string[]): Promise<void> => {
    const { code, output } = await run(...args);
    expect(code, output).to.equal(0);
  };

  /**
   * All files of the project except the program: states, histories, checkpoints, the settings of the stack.
   */
  function stored(): string {
    return filesIn(project.folder)
      .filter((path) => !path.endsWith("index.js"))
      .map((path) => readFileSync(path, "utf8"))
      .join("\n");
  }
  const inBase64 = (secret: string): string => Buffer.from(secret).toString("base64").slice(0, -4);

  it("are never printed or stored in plain text, even after recorded failures", async () => {
    await start({ credentials: [CANARY_CREDENTIALS], dialect: { emptyStringClears: false } });
    Object.assign(project.environment, {
      TENCENTCLOUD_SECRET_ID: "",
      TENCENTCLOUD_SECRET_KEY: "",
      TENCENTCLOUD_LIVE_DEBUG: "1",
      ...{ KEY: CANARIES.callbackKey, URL: CANARIES.url },
    });
    const settings = { secretId: EMULATOR_CREDENTIALS.secretId, ...CANARIES };
    const names = ["secretId", "secretKey", "securityToken"] as const;
    await succeed(
      "config",
      "set-all",
      ...names.flatMap((name) => ["--secret", `tencentcloud-live:${name}=${settings[name]}`]),
    );
    const program = (more: string) =>
      project.program(`
        const { KEY: callbackKey, URL: url } = process.env;
        const hooks = new CallbackTemplate("hooks", {
          templateName: "hooks", callbackKey, streamBeginNotifyUrl: pulumi.secret(url), ${more} });
        hooks.bindTo(["a.example.com"]);`);

    program('streamEndNotifyUrl: "https://hooks.example.com"');
    await succeed("up", "--yes", "--diff");
    program("");
    const partial = await run("up", "--yes", "--skip-preview", "--diff");
    expect(partial.output).to.contain("code=Provider.NotCleared");
    emulator.addFault({ kind: "error", code: "InvalidParameter", message: echoOf(JSON.stringify(CANARIES)), times: 2 });
    program('description: "changed"');
    expect((await run("up", "--yes", "--skip-preview", "--diff")).output).to.contain("[hidden]");
    expect((await run("refresh", "--yes", "--skip-preview", "--diff")).output).to.contain("[hidden]");
    await succeed("refresh", "--yes", "--skip-preview", "--diff");
    await succeed("preview", "--json", "--diff");
    await succeed("stack", "export");

    expect(leaksIn(printed)).to.deep.equal([]);
    const files = stored();
    expect(files).to.contain("ciphertext");
    expect(leaksIn(files)).to.deep.equal([]);
    for (const secret of Object.values(CANARIES)) expect(files).to.not.contain(inBase64(secret));
    for (const { inputs, outputs } of Object.values(project.resources()))
      expect(JSON.stringify([inputs, outputs])).to.not.match(/"(?:\/|[A-Z]:\\|file:)|node_modules|127\.0\.0\.1|AKID/);
  });
});

describe("a destroy whose program cannot run, with the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project } = useStory();
  const installed = join(REPOSITORY, "node_modules");

  before(async () => {
    project.program(`
      const hooks = new CallbackTemplate("hooks", { streamBeginNotifyUrl: "https://hooks.example.com" });
      hooks.bindTo(["a.example.com"]);`);
    await project.up();
    project.write("index.js", 'throw new Error("the program ran");');
  });

  it("fails if the package is not installed, shows what to do and deletes nothing", async () => {
    const modules = join(project.folder, "node_modules");
    rmSync(modules);
    mkdirSync(modules);
    for (const name of readdirSync(installed))
      if (name !== PACKAGE) symlinkSync(join(installed, name), join(modules, name), "junction");
    const before = emulator.state();
    const { output } = await expectFailure(project, "destroy", "--yes", "--skip-preview");
    expect(output).to.contain("Install pulumi-tencentcloud-live as a direct dependency: Cannot find module");
    expect(emulator.state()).to.deep.equal(before);
  });

  it("deletes everything without running the program if the package is installed", async () => {
    symlinkSync(join(installed, PACKAGE), join(project.folder, "node_modules", PACKAGE), "junction");
    const { output } = await project.destroy();
    expect(output).to.not.contain("the program ran");
    expect(emulator.state()).to.deep.include({ templates: [], rules: [] });
  });
});
