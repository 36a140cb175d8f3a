import { expect } from "chai";
import { UsageError } from "../../cli/commandLine";
import { deliveries } from "../../cli/deliveries";
import { EMULATOR_CREDENTIALS, type Emulator, type StreamEvent } from "../../emulator";
import { createCallbackHandler, toNodeHandler } from "../../receiver";
import { terminal } from "../support/callbackCommand";
import { clockAt } from "../support/clock";
import { startForTest } from "../support/emulatorClient";
import { allUrls, Hooks } from "../support/hooks";

const DOMAIN = "push.example.com";
const KEY = "ResendKey1";
const LIMITS = `The record covers one stream and 14 days. It is documented to contain the events 0, 1, 100, 200;
other events, and the headers of requests, may be lost.`;

describe("tencentcloud-live deliveries --failed --resend", () => {
  let now: number;
  let emulator: Emulator;
  let hooks: Hooks;
  let receiver: Hooks;
  let handled: string[];

  beforeEach(async () => {
    now = Date.UTC(2025, 0, 20, 3, 4, 5);
    emulator = await startForTest({ clock: () => now });
    hooks = await Hooks.start();
    const { TemplateId } = emulator.putTemplate({ TemplateName: "a", CallbackKey: KEY, ...allUrls(hooks.url) });
    emulator.putRule({ DomainName: DOMAIN, TemplateId });
    handled = [];
    const onEvent = ({ id }: { id: string }) => handled.push(id);
    receiver = await Hooks.start(
      toNodeHandler(createCallbackHandler({ key: KEY, clock: () => now, onEvent, onError: () => {} })),
    );
  });

  const send = (event: Partial<StreamEvent>) =>
    emulator.sendEvent({ event: "streamBegin", domainName: DOMAIN, ...event });

  async function run(args: string[], key = KEY): Promise<[code: number, printed: string]> {
    const environment = {
      TENCENTCLOUD_SECRET_ID: EMULATOR_CREDENTIALS.secretId,
      TENCENTCLOUD_SECRET_KEY: EMULATOR_CREDENTIALS.secretKey,
      TENCENTCLOUD_LIVE_ENDPOINT: emulator.url,
      TENCENTCLOUD_METADATA_ENDPOINT: emulator.url,
      TENCENTCLOUD_LIVE_CALLBACK_KEY: key,
    };
    const here = terminal({ environment, clock: clockAt(() => now) });
    return [await deliveries(["--stream", "stream", ...args], here), here.printed.join("\n")];
  }
  const resend = (...args: string[]) =>
    run(["--failed", "--resend", `${receiver.url}/live`, "--since", "12h", ...args]);

  it("sends each undelivered event once with a new signature, and no event that a retry delivered", async () => {
    hooks.response = { status: 500 };
    await send({ fields: { sequence: "delivered-later" } });
    now += 60_000;
    hooks.response = { status: 200 };
    await emulator.deliverDue();
    hooks.response = { status: 503 };
    await send({ fields: { sequence: "lost" } });
    for (let retry = 0; retry < 12; retry++) {
      now += 90_000;
      await emulator.deliverDue();
    }
    // Hours later the first signature has expired.
    now += 3 * 3_600_000;
    const [code, printed] = await resend();
    expect([code, handled]).to.deep.equal([0, ["1:lost"]]);
    expect(printed).to.equal(`TIME                  EVENT        RESULT
2025-01-20T03:05:05Z  streamBegin  received
1 of 1 undelivered callbacks were received by ${receiver.url}/live.
${LIMITS}`);
  });

  it("exits with 1 and reports the messages that were not received or that the record does not contain exactly", async () => {
    hooks.response = { status: 500 };
    await send({ fields: { sequence: "first" } });
    await send({ fields: { sequence: "large", idc_id: 2 ** 60 } });
    const [code, printed] = await run(["--failed", "--resend", receiver.url, "--json"], "OtherKey1");
    expect([code, handled]).to.deep.equal([1, []]);
    expect(JSON.parse(printed).resent.map(({ time: _time, ...one }: { time: string }) => one)).to.deep.equal([
      { event: "streamBegin", ok: false, status: 403, reason: "status 403" },
      { event: "streamBegin", ok: false, reason: "not sent: the record does not contain the exact message" },
    ]);
    expect(printed).to.not.include("OtherKey1");
  });

  it("sends nothing if everything was delivered", async () => {
    await send({});
    const [code, printed] = await resend();
    expect([code, handled]).to.deep.equal([0, []]);
    expect(printed).to.equal(`0 of 0 undelivered callbacks were received by ${receiver.url}/live.\n${LIMITS}`);
  });

  it("rejects a resend without --failed, without a key or --unsigned, or without a valid receiver", async () => {
    for (const [args, reason] of [
      [["--resend", "http://127.0.0.1:1"], "--resend requires --failed"],
      [["--failed", "--resend", "ftp://host"], "--resend takes an http: or https: URL"],
      [["--unsigned"], "--key and --unsigned require --resend"],
    ] as const)
      expect(await run([...args]).catch((error: unknown) => error))
        .to.be.instanceOf(UsageError)
        .with.property("message")
        .that.includes(reason);
    const unset = await run(["--failed", "--resend", receiver.url], "").catch((error: unknown) => error);
    expect(unset).to.be.instanceOf(UsageError).with.property("message").that.includes("--unsigned");
  });
});
