import { spawn } from "node:child_process";
import { once } from "node:events";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { BareMachine, executable, TOOLS } from "../../support/tools/bareMachine";

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !condition(); tries++) await sleep(20);
  expect(condition(), "in 4 s").to.equal(true);
}

describe("tools", () => {
  let machine: BareMachine;
  beforeEach(() => {
    machine = new BareMachine();
  });
  afterEach(() => machine.remove());

  describe("a run of the CLI", () => {
    function runTool(args: string[]) {
      const child = spawn(process.execPath, ["--require", "tsx/cjs", join(TOOLS, "pulumi.ts"), ...args], {
        env: { ...process.env, PATH: join(machine.folder, "path") + delimiter + process.env["PATH"] },
        stdio: ["pipe", "pipe", "pipe"],
      });
      let output = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
      return { child, output: () => output };
    }

    function useCli(body: string): void {
      executable(
        join(machine.folder, "path", "pulumi"),
        `if (process.argv[2] === "version") { console.log("v3.250.0"); process.exit(); }\n${body}`,
        process.execPath,
      );
    }

    it("passes arguments and standard input, and returns the exit code", async () => {
      useCli(`
      process.stdin.on("data", (data) => console.log(JSON.stringify([process.argv.slice(2), String(data)])));
      process.stdin.on("end", () => process.exit(255));`);
      const { child, output } = runTool(["up", "--yes", "a b"]);
      child.stdin.end("typed");
      const [code] = await once(child, "close");
      expect(code).to.equal(255);
      expect(JSON.parse(output())).to.deep.equal([["up", "--yes", "a b"], "typed"]);
    }).timeout(60_000);

    it("forwards a signal exactly once, waits for the CLI, and returns its exit code", async () => {
      useCli(`
      let signals = 0;
      process.on("SIGINT", () => { signals++; setTimeout(() => { console.log("signals " + signals); process.exit(7); }, 300); });
      setInterval(() => {}, 1000);
      console.log("ready");`);
      const { child, output } = runTool(["up"]);
      await until(() => output().includes("ready"));
      child.kill("SIGINT");
      await sleep(50);
      child.kill("SIGINT");
      const [code] = await once(child, "close");
      expect(output()).to.contain("signals 1");
      expect(code).to.equal(7);
    }).timeout(60_000);

    it("ends with the signal that ended the CLI", async () => {
      useCli(`process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 1000);`);
      const { child } = runTool(["up"]);
      const [code, signal] = await once(child, "close");
      expect([code, signal]).to.deep.equal([null, "SIGTERM"]);
    }).timeout(60_000);
  });
});
