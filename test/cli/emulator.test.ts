import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { EMULATOR_CREDENTIALS, type EmulatorState } from "../../emulator";
import { Deployment } from "../../provider/deployment";
import { environmentHost } from "../../provider/hosts/environment";
import { COMMAND } from "../support/callbackCommand";
import { emulatorEnvironment } from "../support/cloud";
import { codeOf } from "../support/emulatorClient";

interface Command {
  child: ChildProcess;
  /** The output so far. */
  output: { stdout: string; stderr: string };
  /** Resolves with the exit code. */
  ended: Promise<number | null>;
}

function run(...args: string[]): Command {
  const child = spawn(process.execPath, [COMMAND, "emulator", ...args]);
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => {
    output.stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    output.stderr += chunk;
  });
  return { child, output, ended: once(child, "close").then(([code]) => code) };
}

/** Returns the URL that a command prints when it listens. */
async function urlOf({ child, output }: Command): Promise<string> {
  for (;;) {
    const url = /TENCENTCLOUD_LIVE_ENDPOINT=(\S+)\n/.exec(output.stdout)?.[1];
    if (url) return url;
    if (!child.stdout) throw new Error("the command has no output");
    await once(child.stdout, "data");
  }
}

describe("tencentcloud-live emulator", function () {
  this.timeout(20_000);
  let running: Command[] = [];
  const start = (...args: string[]) => {
    const command = run(...args);
    running.push(command);
    return command;
  };
  afterEach(() => {
    for (const { child } of running) child.kill("SIGKILL");
    running = [];
  });

  it("prints the shell commands, serves the API, and exits with 0 when interrupted despite open connections", async () => {
    const command = start();
    const url = await urlOf(command);
    expect(url).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(command.output.stdout.split("\n")).to.include.members([
      `export TENCENTCLOUD_SECRET_ID=${EMULATOR_CREDENTIALS.secretId}`,
      `export TENCENTCLOUD_SECRET_KEY=${EMULATOR_CREDENTIALS.secretKey}`,
    ]);
    expect(await codeOf({ url }, "DescribeLiveCallbackRules")).to.equal(undefined);
    const idle = connect(Number(new URL(url).port), "127.0.0.1");
    await once(idle, "connect");
    command.child.kill("SIGINT");
    expect(await command.ended).to.equal(0);
    expect(command.output.stderr).to.equal("");
    idle.destroy();
  });

  it("exits immediately while a call waits for its latency", async () => {
    const command = start("--latency", "3600000");
    const url = await urlOf(command);
    const waiting = codeOf({ url }, "DescribeLiveCallbackRules").catch(() => "dropped");
    await fetch(`${url}/_emulator/state`);
    command.child.kill("SIGTERM");
    expect([await command.ended, await waiting, command.output.stderr]).to.deep.equal([0, "dropped", ""]);
  });

  it("keeps its state in a file, accepts the given keys without printing them, and has the given domains", async () => {
    const folder = mkdtempSync(join(tmpdir(), "emulator-"));
    const keys = { secretId: "AKIDmine", secretKey: "notToBePrinted" };
    const args = ["--data", join(folder, "data.json"), "--secret-id", keys.secretId, "--secret-key", keys.secretKey];
    const template = { TemplateName: "a", CallbackKey: "neitherThis", RecordNotifyUrl: "https://hooks.example.com/" };
    const first = start(...args, "--domain", "a.example.com", "--domain", "b.example.com", "--no-rate-limits");
    const url = await urlOf(first);
    expect(await codeOf({ url }, "CreateLiveCallbackTemplate", template, { keys })).to.equal(undefined);
    expect(await codeOf({ url }, "CreateLiveCallbackTemplate", template)).to.equal("AuthFailure.SecretIdNotFound");
    const bind = (DomainName: string) =>
      codeOf({ url }, "CreateLiveCallbackRule", { DomainName, AppName: "", TemplateId: 385622 }, { keys });
    expect([await bind("b.example.com"), await bind("c.example.com")]).to.deep.equal([undefined, "InvalidParameter"]);
    const list = () => codeOf({ url }, "DescribeLiveDomains", {}, { keys });
    const codes = await Promise.all(Array.from({ length: 250 }, list));
    expect(new Set(codes)).to.deep.equal(new Set([undefined]));
    first.child.kill("SIGTERM");
    expect(await first.ended).to.equal(0);
    const second = start(...args);
    const state = (await (await fetch(`${await urlOf(second)}/_emulator/state`)).json()) as EmulatorState;
    expect(state.templates).to.deep.equal([{ TemplateId: 385622, ...template }]);
    expect(state.rules).to.have.length(1);
    for (const { output } of [first, second]) expect(JSON.stringify(output)).not.to.match(/notToBePrinted|neitherThis/);
    rmSync(folder, { recursive: true });
  });

  it("emulates the account with the given id", async () => {
    const url = await urlOf(start("--account-id", "200000000002"));
    const deployment = new Deployment(environmentHost, { environment: emulatorEnvironment({ url }) });
    expect(await deployment.account()).to.equal("200000000002");
  });

  it("reports a port that is in use", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const command = start("--port", String(port));
    expect(await command.ended).to.equal(1);
    expect(command.output.stderr).to.equal(
      `tencentcloud-live emulator: port ${port} is in use: choose another with --port, or omit --port to use a free one\n`,
    );
    server.close();
  });

  it("prints a help and a version", async () => {
    const [help, version] = [start("--help"), start("--version")];
    expect([await help.ended, await version.ended]).to.deep.equal([0, 0]);
    for (const flag of [
      "--port",
      "--data",
      "--secret-id",
      "--account-id",
      "--domain",
      "--latency",
      "--no-rate-limits",
    ]) {
      expect(help.output.stdout).to.include(flag);
    }
    expect(version.output.stdout).to.match(/^\d+\.\d+\.\d+\S*\n$/);
  });

  const wrong: [args: string[], told: string][] = [
    [["--bogus"], "unknown option '--bogus'"],
    [["file"], "there are too many arguments"],
    [["--port", "70000"], '--port takes a whole number from 0 to 65535; got "70000"'],
    [["--latency=-1"], '--latency takes a whole number from 0 to 3600000; got "-1"'],
    [["--secret-id", "A"], "--secret-id and --secret-key require each other"],
    [["--data="], "--data must not be empty"],
    [["--domain", "http://a.example.com"], '--domain takes a host name; got "http://a.example.com"'],
  ];
  it("exits with 2 and a clear reason for an invalid command line", async () => {
    const commands = wrong.map(([args]) => start(...args));
    for (const [index, { ended, output }] of commands.entries()) {
      expect(await ended).to.equal(2);
      expect(output.stderr).to.include(wrong[index]?.[1]).and.include("See tencentcloud-live emulator --help.");
      expect(output.stdout).to.equal("");
    }
  });

  it("exits with 1 and the reason if the data file cannot be used", async () => {
    const command = start("--data", join(tmpdir(), "no-such-folder", "data.json"));
    expect(await command.ended).to.equal(1);
    expect(command.output.stderr).to.match(/^tencentcloud-live emulator: ENOENT: no such file or directory/);
  });
});
