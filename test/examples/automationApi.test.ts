import { execFile } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { expect } from "chai";
import { failuresIn, retrying } from "../../examples/automation-api/failures";
import { runOnEmulator } from "../support/examples/readme";
import { HOOKS } from "../support/provider/bindings";
import { useExample } from "../support/pulumi/cliProject";

describe("examples/automation-api, as a separate process with the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project } = useExample("automation-api");
  beforeEach(() => {
    const keys = { CALLBACK_KEY_ACME: "AcmeKey1", CALLBACK_KEY_GLOBEX: "GlobexKey1" };
    Object.assign(project.environment, keys, { RETRY_WAIT_SECONDS: "0" });
  });

  /** Runs the example like `npm start`, from another folder. */
  const start = (...args: string[]) => {
    const env = {
      HOME: process.env["HOME"],
      ...project.environment,
      PATH: [dirname(project.command), process.env["PATH"]].join(delimiter),
    };
    const file = ["--require", require.resolve("tsx/cjs"), `${project.folder}/index.ts`];
    return new Promise<{ code: number; lines: string[] }>((resolve) => {
      execFile(process.execPath, [...file, ...args], { cwd: "/", env }, (error, stdout, stderr) => {
        const lines = `${stdout}${stderr}`.trim().split("\n").sort();
        resolve({ code: error ? Number(error.code) : 0, lines });
      });
    });
  };
  /**
   * Replaces what the repository installs, whose `.bin/pulumi` npm would prefer, by the packages of the
   * example.
   */
  const installDependencies = () => {
    const installed = join(project.folder, "node_modules");
    rmSync(installed);
    mkdirSync(installed);
    for (const name of ["@pulumi", "pulumi-tencentcloud-live", "tsx"])
      symlinkSync(resolve(__dirname, "../../node_modules", name), join(installed, name), "junction");
  };
  const domains = () => emulator.state().rules.map(({ DomainName, AppName }) => `${DomainName}/${AppName}`);

  it("previews, deploys, checks for drift and destroys the stacks of all customers, or of one", async () => {
    expect(await start("preview", "acme")).to.deep.equal({ code: 0, lines: ['acme: {"create":3}'] });
    expect(emulator.calls()).to.deep.equal({});
    installDependencies();
    const { stdout } = await runOnEmulator(project, "automation-api");
    expect(stdout.match(/^(acme|globex): .*$/gm)).to.have.members(['acme: {"create":3}', 'globex: {"create":4}']);
    expect(domains()).to.have.members([
      "push.acme.example.com/",
      "push.globex.example.com/",
      "events.example.com/globex",
    ]);
    expect(emulator.state().templates.map(({ CallbackKey }) => CallbackKey)).to.have.members([
      "AcmeKey1",
      "GlobexKey1",
    ]);

    emulator.removeRule("push.globex.example.com");
    const before = emulator.state();
    const drift = await start("drift");
    expect(drift.code).to.equal(1);
    expect(drift.lines).to.deep.equal([
      'acme: {"same":3}',
      'globex: Error: the cloud is not what was deployed: {"delete":1}',
    ]);
    expect(emulator.state()).to.deep.equal(before);

    expect((await start("destroy", "globex")).code).to.equal(0);
    expect(domains()).to.deep.equal(["push.acme.example.com/"]);
  });

  it("repeats only runs that may succeed, and separates the failures of customers", async () => {
    const { TemplateId } = emulator.putTemplate({ TemplateName: "other", ...HOOKS });
    emulator.putRule({ DomainName: "push.globex.example.com", TemplateId });
    // Without the retries of the provider, which would come first.
    project.write("Pulumi.acme.yaml", 'config:\n  tencentcloud-live:retrySeconds: "0"\n');
    emulator.addFault({ kind: "error", code: "InternalError", message: "try later", action: "GetCallerIdentity" });
    // The first attempt has created only the stack.
    expect(await start("up", "acme")).to.deep.equal({ code: 0, lines: ['acme: {"create":2,"same":1}'] });
    emulator.reset({ calls: true });

    const { code, lines } = await start("up");
    expect(code).to.equal(1);
    expect(lines).to.have.length(2);
    expect(lines[0]).to.equal('acme: {"same":3}');
    expect(lines[1]).to.match(
      /^globex: Provider\.AlreadyBound: cannot create domain binding push\.globex\.example\.com: /,
    );
    expect(emulator.calls().GetCallerIdentity).to.equal(1);
    expect(domains()).to.include("push.acme.example.com/");
  });

  it("reports a usage error, an unknown customer and a missing key", async () => {
    delete project.environment["CALLBACK_KEY_ACME"];
    const [unknown, failing] = await Promise.all([start("deploy"), start("up", "initech", "acme")]);
    expect(unknown).to.deep.equal({
      code: 2,
      lines: ["usage: npm start -- preview|up|drift|destroy [customer…]"],
    });
    expect(failing.code).to.equal(1);
    expect(failing.lines).to.include("initech: Error: there is no such customer in customers.ts");
    expect(failing.lines.join("\n")).to.contain("error: CALLBACK_KEY_ACME is not set");
    expect(emulator.calls()).to.deep.equal({});
  });
});

describe("the failure analysis of examples/automation-api", () => {
  const PASSING = "cannot read x: it is so. Do this. (code=A.B action=Read requestId=1-2 retryable=true)";
  const LASTING = "cannot create y: it is so. Do that. (code=C action=none requestId=none retryable=false)";
  /** Runs an operation that fails with each of these messages in turn, and then succeeds. */
  const attempts = async (...messages: string[]) => {
    let made = 0;
    const operation = async () => {
      const message = messages[made++];
      if (message) throw new Error(message);
    };
    const failed = await retrying(operation, 0).then(
      () => false,
      () => true,
    );
    return { made, failed };
  };

  it("reports each error once, however often it was printed", () => {
    const printed = `~ x updating; error: ${PASSING}\n  error: Preview failed: ${PASSING}\n error: ${LASTING}\n`;
    expect(failuresIn(new Error(printed))).to.deep.equal([
      {
        message: "cannot read x: it is so. Do this.",
        code: "A.B",
        action: "Read",
        requestId: "1-2",
        retryable: true,
      },
      {
        message: "cannot create y: it is so. Do that.",
        code: "C",
        action: "none",
        requestId: "none",
        retryable: false,
      },
    ]);
    expect(failuresIn(new Error("the program does not compile"))).to.deep.equal([]);
  });

  it("repeats a run only if all errors are retryable, at most three times", async () => {
    expect(await attempts(PASSING, PASSING)).to.deep.equal({ made: 3, failed: false });
    expect(await attempts(PASSING, PASSING, PASSING)).to.deep.equal({ made: 3, failed: true });
    expect(await attempts(`${PASSING}\n${LASTING}`)).to.deep.equal({ made: 1, failed: true });
    expect(await attempts("the program does not compile")).to.deep.equal({ made: 1, failed: true });
  });
});
