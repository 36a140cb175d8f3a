import { expect } from "chai";
import { runCommand } from "../support/callbackCommand";

const SUBCOMMANDS = ["emulator", "send", "verify", "deliveries", "export"];
const SECRET = "CanarySecret0123456789";

describe("tencentcloud-live", function () {
  this.timeout(30_000);

  it("prints a help that lists the subcommands and the exit codes", async () => {
    const { code, stdout, stderr } = await runCommand(["--help"]);
    expect([code, stderr]).to.deep.equal([0, ""]);
    expect(stdout).to.match(/^Usage: tencentcloud-live <command> \[options\]\n/);
    for (const name of SUBCOMMANDS) expect(stdout).to.match(new RegExp(`^  ${name} .* \\w`, "m"));
    expect(stdout).to.include("Exit codes: 0 success; 1 check or command failed; 2 usage error.");
  });

  for (const name of SUBCOMMANDS) {
    it(`prints the help of ${name} even if the rest of the command line is invalid`, async () => {
      for (const args of [["--help"], ["-h", "--bogus", "one", "two"]]) {
        const { code, stdout, stderr } = await runCommand([name, ...args]);
        expect([code, stderr]).to.deep.equal([0, ""]);
        expect(stdout).to.match(new RegExp(`^Usage: tencentcloud-live ${name} .*\\[options\\]`));
        expect(stdout).to.include("-h, --help").and.include("--version");
      }
    });
  }

  it("prints its version, with and without a subcommand", async () => {
    const outcomes = await Promise.all(
      [["--version"], ["emulator", "--version"], ["send", "--version"]].map((args) => runCommand(args)),
    );
    for (const outcome of outcomes) {
      expect(outcome).to.include({ code: 0, stderr: "" });
      expect(outcome.stdout).to.match(/^\d+\.\d+\.\d+\S*\n$/);
    }
  });

  it("exits with 2 for a missing or unknown subcommand, without repeating it", async () => {
    for (const args of [[], ["toString"], [SECRET], ["help", "send"], ["--", "send"]]) {
      expect(await runCommand(args), args.join(" ")).to.deep.equal({
        code: 2,
        stdout: "",
        stderr:
          "tencentcloud-live: the first argument must be emulator, send, verify, deliveries or export\nSee tencentcloud-live --help.\n",
      });
    }
  });

  it("exits with 2, one line and a hint for a wrong option or argument, without repeating a value", async () => {
    const wrong: [args: string[], message: string][] = [
      [[`--kye=${SECRET}`], "tencentcloud-live: unknown option '--kye'"],
      [["send", `--kye=${SECRET}`], "tencentcloud-live send: unknown option '--kye'"],
      [["send", "--kye", SECRET], "tencentcloud-live send: unknown option '--kye' (Did you mean --key?)"],
      [["send", `-k${SECRET}`], "tencentcloud-live send: unknown option '-k'"],
      [["send", `--kye=x'\n(Did you mean ${SECRET}?)`], "tencentcloud-live send: unknown option '--kye'"],
      [["send", `--json=${SECRET}`], "tencentcloud-live send: option '--json' takes no value"],
      [["send", `--help=${SECRET}`], "tencentcloud-live send: option '--help' takes no value"],
      [["send", SECRET], "tencentcloud-live send: there are too many arguments: this command takes only options"],
      [["verify", "file", SECRET], "tencentcloud-live verify: there are too many arguments"],
      [
        ["deliveries", SECRET],
        "tencentcloud-live deliveries: there are too many arguments: this command takes only options",
      ],
      [
        ["emulator", SECRET],
        "tencentcloud-live emulator: there are too many arguments: this command takes only options",
      ],
      [["emulator", "--secret-id"], "tencentcloud-live emulator: option '--secret-id <id>' argument missing"],
    ];
    for (const [args, message] of wrong) {
      const { code, stdout, stderr } = await runCommand(args);
      const hint = `See ${message.slice(0, message.indexOf(":"))} --help.`;
      expect([code, stdout, stderr], args.join(" ")).to.deep.equal([2, "", `${message}\n${hint}\n`]);
    }
  });
});
