import { expect } from "chai";
import fc from "fast-check";
import { startEmulator } from "../../../emulator";
import { actions } from "../../../provider/api/contract/live";
import { exchange, onWire, signed } from "../../support/api/wire";
import { call, useEmulator } from "../../support/emulatorClient";

const NAMES = Object.keys(actions);
/** Set `FUZZ_EFFORT=100` for a long run. A failure contains the seed that reproduces it. */
const EFFORT = Number(process.env["FUZZ_EFFORT"] ?? 1);

const token = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,12}$/);
const headerValue = fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)) });
const method = fc.oneof(fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"), token);
const text = fc.string({ unit: "binary" });
const json = fc.oneof(
  fc.json(),
  fc.jsonValue({ maxDepth: 6 }).map((value) => JSON.stringify(value)),
  text,
  fc.constantFrom("{", '{"a":1e999}', "[".repeat(50_000), '{"__proto__":{"polluted":1}}', '{"constructor":{}}', "null"),
);
/** Known members with any values. */
const nearMiss = fc
  .dictionary(
    fc.constantFrom(
      ...["TemplateId", "TemplateName", "DomainName", "AppName", "CallbackKey", "Description", "RecordExceptionLevels"],
      ...["StreamBeginNotifyUrl", "PageNum", "PageSize", "DomainType", "DomainPrefix", "calls", "__proto__"],
    ),
    fc.oneof(
      fc.jsonValue(),
      text,
      fc.integer(),
      fc.constantFrom("https://a.example.com/", "a.example.com", [], ["info"]),
    ),
  )
  .map((value) => JSON.stringify(value));

describe("the emulator with arbitrary input", function () {
  this.timeout(60_000 * EFFORT);

  const emulator = useEmulator({ rateLimits: false });
  let reported: string[];
  const { error } = console;
  beforeEach(() => {
    reported = [];
    console.error = (line: string) => reported.push(line);
  });
  afterEach(() => {
    console.error = error;
  });

  /**
   * Checks that the emulator responds to each request or closes its connection, reports no bug, and keeps
   * running.
   */
  async function survives(requests: fc.Arbitrary<Uint8Array>, runs: number, never = /(?!)/): Promise<void> {
    await fc.assert(
      fc.asyncProperty(requests, async (bytes) => {
        const response = await exchange(emulator.port, bytes);
        expect(response).to.match(/^(?:$|HTTP\/1\.1 [1-4]\d\d )/);
        expect(response).to.not.match(never);
        expect(reported).to.deep.equal([]);
      }),
      { numRuns: runs * EFFORT, endOnFailure: true },
    );
    emulator.clearFaults();
    const { Error: rejection } = await call(emulator, "DescribeLiveCallbackTemplates");
    expect(rejection).to.equal(undefined);
    expect(({} as Record<string, unknown>)["polluted"]).to.equal(undefined);
  }

  it("K1: survives bytes that are not HTTP", async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 2_000 }),
      fc
        .tuple(
          fc.constantFrom("GET / HTTP/1.1\r\n", "POST / HTTP/9.9\r\n", "\r\n\r\n", "\u0016\u0003\u0001"),
          fc.uint8Array(),
        )
        .map(([start, rest]) => Buffer.concat([Buffer.from(start), rest])),
    );
    await survives(bytes, 200);
  });

  it("K1: survives any method, path, header and body", async () => {
    const path = fc
      .oneof(fc.webPath(), fc.constantFrom("/", "//", "/?", "*", "http://[", "/_emulator/%", "/_emulator//.."))
      .filter((one) => one !== "");
    const headers = fc.dictionary(
      fc.oneof(
        token,
        fc.constantFrom(
          "authorization",
          "x-tc-action",
          "x-tc-timestamp",
          "content-type",
          "host",
          "origin",
          "content-length",
          "transfer-encoding",
          "expect",
        ),
      ),
      headerValue,
      { maxKeys: 6 },
    );
    const requests = fc.tuple(method, path, headers, fc.uint8Array({ maxLength: 200 }));
    await survives(
      requests.map(([verb, where, head, body]) => onWire(verb, where, head, body)),
      300,
    );
  });

  it("K1: survives signed calls of every action with any body", async () => {
    const requests = fc.tuple(fc.constantFrom(...NAMES), fc.oneof(json, nearMiss));
    await survives(
      requests.map(([action, body]) => signed(action, body)),
      400,
      /AuthFailure/,
    );
  });

  it("K1: survives any request to its control API", async () => {
    const controls = [
      "state",
      "calls?record",
      "reset",
      "faults",
      "templates",
      "templates/1",
      "templates/x",
      "rules",
      "",
      "toString",
    ];
    // Without the kinds status and latency, which can request status 500 and a wait of a month.
    const fault = fc.record(
      {
        kind: fc.constantFrom("error", "reset", "resetMidBody", "truncated", "contentType", "stale", "nonsense"),
        action: fc.oneof(fc.constantFrom(...NAMES), text),
        ...{ times: fc.jsonValue(), skip: fc.jsonValue(), applied: fc.jsonValue(), writes: fc.jsonValue(), code: text },
        contentType: fc.oneof(fc.constant("text/plain"), text),
      },
      { requiredKeys: ["kind"] },
    );
    const body = fc.oneof(
      json,
      nearMiss,
      fault.map((value) => JSON.stringify(value)),
    );
    const requests = fc.tuple(
      fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE"),
      fc.constantFrom(...controls),
      body,
    );
    await survives(
      requests.map(([verb, control, sent]) => onWire(verb, `/_emulator/${control}`, {}, sent)),
      400,
    );
  });

  it("K1: survives calls that meet injected faults", async () => {
    const faults = fc.array(fc.record({ kind: fc.constantFrom("reset", "resetMidBody", "truncated", "contentType") }), {
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(faults, fc.constantFrom(...NAMES), async (all, action) => {
        for (const fault of all) emulator.addFault(fault as { kind: "reset" });
        for (let i = 0; i <= all.length; i++) await exchange(emulator.port, signed(action, "{}"));
        expect(reported).to.deep.equal([]);
      }),
      { numRuns: 50 * EFFORT, endOnFailure: true },
    );
  });
});

