import { expect } from "chai";
import { UsageError } from "../../cli/commandLine";
import { deliveries } from "../../cli/deliveries";
import { EMULATOR_CREDENTIALS, type Emulator, type EmulatorOptions, type StreamEvent } from "../../emulator";
import { runCommand, terminal } from "../support/callbackCommand";
import { clockAt } from "../support/clock";
import { startForTest } from "../support/emulatorClient";
import { allUrls, Hooks } from "../support/hooks";

const ACTION = "DescribeCallbackRecordsList";
const DOMAIN = "push.example.com";
const NOW = Date.UTC(2025, 0, 20, 3, 4, 5);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

interface Listed {
  stream: string;
  since: string;
  until: string;
  deliveries: Record<string, unknown>[];
}

describe("tencentcloud-live deliveries", function () {
  this.timeout(30_000);
  let emulator: Emulator;
  let hooks: Hooks;
  let now = NOW;
  const start = async (options: EmulatorOptions = {}) => {
    now = NOW;
    emulator = await startForTest({ clock: () => now, ...options });
    hooks = await Hooks.start();
    const { TemplateId } = emulator.putTemplate({ TemplateName: "a", ...allUrls(hooks.url) });
    emulator.putRule({ DomainName: DOMAIN, TemplateId });
  };
  const send = (event: Partial<StreamEvent> = {}) =>
    emulator.sendEvent({ event: "streamBegin", domainName: DOMAIN, ...event });
  const environment = (changes: Record<string, string> = {}) => ({
    TENCENTCLOUD_SECRET_ID: EMULATOR_CREDENTIALS.secretId,
    TENCENTCLOUD_SECRET_KEY: EMULATOR_CREDENTIALS.secretKey,
    TENCENTCLOUD_LIVE_ENDPOINT: emulator.url,
    TENCENTCLOUD_METADATA_ENDPOINT: emulator.url,
    ...changes,
  });
  const print = async (...args: string[]) => {
    const here = terminal({ environment: environment(), clock: clockAt(() => now) });
    expect(await deliveries(["--stream", "stream", ...args], here)).to.equal(0);
    return here.printed.join("\n");
  };
  const list = async (...args: string[]) => JSON.parse(await print(...args, "--json")) as Listed;
  const events = async (...args: string[]) => (await list(...args)).deliveries.map(({ event }) => event);
  const requests = () =>
    emulator.callRecord().map(({ request: { StartTime, EndTime, ...rest } }) => {
      expect(Date.parse(`${EndTime}`) - Date.parse(`${StartTime}`)).to.be.at.most(DAY);
      return { from: StartTime, to: EndTime, ...rest };
    });

  it("prints the deliveries and the responses as a table", async () => {
    await start();
    hooks.response = { status: 503, body: "not\nnow" };
    await send();
    now += 60_000;
    hooks.response = { status: 200 };
    await emulator.deliverDue();
    await send({ event: "recordException" });
    expect(await print()).to.equal(`TIME                  EVENT            RESULT        RESPONDED             RESPONSE
2025-01-20T03:04:05Z  streamBegin      failed (503)  2025-01-20T03:04:05Z  status code:503, content=not now
2025-01-20T03:04:05Z  streamBegin      ok            2025-01-20T03:05:05Z  status code:200, content={"code":0}
2025-01-20T03:05:05Z  recordException  ok            2025-01-20T03:05:05Z  status code:200, content={"code":0}`);
  });

  it("prints the deliveries with their requests as JSON, for each text encoding of the record", async () => {
    for (const loggedText of ["encoded", "plain"] as const) {
      await start({ dialect: { loggedText } });
      hooks.response = { status: 200, body: "a+b&c=100%" };
      await send({ event: "record" });
      const { deliveries: found, ...query } = await list("--since", "30m");
      expect(query).to.deep.equal({
        stream: "stream",
        since: "2025-01-20T02:34:05.000Z",
        until: "2025-01-20T03:04:05.000Z",
      });
      expect(found, loggedText).to.deep.equal([
        {
          time: "2025-01-20T03:04:05Z",
          event: "record",
          eventType: 100,
          ok: true,
          resultCode: 0,
          answeredAt: "2025-01-20T03:04:05Z",
          request: `url=${hooks.url}/record, content=${JSON.stringify(hooks.bodies[0])}`,
          response: "status code:200, content=a+b&c=100%",
        },
      ]);
    }
  });

  it("reports an empty record and exits with 0", async () => {
    await start();
    expect(await print()).to.equal(
      'The cloud\'s record has no callback for the stream "stream" since 2025-01-20T02:04:05.000Z.',
    );
    expect(await print("--event", "record", "--failed")).to.include("no failed callback of record for the stream");
    expect(await events()).to.deep.equal([]);
  });

  it("filters by event and by failure", async () => {
    await start();
    await send();
    await send({ event: "audioAudit" });
    hooks.response = { status: 500 };
    await send({ event: "record" });
    expect(await events()).to.deep.equal(["streamBegin", "audioAudit", "record"]);
    expect(await events("--event", "streamBegin")).to.deep.equal(["streamBegin"]);
    expect(await events("--event", "audioAudit")).to.deep.equal(["audioAudit"]);
    expect(await events("--failed")).to.deep.equal(["record"]);
    // The API is documented to filter by four events only.
    expect(requests().map((request) => (request as { EventType?: number }).EventType)).to.deep.equal([
      ...[undefined, 1, undefined, undefined],
    ]);
  });

  it("requests at most one day per call, without gaps or duplicates", async () => {
    await start();
    now = NOW - 2 * DAY - HOUR;
    for (let hour = 0; hour < 50; hour++, now += HOUR) await send({ fields: { hour } });
    now = NOW;
    const { deliveries: found } = await list("--since", "3d");
    const hours = found.map(({ request }) => Number(/"hour":(\d+)/.exec(String(request))?.[1]));
    expect(hours).to.deep.equal(Array.from({ length: 50 }, (_, hour) => hour));
    expect(requests().map(({ from, to }) => [from, to])).to.deep.equal([
      ["2025-01-17T03:04:05Z", "2025-01-18T03:04:05Z"],
      ["2025-01-18T03:04:06Z", "2025-01-19T03:04:06Z"],
      ["2025-01-19T03:04:07Z", "2025-01-20T03:04:05Z"],
    ]);
  });

  it("reads up to 14 days back, and up to a given time", async () => {
    await start({ rateLimits: false });
    now = NOW - 13 * DAY;
    await send();
    now = NOW;
    await send({ event: "streamEnd" });
    expect(await events("--since", "14d")).to.deep.equal(["streamBegin", "streamEnd"]);
    // A minute less than 14 days, so that the query is still within the limit when it arrives.
    expect(requests()[0]).to.include({ from: "2025-01-06T03:05:05Z" });
    expect(await events("--since", "14d", "--until", "2025-01-19T00:00:00Z")).to.deep.equal(["streamBegin"]);
    expect(await events("--since", "2025-01-20T11:04:05+08:00")).to.deep.equal(["streamEnd"]);
  });

  it("reads all pages", async () => {
    await start({ rateLimits: false });
    await Promise.all(Array.from({ length: 205 }, (_, number) => send({ fields: { number } })));
    const { deliveries: found } = await list();
    const numbers = found.map(({ request }) => Number(/"number":(\d+)/.exec(String(request))?.[1]));
    expect(new Set(numbers)).to.have.property("size", 205);
    expect(requests().map((request) => (request as { PageNum?: number }).PageNum)).to.deep.equal([1, 2, 3]);
  });

  it("retries after throttling", async () => {
    await start();
    await send();
    emulator.addFault({ kind: "error", action: ACTION, code: "RequestLimitExceeded" });
    expect(await events()).to.deep.equal(["streamBegin"]);
  });

  it("runs as a command with the environment variables of the provider", async () => {
    await start({ clock: Date.now });
    await send();
    const { code, stdout, stderr } = await runCommand(["deliveries", "--stream", "stream"], environment());
    expect([code, stderr]).to.deep.equal([0, ""]);
    expect(stdout).to.match(/^TIME .*\n\S+Z {2}streamBegin {2}ok {6}\S+Z {2}status code:200, content=\{"code":0\}\n$/);
  });

  it("exits with 1 and a clear error without secrets if the API cannot be called", async () => {
    await start({ clock: Date.now });
    const args = ["deliveries", "--stream", "stream"];
    const secret = "NotTheSecretKey000";
    const [none, wrong, plain, closed] = await Promise.all([
      runCommand(args, environment({ TENCENTCLOUD_SECRET_ID: "", TENCENTCLOUD_SECRET_KEY: "" })),
      runCommand(args, environment({ TENCENTCLOUD_SECRET_KEY: secret })),
      runCommand(args, environment({ TENCENTCLOUD_LIVE_ENDPOINT: "http://live.example.com" })),
      runCommand(args, environment({ TENCENTCLOUD_SECRET_ID: "" })),
    ]);
    const prefix = "tencentcloud-live deliveries: ";
    for (const outcome of [none, wrong, plain, closed]) {
      expect(outcome).to.include({ code: 1, stdout: "" });
      expect(outcome.stderr)
        .to.match(/^[^\n]*\n$/)
        .and.include(prefix)
        .and.not.include(secret);
    }
    expect(none.stderr)
      .to.match(
        /deliveries: no credentials were found in the environment \(TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY/,
      )
      .and.contain(`the role of this instance (${emulator.url} responded with HTTP status 404). Set one of them`)
      .and.contain("(code=Provider.CredentialsNotFound action=none requestId=none retryable=false)");
    expect(wrong.stderr).to.match(/credentials from the environment.*\(code=AuthFailure\.SignatureFailure action=Desc/);
    expect(plain.stderr).to.include("TENCENTCLOUD_LIVE_ENDPOINT must be an https: URL");
    expect(closed.stderr).to.include("TENCENTCLOUD_SECRET_KEY is set, but TENCENTCLOUD_SECRET_ID is not");
  });

  it("shows its environment variable if the endpoint does not respond like the API", async () => {
    await start({ clock: Date.now });
    emulator.addFault({ kind: "status", status: 404 });
    const { stderr } = await runCommand(["deliveries", "--stream", "stream"], environment());
    expect(stderr).to.include("Check TENCENTCLOUD_LIVE_ENDPOINT").and.not.include("tencentcloud-live:");
  });

  it("rejects an invalid command line without an API call", async () => {
    await start();
    const wrong: [args: string[], told: string][] = [
      [[], "--stream is missing"],
      [["--stream", ""], "--stream is missing"],
      [
        ["--stream", "s", "--since", "1w"],
        '--since takes 90s, 30m, 12h, 14d or a time like 2025-01-02T03:04:05Z; got "1w"',
      ],
      [["--stream", "s", "--since", "2025-01-20"], "--since takes"],
      [["--stream", "s", "--since", "15d"], "--since must be at most 14 days ago"],
      [["--stream", "s", "--since", "1h", "--until", "2h"], "--since must be before --until"],
      [["--stream", "s", "--event", "begin"], "--event must be one of streamBegin"],
      [["--stream", "s", "more"], "there are too many arguments"],
    ];
    for (const [args, told] of wrong) {
      const here = terminal({ environment: environment(), clock: clockAt(() => now) });
      const error = await deliveries(args, here).catch((reason: Error) => reason);
      expect(error, args.join(" ")).to.be.instanceOf(UsageError);
      expect((error as Error).message).to.include(told);
    }
    expect(emulator.calls()).to.deep.equal({});
  });
});
