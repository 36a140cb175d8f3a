import { expect } from "chai";
import { UsageError } from "../../cli/commandLine";
import { send } from "../../cli/send";
import { systemClock } from "../../provider/api/clock";
import { CALLBACK_EVENT_NAMES as eventNames } from "../../provider/api/contract/events";
import { type CallbackEvent, createCallbackHandler, toNodeHandler } from "../../receiver";
import { runCommand, terminal } from "../support/callbackCommand";
import { Hooks } from "../support/hooks";
import { ManualTimer } from "../support/receiver";

const KEY = "CallbackKey1";
const VARIABLE = "TENCENTCLOUD_LIVE_CALLBACK_KEY";

/** A receiver with a key, and the events that its handler got. */
async function receiver(options: Parameters<typeof createCallbackHandler>[0] = { key: KEY }) {
  const events: CallbackEvent[] = [];
  const callbacks = createCallbackHandler({
    onEvent: (event) => events.push(event),
    onError: () => {},
    ...options,
  });
  return { events, hooks: await Hooks.start(toNodeHandler(callbacks)) };
}

describe("tencentcloud-live send", function () {
  this.timeout(30_000);

  /** Runs it within the test, and returns the exit code and the JSON that it printed. */
  const sendHere = async (args: string[], changes: Parameters<typeof terminal>[0] = {}) => {
    const here = terminal({ environment: { [VARIABLE]: KEY }, ...changes });
    const code = await send([...args, "--json"], here);
    return { code, ...JSON.parse(here.printed.join("")) };
  };

  it("posts a sample of every event, which a receiver with the same key accepts", async () => {
    const { events, hooks } = await receiver();
    for (const event of eventNames) {
      const result = await sendHere(["--event", event, "--url", `${hooks.url}/live?a=1`]);
      expect(result, event).to.include({ code: 0, ok: true, status: 200, signed: true, body: '{"code":0}' });
    }
    expect(events.map(({ type }) => type)).to.deep.equal(eventNames);
  });

  it("prints the result, and exits with 0", async () => {
    const { events, hooks } = await receiver();
    const where = ["--domain", "a.example.com", "--app", "app", "--stream", "one"];
    const args = ["send", "--event", "streamEnd", "--url", `${hooks.url}/live?secret=s`, ...where];
    const { code, stdout, stderr } = await runCommand(args, { [VARIABLE]: `${KEY}\n` });
    expect(stdout.replace(/in \d+ ms/, "in N ms")).to.equal(
      `streamEnd (event_type 0), signed, to ${hooks.url}/live?[hidden]
status 200 in N ms: {"code":0}
RECEIVED: the cloud would not send it again.
`,
    );
    expect([code, stderr]).to.deep.equal([0, ""]);
    expect(events[0]).to.include({ domainName: "a.example.com", appName: "app", streamId: "one" });
  });

  it("exits with 1 and a hint if the receiver rejects the message, and never prints the key", async () => {
    const { hooks } = await receiver();
    const args = ["send", "--event", "record", "--url", hooks.url];
    const wrong = "OtherKey9";
    for (const outcome of [
      await runCommand([...args, "--key", wrong], { [VARIABLE]: KEY }),
      await runCommand(args, { [VARIABLE]: wrong }),
    ]) {
      expect([outcome.code, outcome.stderr]).to.deep.equal([1, ""]);
      expect(outcome.stdout).to.include("NOT RECEIVED").and.include('"code":"invalid_signature"');
      expect(outcome.stdout).to.include("does it use the same callback key?").and.not.include(wrong);
    }
  });

  it("hides the key in a response that repeats it", async () => {
    const hooks = await Hooks.start();
    hooks.response = { status: 500, body: `expected ${KEY}\n\u001b[2Jbye` };
    const args = ["--event", "record", "--url", hooks.url];
    const here = terminal({ environment: { [VARIABLE]: KEY } });
    await send(args, here);
    expect(here.printed.join("\n")).to.include("expected [hidden] [2Jbye");
    expect(JSON.stringify(await sendHere(args))).to.not.include(KEY);
  });

  it("hides the start of the key where a long response is cut", async () => {
    const hooks = await Hooks.start();
    for (let shown = 1; shown <= KEY.length; shown++) {
      hooks.response = { status: 500, body: ".".repeat(1_000 - shown) + KEY };
      const { body } = await sendHere(["--event", "record", "--url", hooks.url]);
      expect(body).to.equal(`${".".repeat(1_000 - shown)}[hidden]`);
    }
    hooks.response = { status: 500, body: `${".".repeat(990)}${KEY.slice(0, 5)}` };
    expect(await sendHere(["--event", "record", "--url", hooks.url])).to.include({ body: hooks.response.body });
  });

  it("sends no signature only with --unsigned", async () => {
    const { events, hooks } = await receiver({ allowUnsigned: true });
    const args = ["--event", "record", "--url", hooks.url];
    const error = await send(args, terminal()).catch((error: Error) => error);
    expect(error).to.be.instanceOf(UsageError);
    expect(await sendHere([...args, "--unsigned"])).to.include({ code: 0, signed: false });
    expect(events[0]?.payload).to.not.have.any.keys("t", "sign");
  });

  it("reports that an unsigned message needs the key if the receiver rejects it", async () => {
    const { hooks } = await receiver();
    const result = await sendHere(["--event", "record", "--url", hooks.url, "--unsigned"]);
    expect(result).to.include({ ok: false, status: 403, code: 1 });
    expect(result.hints).to.deep.equal([
      "The receiver rejects the message, which is not signed: give its callback key, without --unsigned.",
    ]);
  });

  const responses: [status: number, body: string, ok: boolean, hint: string | undefined][] = [
    [200, '{"code":0}', true, undefined],
    [200, "", true, 'The documents recommend the body {"code":0}'],
    [200, "null", true, 'The documents recommend the body {"code":0}'],
    [201, '{"code":0}', false, "Only status 200"],
    [307, "", false, "does not follow redirects"],
    [403, "", false, "the same callback key"],
    [404, "", false, "the path"],
    [415, "", false, "any content type"],
    [418, "", false, undefined],
    [502, "", false, "see its log"],
  ];
  it("judges the status as the cloud does, with a hint for each", async () => {
    const hooks = await Hooks.start();
    for (const [status, body, ok, hint] of responses) {
      hooks.response = { status, body, headers: { location: `${hooks.url}/elsewhere` } };
      const result = await sendHere(["--event", "record", "--url", hooks.url]);
      expect(result, `${status} ${body}`).to.include({ ok, status, code: ok ? 0 : 1 });
      expect(result.hints.join(" ")).to.include(hint ?? "");
      expect(result.hints.length, `${status} ${body}`).to.equal(hint === undefined ? 0 : 1);
    }
    expect(hooks.arrivals).to.have.length(responses.length);
  });

  it("waits 20 s for the response, and gives a hint for a slow response", async () => {
    const hooks = await Hooks.start();
    const manual = new ManualTimer();
    const waits: number[] = [];
    const timer = (ms: number, expired: () => void) => {
      waits.push(ms);
      return manual.timer(ms, expired);
    };
    hooks.response = "nothing";
    const arrived = hooks.next();
    const sent = sendHere(["--event", "record", "--url", hooks.url], { clock: { ...systemClock, timer } });
    await arrived;
    manual.expire();
    expect(await sent).to.include({ code: 1, failure: "no response within 20 s" });
    expect(waits).to.deep.equal([20_000]);
    hooks.response = { status: 200 };
    const hintsAfter = async (seconds: number) => {
      let elapsed = 0;
      const monotonic = () => (elapsed += seconds * 1_000);
      const clock = { ...systemClock, monotonic };
      return (await sendHere(["--event", "record", "--url", hooks.url], { clock })).hints;
    };
    expect(await hintsAfter(8)).to.deep.equal([]);
    expect(await hintsAfter(16)).to.deep.equal(["The response is slow: the cloud waits 20 s."]);
  });

  it("reports that nothing listens at the URL", async () => {
    const hooks = await Hooks.start();
    await hooks.stop();
    expect(await sendHere(["--event", "record", "--url", hooks.url])).to.include({
      code: 1,
      failure: `nothing listens at 127.0.0.1:${hooks.port}`,
    });
  });

  const url = "http://127.0.0.1:9/";
  const wrong: [args: string[], told: string][] = [
    [["--url", url], "--event is missing"],
    [["--event", "record"], "--url is missing"],
    [["--event", "recorded", "--url", url], "--event must be one of streamBegin, streamEnd"],
    [["--event", "toString", "--url", url], "--event must be one of"],
    [["--event", "record", "--url", "hooks.example.com"], "--url takes an http: or https: URL"],
    [["--event", "record", "--url", url, "--domain", "http://a"], "--domain takes a host name"],
    [["--event", "record", "--url", url, "--stream", ""], "--app and --stream must not be empty"],
    [["--event", "record", "--url", url, "--key="], "--key must not be empty"],
    [["--event", "record", "--url", url, "--bogus"], "unknown option '--bogus'"],
    [["--event", "record", "--url", url, KEY], "there are too many arguments"],
  ];
  it("rejects an invalid command line without repeating a possible key", async () => {
    for (const [args, told] of wrong) {
      const error = await send(args, terminal({ environment: { [VARIABLE]: KEY } })).catch((reason: Error) => reason);
      expect(error, args.join(" ")).to.be.instanceOf(UsageError);
      expect((error as Error).message)
        .to.include(told)
        .and.not.include(KEY);
    }
    const { code, stdout, stderr } = await runCommand(["send", "--event", "record"], { [VARIABLE]: KEY });
    expect([code, stdout]).to.deep.equal([2, ""]);
    expect(stderr).to.equal("tencentcloud-live send: --url is missing\nSee tencentcloud-live send --help.\n");
  });
});