describe("the emulator", () => {
  const emulator = useEmulator();

  it("K1: rejects a body of more than 10 MB, and keeps running", async () => {
    const mega = Buffer.alloc(1024 * 1024, " ");
    const body = Buffer.concat(Array.from({ length: 11 }, () => mega));
    expect(await exchange(emulator.port, onWire("POST", "/", { "x-tc-action": "X" }, body))).to.contain(
      "RequestSizeLimitExceeded",
    );
    expect(await exchange(emulator.port, onWire("PUT", "/_emulator/rules", {}, body))).to.contain("larger than 10 MB");
    expect(await exchange(emulator.port, onWire("GET", "/_emulator/state", {}, ""))).to.contain('"templates":[]');
  });

  it("K1: listens on loopback only, and rejects any other host", async () => {
    expect(new URL(emulator.url).hostname).to.equal("127.0.0.1");
    for (const host of ["0.0.0.0", "::", "", "192.0.2.1", "example.com", "127.0.0.1.example.com"]) {
      const outcome = await startEmulator({ host }).then(
        async (started) => started.close().then(() => "it listens"),
        (failure: Error) => failure.message,
      );
      expect(outcome, host).to.contain("listens on loopback only");
    }
  });

  it("K1: rejects control requests of a web page and under another host name", async () => {
    const foreign: Record<string, string>[] = [
      { origin: "https://evil.example.com" },
      { host: "evil.example.com" },
      { host: "" },
    ];
    for (const headers of foreign) {
      const response = await exchange(emulator.port, onWire("GET", "/_emulator/state", headers, ""));
      expect(response)
        .to.match(/^HTTP\/1\.1 40[03] /)
        .and.not.contain("templates");
    }
  });
});
