import { once } from "node:events";
import { Agent, request } from "node:http";
import { createServer } from "node:net";
import { expect } from "chai";
import type { Emulator, EmulatorOptions, EventDelivery } from "../../emulator";
import { startForTest } from "../support/emulatorClient";
import { runScript } from "../support/examples/exampleProcess";
import { ExampleReceiver, FOLDER } from "../support/examples/exampleReceiver";
import { runLines, sendAsReadme } from "../support/examples/readme";
import { post } from "../support/receiver";

const DOMAIN = "push.example.com";
const KEY = "CallbackKey1";

describe("examples/receiver, as a separate process", function () {
  this.timeout(60_000);
  let receiver: ExampleReceiver;
  let emulator: Emulator;

  /** Starts the service, and an emulator with a template for it. */
  const start = async (environment: Record<string, string> = {}, options: EmulatorOptions = {}) => {
    receiver = await ExampleReceiver.start({ CALLBACK_KEY: KEY, ...environment });
    emulator = await startForTest(options);
    bind(KEY);
  };
  const bind = (CallbackKey: string) => {
    const { url } = receiver;
    const urls = { StreamBeginNotifyUrl: url, StreamEndNotifyUrl: url, RecordNotifyUrl: url, SnapshotNotifyUrl: url };
    const { TemplateId } = emulator.putTemplate({ TemplateName: "hooks", CallbackKey, ...urls });
    emulator.putRule({ DomainName: DOMAIN, TemplateId });
  };
  const send = (event: Parameters<Emulator["sendEvent"]>[0]["event"], streamName = "one") =>
    emulator.sendEvent({ event, domainName: DOMAIN, streamName });
  const again = ({ payload }: EventDelivery) => post(receiver.url, JSON.stringify(payload));

  it("logs one line for each event, and reports live streams and recordings", async () => {
    await start();
    for (const streamName of ["one", "two"]) await send("streamBegin", streamName);
    expect(await receiver.health()).to.deep.equal({ status: "ok", live: 2, recordings: 0 });
    for (const event of ["streamEnd", "record", "snapshot"] as const) {
      expect((await send(event)).outcome).to.equal("delivered");
    }
    expect(await receiver.health()).to.deep.equal({ status: "ok", live: 1, recordings: 1 });
    expect(receiver.events.map(({ message, stream }) => `${message} ${stream}`)).to.deep.equal([
      "streamBegin push.example.com/live/one",
      "streamBegin push.example.com/live/two",
      "streamEnd push.example.com/live/one",
      "record push.example.com/live/one",
      "snapshot push.example.com/live/one",
    ]);
  });

  it("receives an event with the commands of its README", async () => {
    const service = runScript(FOLDER, runLines("receiver").emulator);
    const { url } = await service.line("listening");
    const printed = await sendAsReadme("receiver", FOLDER, String(url));
    expect(printed).to.match(/\{"status":"ok","live":1,"recordings":0\}$/);
    expect(service.lines.map(({ message }) => message)).to.include("streamBegin");
  });

  it("recognizes copies of an event, even if the end of a push arrives before its begin", async () => {
    await start();
    const begin = await send("streamBegin");
    const end = await send("streamEnd");
    const record = await send("record");
    for (const delivery of [begin, end, record, begin]) {
      expect(await again(delivery)).to.deep.equal([200, { code: 0 }]);
    }
    expect(receiver.events).to.have.length(3);
    expect(await receiver.health()).to.deep.include({ live: 0, recordings: 1 });
    // Another process has no memory of the events, and gets them in the wrong order.
    receiver = await ExampleReceiver.start({ CALLBACK_KEY: KEY });
    for (const delivery of [end, begin, record]) await again(delivery);
    expect(await receiver.health()).to.deep.include({ live: 0, recordings: 1 });
  });

  it("accepts the old and the new key during a key change, and no other key", async () => {
    await start({ CALLBACK_KEY: "NewKey2026\n", CALLBACK_KEY_PREVIOUS: KEY });
    expect((await send("streamBegin")).outcome).to.equal("delivered");
    bind("NewKey2026");
    expect((await send("streamEnd")).outcome).to.equal("delivered");
    bind("ThirdKey3");
    const { attempts } = await send("record");
    expect(attempts[0]?.status).to.equal(403);
    expect(await receiver.line("not accepted")).to.include({ code: "invalid_signature" });
    expect(receiver.events.map(({ message }) => message)).to.deep.equal(["streamBegin", "streamEnd"]);
  });

  it("responds with 405 or 404 to a request that is no callback", async () => {
    await start();
    expect((await fetch(receiver.url)).status).to.equal(405);
    expect((await fetch(new URL("/elsewhere", receiver.url), { method: "POST" })).status).to.equal(404);
  });

  it("never logs a key, the query of a push URL or the body of a rejected message", async () => {
    await start({ CALLBACK_KEY_PREVIOUS: "OlderKey7" });
    await send("streamBegin");
    await post(receiver.url, '{"event_type":1,"stream_param":"txSecret=body"');
    await post(receiver.url, '{"event_type":1,"stream_param":"txSecret=body"}');
    await receiver.stop("SIGTERM");
    expect(receiver.lines.filter(({ message }) => message === "not accepted")).to.have.length(2);
    expect(receiver.output).not.to.match(/CallbackKey1|OlderKey7|stream_param|txSecret/);
  });

  it("handles events from its downtime exactly once after a restart", async () => {
    let now = Date.now();
    await start({}, { clock: () => now });
    const { port } = new URL(receiver.url);
    await receiver.stop("SIGKILL");
    expect((await send("streamBegin")).outcome).to.equal("retrying");
    receiver = await ExampleReceiver.start({ CALLBACK_KEY: KEY, PORT: port });
    now += 60_000;
    expect((await emulator.deliverDue()).map(({ outcome }) => outcome)).to.deep.equal(["delivered"]);
    now += 60_000;
    expect(await emulator.deliverDue()).to.deep.equal([]);
    expect(receiver.events.map(({ message }) => message)).to.deep.equal(["streamBegin"]);
  });

  it("completes a running event after a stop signal, and exits with 0", async () => {
    await start();
    const body = JSON.stringify((await send("streamBegin")).payload);
    const headers = { "content-length": body.length, expect: "100-continue" };
    const arriving = request(receiver.url, { method: "POST", agent: new Agent({ keepAlive: true }), headers });
    arriving.flushHeaders();
    await once(arriving, "continue");
    arriving.write(body.slice(0, 10));
    const ended = receiver.stop("SIGTERM");
    await receiver.line("stopping");
    arriving.end(body.slice(10));
    const [response] = await once(arriving, "response");
    expect(response.statusCode).to.equal(200);
    response.resume();
    expect(await ended).to.equal(0);
    expect(receiver.lines.at(-1)?.message).to.equal("stopped");
  });

  it("reports a missing or wrong variable, and exits with 1", async () => {
    for (const [environment, why] of [
      [{}, "CALLBACK_KEY is missing: set it to the callback key of the template"],
      [{ CALLBACK_KEY: " " }, "CALLBACK_KEY is missing: set it to the callback key of the template"],
      [{ CALLBACK_KEY: KEY, PORT: "http" }, "PORT must be a number from 0 to 65535"],
    ] as const) {
      const failing = ExampleReceiver.run(environment);
      expect(await failing.exitCode()).to.equal(1);
      expect(failing.lines).to.have.length(1);
      expect(failing.lines[0]).to.include({ message: "cannot start", why });
    }
  });

  it("reports a port that is in use, and exits with 1", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as { port: number };
    const failing = ExampleReceiver.run({ CALLBACK_KEY: KEY, PORT: String(port) });
    expect(await failing.exitCode()).to.equal(1);
    expect(failing.lines[0]?.["why"]).to.contain("EADDRINUSE");
    other.close();
  });
});
