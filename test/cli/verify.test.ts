import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { UsageError } from "../../cli/commandLine";
import { verify } from "../../cli/verify";
import { signCallback } from "../../receiver";
import { runCommand, terminal } from "../support/callbackCommand";
import { clockAt } from "../support/clock";
import { KEY, SENT, signed, T } from "../support/receiver";
import { streamBegin } from "../support/receiverSamples";

const VARIABLE = "TENCENTCLOUD_LIVE_CALLBACK_KEY";
const MESSAGE = JSON.stringify(signed());
const EXPIRES = new Date(T * 1000).toISOString();

describe("tencentcloud-live verify", function () {
  this.timeout(30_000);

  const verifyHere = async (args: string[], message: string, environment: Record<string, string> = {}) => {
    const here = terminal({ environment, readInput: async () => Buffer.from(message), clock: clockAt(() => SENT) });
    const exitCode = await verify([...args, "--json"], here);
    return { exitCode, ...JSON.parse(here.printed.join("")) };
  };

  it("reads a genuine message from the standard input, prints its event, and exits with 0", async () => {
    const args = ["verify", "--at", new Date(SENT).toISOString()];
    const { code, stdout, stderr } = await runCommand([...args, "-"], { [VARIABLE]: KEY }, MESSAGE);
    expect([code, stderr]).to.deep.equal([0, ""]);
    expect(stdout.split("\n").slice(0, 3)).to.deep.equal([
      `GENUINE: signed with the key; expires ${EXPIRES}`,
      "streamBegin (event_type 1), id 1:2210464508206756938",
      "  appId: 12345678",
    ]);
    expect(stdout).to.include('  domainName: "test.domain.com"\n').and.not.include(KEY);
  });

  it("reads a message from a file, and reports a missing file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "callback-"));
    const file = join(folder, "message.json");
    writeFileSync(file, MESSAGE);
    expect(await verifyHere([file, "--key", KEY], "")).to.deep.include({ exitCode: 0, ok: true, signature: "valid" });
    for (const encoded of [Buffer.from(`\uFEFF${MESSAGE}`), Buffer.from(`\uFEFF${MESSAGE}`, "utf16le")]) {
      writeFileSync(file, encoded);
      expect(await verifyHere([file, "--key", KEY], "")).to.deep.include({ exitCode: 0, ok: true, signature: "valid" });
    }
    const outcome = await runCommand(["verify", `${file}.missing`], { [VARIABLE]: KEY });
    expect(outcome).to.include({ code: 1, stdout: "" });
    expect(outcome.stderr).to.match(/^tencentcloud-live verify: ENOENT: no such file or directory/);
    rmSync(folder, { recursive: true });
  });

  it("prints the result with the event as JSON", async () => {
    const result = await verifyHere([], MESSAGE, { [VARIABLE]: KEY });
    expect(result).to.include({ exitCode: 0, ok: true, signature: "valid", expires: EXPIRES });
    expect(result.event).to.include({ type: "streamBegin", eventType: 1, streamId: "test_stream" });
    expect(result.event).to.not.have.property("payload");
  });

  it("accepts any of several keys", async () => {
    expect(await verifyHere(["--key", "Other1", "--key", KEY], MESSAGE)).to.include({
      exitCode: 0,
      signature: "valid",
    });
  });

  it("exits with 1 and the reason for a message that is not genuine, and prints its event", async () => {
    const { sign: _sign, ...unsigned } = signed();
    const rejected: [message: object, code: string][] = [
      [{ ...signed(), sign: signCallback("Other1", T) }, "invalid_signature"],
      [{ ...signed(), t: T + 1 }, "invalid_signature"],
      [unsigned, "missing_signature"],
      [{ ...streamBegin, t: undefined, sign: undefined }, "missing_signature"],
    ];
    for (const [message, code] of rejected) {
      const result = await verifyHere(["--key", KEY], JSON.stringify(message));
      expect(result, code).to.include({ exitCode: 1, ok: false, code }).and.not.have.property("signature");
      expect(result.event).to.include({ type: "streamBegin" });
    }
    for (const [message, code] of [
      ["", "invalid_json"],
      ["[]", "invalid_json"],
      ['{"t":1}', "invalid_event"],
    ]) {
      expect(await verifyHere(["--key", KEY], message ?? "")).to.include({ exitCode: 1, ok: false, code });
    }
    const { code, stdout } = await runCommand(["verify"], { [VARIABLE]: "Other1" }, MESSAGE);
    expect(code).to.equal(1);
    expect(stdout).to.match(/^REJECTED \(invalid_signature\): .*\nstreamBegin \(event_type 1\), id /);
  });

  it("checks the expiry with a leeway, as of a given time", async () => {
    const at = (seconds: number) => ["--key", KEY, "--at", new Date((T + seconds) * 1000).toISOString()];
    expect((await verifyHere(at(600), MESSAGE)).ok).to.equal(true);
    expect(await verifyHere(at(601), MESSAGE)).to.include({ ok: false, code: "signature_expired" });
    expect(await verifyHere([...at(1), "--leeway", "0"], MESSAGE)).to.include({ code: "signature_expired" });
    expect((await verifyHere([...at(5000), "--leeway", "5000"], MESSAGE)).ok).to.equal(true);
    expect(await verifyHere(at(-2000), MESSAGE)).to.include({ ok: false, code: "signature_too_new" });
    expect((await verifyHere(["--key", KEY, "--at", "10m"], MESSAGE)).ok).to.equal(true);
    expect(await verifyHere(["--key", KEY, "--at", "2h"], MESSAGE)).to.include({ code: "signature_too_new" });
  });

  it("accepts a message without a signature only with --unsigned, and reports a signature that was not checked", async () => {
    const bare = JSON.stringify({ ...streamBegin, t: undefined, sign: undefined });
    expect(await verifyHere(["--unsigned"], bare)).to.include({ ok: true, signature: "absent" });
    expect(await verifyHere(["--unsigned"], bare, { [VARIABLE]: KEY })).to.include({ ok: true, signature: "absent" });
    const wrong = JSON.stringify({ ...signed(), sign: "0".repeat(32) });
    expect(await verifyHere(["--unsigned"], wrong)).to.include({ ok: true, signature: "notChecked" });
    expect(await verifyHere(["--unsigned"], wrong, { [VARIABLE]: KEY })).to.include({ code: "invalid_signature" });
  });

  it("removes control characters of a message from the output", async () => {
    const message = JSON.stringify({ ...signed(), stream_id: "\u001b[2J\nGENUINE", sequence: "a\nb" });
    const here = terminal({
      environment: { [VARIABLE]: KEY },
      readInput: async () => Buffer.from(message),
      clock: clockAt(() => SENT),
    });
    await verify([], here);
    expect(here.printed.join("")).to.match(/^[^\p{Cc}]*(\n[^\p{Cc}]*)*$/u);
    expect(here.printed.join("").split("\n")[1]).to.equal("streamBegin (event_type 1), id 1:a b");
  });

  it("rejects an invalid command line", async () => {
    const wrong: [args: string[], told: string][] = [
      [[], `set ${VARIABLE} or --key`],
      [["--key", KEY, "--leeway", "-1"], "--leeway"],
      [["--key", KEY, "--leeway=1.5"], "--leeway takes a whole number of seconds"],
      [["--key", KEY, "--at", "yesterday"], '--at takes 90s, 30m, 12h, 14d or a time like 2025-01-02T03:04:05Z; got "'],
      [["--key", ""], "--key must not be empty"],
      [["--key", KEY, "a", "b"], "there are too many arguments"],
    ];
    for (const [args, told] of wrong) {
      const error = await verify(args, terminal()).catch((reason: Error) => reason);
      expect(error, args.join(" ")).to.be.instanceOf(UsageError);
      expect((error as Error).message)
        .to.include(told)
        .and.not.include(KEY);
    }
  });
});
