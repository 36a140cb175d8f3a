import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect } from "chai";
import { EMULATOR_CREDENTIALS, type Emulator } from "../../../emulator";
import { conformance } from "../../../tools/probe/conformance";
import { probe } from "../../../tools/probe/probe";
import { accountOf, against, CREDENTIALS, DOMAIN, run } from "../../support/tools/probeAccount";

describe("the probe's command line", () => {
  it("only lists its steps for a remote endpoint without --yes", async () => {
    for (const [tool, args, says] of [
      [probe, [], "answer 27 questions"],
      [probe, ["--clean"], "delete what earlier runs left"],
      [conformance, [], "move the binding"],
    ] as const) {
      // Without credentials, a call would fail.
      const { code, stdout, stderr } = await run(tool, ["--domain", DOMAIN, ...args], {});
      expect([code, stdout]).to.deep.equal([2, ""]);
      expect(stderr).to.contain("at https://live.tencentcloudapi.com").and.contain("Add --yes").and.contain(says);
    }
  });

  it("runs at a remote endpoint with --yes", async () => {
    const { code, stderr } = await run(probe, ["--domain", DOMAIN, "--yes"], {});
    expect(code).to.equal(1);
    expect(stderr).to.contain("no credentials were found");
  });

  it("prefers --endpoint to the environment", async () => {
    const emulator = await accountOf();
    const elsewhere = { ...CREDENTIALS, TENCENTCLOUD_LIVE_ENDPOINT: "https://api.example.com" };
    const { code } = await run(probe, ["--domain", DOMAIN, "--endpoint", emulator.url], elsewhere);
    expect(code).to.equal(3);
  });

  for (const [args, says] of [
    [[], "--domain is missing"],
    [["--domain", "https://push.example.com"], "--domain takes a host name"],
    [["--domain", DOMAIN, "--other-domain", "PUSH.example.com"], "must differ"],
    [["--domain", DOMAIN, "--endpoint", "http://api.example.com"], "must be an https: URL"],
    [["--domain", DOMAIN, "--callback-url", "ftp://example.com"], "--callback-url takes"],
    [["--domain", DOMAIN, "--no-such-flag"], "--no-such-flag"],
    [["--domain", DOMAIN, `--bogus=${EMULATOR_CREDENTIALS.secretKey}`], "unknown option '--bogus'"],
    [["--domain", DOMAIN, EMULATOR_CREDENTIALS.secretKey], "there are too many arguments"],
  ] as const) {
    it(`reports the problem with ${args.length > 0 ? args.slice(-2).join(" ").slice(0, 40) : "no arguments"}`, async () => {
      const { code, stdout, stderr } = await run(probe, [...args], CREDENTIALS);
      expect([code, stdout]).to.deep.equal([2, ""]);
      expect(stderr).to.contain(says).and.contain("--help");
      expect(stderr).to.not.contain(EMULATOR_CREDENTIALS.secretKey);
    });
  }

  it("prints a help", async () => {
    const help = await run(probe, ["--help"], {});
    expect([help.code, help.stderr]).to.deep.equal([0, ""]);
    for (const flag of ["--domain", "--other-domain", "--endpoint", "--yes", "--clean", "Exit codes"]) {
      expect(help.stdout).to.contain(flag);
    }
  });

  it("prints no secret, even if the API returns one", async () => {
    const [secretKey, token] = ["CANARYsecretKey0123456789", "CANARYtoken0123456789"];
    const emulator = await accountOf({}, { credentials: [{ secretId: "AKID", secretKey, token }] });
    const message = `signed with ${secretKey} and ${token}`;
    emulator.addFault({ kind: "error", action: "CreateLiveCallbackRule", code: "InvalidParameter", message });
    emulator.addFault({ kind: "error", action: "DescribeLiveDomain", skip: 1, code: "AuthFailure.X", message });
    const { code, stdout, stderr } = await run(probe, ["--domain", DOMAIN, "--endpoint", emulator.url], {
      TENCENTCLOUD_SECRET_ID: "AKID",
      TENCENTCLOUD_SECRET_KEY: `${secretKey}\n`,
      TENCENTCLOUD_SESSION_TOKEN: token,
    });
    expect(code).to.equal(1);
    expect(stderr).to.contain("signed with [hidden] and [hidden]");
    expect(stdout + stderr).to.not.contain("CANARY");
  });
});

describe("the probe as a process", function () {
  this.timeout(60_000);
  const ROOT = join(__dirname, "../../..");
  let child: ChildProcess;
  afterEach(() => child.kill("SIGKILL"));

  /** Starts the probe, and waits until it has printed a text. */
  async function startUntil(emulator: Emulator, text: string, ...args: string[]) {
    const command = ["--require", "tsx/cjs", join(ROOT, "tools/probe/main.ts"), "--domain", DOMAIN, ...args];
    const env = { ...process.env, ...CREDENTIALS, TENCENTCLOUD_LIVE_ENDPOINT: emulator.url };
    const started = spawn(process.execPath, command, { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
    child = started;
    const ended = once(started, "close").then(([code]) => code as number | null);
    const output = { stdout: "", stderr: "" };
    started.stdout.on("data", (chunk) => {
      output.stdout += chunk;
    });
    await new Promise<void>((resolve, reject) => {
      started.stderr.on("data", (chunk) => {
        output.stderr += chunk;
        if (output.stderr.includes(text)) resolve();
      });
      ended.then(() => reject(new Error(`it ended before "${text}": ${output.stderr}`)));
    });
    return { ended, output };
  }

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`deletes everything and exits with 1 after two ${signal} signals`, async () => {
      const emulator = await accountOf();
      const before = emulator.state();
      const { ended, output } = await startUntil(emulator, "bound push.example.com");
      expect(emulator.state()).to.not.deep.equal(before);
      child.kill(signal);
      child.kill(signal);
      expect(await ended).to.equal(1);
      expect(output.stderr).to.contain("probe: interrupted.").and.contain("nothing is left");
      expect(output.stdout).to.equal("");
      expect(emulator.state()).to.deep.equal(before);
    });
  }

  it("leaves only what --clean deletes when it is killed", async () => {
    const emulator = await accountOf();
    const before = emulator.state();
    const { ended } = await startUntil(emulator, "bound push.example.com/ to");
    child.kill("SIGKILL");
    await ended;
    expect(emulator.state()).to.not.deep.equal(before);
    expect((await against(emulator, probe, "--clean")).code).to.equal(0);
    expect(emulator.state()).to.deep.equal(before);
  });
});
