import type { RequestListener } from "node:http";
import { expect } from "chai";
import { CallbackError, type CallbackHandler, createCallbackHandler, toNodeHandler } from "../../../receiver";
import { eventOf, KEY, post, receiver, SENT, SIGN, signed, T, withServer } from "../../support/receiver";
import { streamBegin } from "../../support/receiverSamples";

const BODY = JSON.stringify(signed());

/** Serves a handler over HTTP that records the streams of its events. */
async function served(test: (url: string, streams: unknown[], reported: string[]) => Promise<void>): Promise<void> {
  const streams: unknown[] = [];
  const { handler, reported } = receiver({ bodyLimit: 1000, onEvent: (event) => streams.push(event.streamId) });
  await withServer(toNodeHandler(handler), (url) => test(url, streams, reported));
}

describe("a callback handler over HTTP", () => {
  it("passes a signed event to its handler and responds with 200 and code 0", () =>
    served(async (url, streams) => {
      expect(await post(url, BODY)).to.deep.equal([200, { code: 0 }]);
      expect(streams).to.deep.equal(["test_stream"]);
    }));

  it("accepts any content type", () =>
    served(async (url, streams) => {
      for (const type of ["text/plain", "application/x-www-form-urlencoded", ""]) {
        const [status] = await post(url, eventOf(`sequence ${type}`), { "content-type": type });
        expect(status).to.equal(200);
      }
      expect(streams).to.have.length(3);
    }));

  it("responds with 200 to an event of an unknown type", () =>
    served(async (url, streams) => {
      expect(await post(url, JSON.stringify(signed({ event_type: 347 })))).to.deep.equal([200, { code: 0 }]);
      expect(streams).to.deep.equal([undefined]);
    }));

  it("reads non-ASCII text", () =>
    served(async (url, streams) => {
      await post(url, JSON.stringify(signed({ ...streamBegin, stream_id: "直播间🎥" })));
      expect(streams).to.deep.equal(["直播间🎥"]);
    }));

  it("responds with 405 to anything but a POST", () =>
    served(async (url, streams) => {
      const response = await fetch(url);
      expect([response.status, response.headers.get("allow")]).to.deep.equal([405, "POST"]);
      expect(await response.json()).to.deep.equal({
        code: "method_not_allowed",
        message: "Callbacks must be sent with POST.",
      });
      expect(streams).to.deep.equal([]);
    }));

  it("responds with 400 to a body that is not JSON or not an event", () =>
    served(async (url, streams) => {
      const empty = { code: "invalid_json", message: "The body is empty." };
      expect(await post(url, "")).to.deep.equal([400, empty]);
      expect(await post(url, BODY.slice(1))).to.deep.equal([
        400,
        { code: "invalid_json", message: "The body is not valid JSON." },
      ]);
      const [status, { code }] = await post(url, JSON.stringify(signed({ event_type: 1 })));
      expect([status, code]).to.deep.equal([400, "invalid_event"]);
      expect(streams).to.deep.equal([]);
    }));

  it("responds with 403 and the reason to a missing, wrong, expired or too new signature", async () => {
    let now = SENT;
    const { handler, reported } = receiver({ clock: () => now, onEvent: () => expect.fail("was handled") });
    await withServer(toNodeHandler(handler), async (url) => {
      expect(await post(url, JSON.stringify({ ...streamBegin, t: undefined, sign: undefined }))).to.deep.equal([
        403,
        { code: "missing_signature", message: "The message is not signed: it has no t and no sign." },
      ]);
      expect(await post(url, JSON.stringify({ ...signed(), sign: `b${SIGN.slice(1)}` }))).to.deep.equal([
        403,
        {
          code: "invalid_signature",
          message: "The signature does not match. Is this the template's callback key?",
        },
      ]);
      now = (T + 700) * 1000;
      expect(await post(url, BODY)).to.deep.equal([
        403,
        { code: "signature_expired", message: "The signature expired 700 s ago; 600 s are allowed." },
      ]);
      now = (T - 2000) * 1000;
      const [status, { code }] = await post(url, BODY);
      expect([status, code]).to.deep.equal([403, "signature_too_new"]);
    });
    expect(reported).to.deep.equal([
      "missing_signature",
      "invalid_signature",
      "signature_expired",
      "signature_too_new",
    ]);
  });

  it("responds with 413 to a body over the limit, and accepts a body of exactly the limit", () =>
    served(async (url, streams) => {
      const large = { code: "body_too_large", message: "The body is larger than 1000 bytes." };
      expect(await post(url, BODY.padEnd(1001))).to.deep.equal([413, large]);
      expect(await post(url, "x".repeat(4 * 1024 * 1024))).to.deep.equal([413, large]);
      expect(streams).to.deep.equal([]);
      expect(await post(url, BODY.padEnd(1000))).to.deep.equal([200, { code: 0 }]);
    }));

  it("counts bytes, not characters, towards the limit", () =>
    served(async (url) => {
      const [status] = await post(url, JSON.stringify(signed({ ...streamBegin, stream_id: "直".repeat(300) })));
      expect(status).to.equal(413);
    }));

  it("sends the length of its response in bytes", async () => {
    const body = '{"code":"直播"}';
    const handler = Object.assign(() => expect.fail(), {
      receive: async () => ({ status: 200, headers: {}, body }),
    }) as unknown as CallbackHandler;
    await withServer(toNodeHandler(handler), async (url) => {
      const response = await fetch(url, { method: "POST" });
      expect(response.headers.get("content-length")).to.equal("17");
      expect(await response.text()).to.equal(body);
    });
  });

  it("lists the allowed method in no other response than 405", async () => {
    const { handler } = receiver();
    const responses = await Promise.all([handler.receive(BODY, "PUT"), handler.receive(""), handler.receive(BODY)]);
    expect(responses.map(({ status, headers }) => [status, headers["allow"]])).to.deep.equal([
      [405, "POST"],
      [400, undefined],
      [200, undefined],
    ]);
  });
});

describe("a callback handler behind a framework", () => {
  /** Runs a middleware before the handler, like a framework. */
  const behind =
    (
      handler: CallbackHandler,
      before: (request: Parameters<RequestListener>[0]) => Promise<unknown>,
    ): RequestListener =>
    (request, response) =>
      void before(request).then((body) => toNodeHandler(handler)(Object.assign(request, { body }), response));

  async function read(request: AsyncIterable<Uint8Array>): Promise<string> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  }

  it("accepts a body that was parsed, or read as text or bytes", async () => {
    for (const convert of [JSON.parse, String, Buffer.from] as ((text: string) => unknown)[]) {
      const { handler } = receiver();
      await withServer(
        behind(handler, async (request) => convert(await read(request))),
        async (url) => expect(await post(url, BODY)).to.deep.equal([200, { code: 0 }]),
      );
    }
  });

  it("reads the body itself if a middleware has set an empty body without reading", async () => {
    await withServer(
      behind(receiver().handler, async () => ({})),
      async (url) => expect(await post(url, BODY)).to.deep.equal([200, { code: 0 }]),
    );
  });

  it("responds with 500, so that the event comes again, if the body was read and not kept", async () => {
    const { handler, reported } = receiver();
    await withServer(
      behind(handler, async (request) => void (await read(request))),
      async (url) => expect((await post(url, BODY))[0]).to.equal(500),
    );
    expect(reported).to.deep.equal(["body_unavailable"]);
  });

  it("responds with 400 to a null body, which a parser returns for the text null", async () => {
    expect((await receiver().handler.receive(null)).status).to.equal(400);
  });
});

describe("a callback handler as a web-standard function", () => {
  const request = (init: RequestInit) => new Request("https://hooks.example.com/live", { method: "POST", ...init });

  it("responds to a Request with a Response", async () => {
    const streams: unknown[] = [];
    const { handler } = receiver({ onStreamBegin: (event) => streams.push(event.streamId) });
    const response = await handler(request({ body: BODY }));
    expect([response.status, await response.text()]).to.deep.equal([200, '{"code":0}']);
    expect(response.headers.get("content-type")).to.equal("application/json");
    expect(streams).to.deep.equal(["test_stream"]);
  });

  it("responds with 400 to no body, 405 to a GET, 413 over the limit, 500 if the body was already read", async () => {
    const { handler } = receiver({ bodyLimit: 10 });
    const read = request({ body: BODY });
    await read.text();
    const requests = [request({}), request({ method: "GET" }), request({ body: BODY }), read];
    const responses = await Promise.all(requests.map(handler));
    expect(responses.map(({ status }) => status)).to.deep.equal([400, 405, 413, 500]);
  });
});

describe("a streamed body", () => {
  async function* chunked(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    for (const byte of bytes) yield Uint8Array.of(byte);
  }

  it("may be split anywhere, even within a character", async () => {
    const streams: unknown[] = [];
    const { handler } = receiver({ onEvent: (event) => streams.push(event.streamId) });
    const body = Buffer.from(JSON.stringify(signed({ ...streamBegin, stream_id: "直播间🎥" })));
    expect((await handler.receive(chunked(body))).status).to.equal(200);
    expect(streams).to.deep.equal(["直播间🎥"]);
  });

  it("is abandoned if it never ends, and gets 413", async () => {
    let sent = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (; ; sent += 65536) yield new Uint8Array(65536);
    }
    expect((await receiver().handler.receive(endless())).status).to.equal(413);
    expect(sent).to.be.within(1024 * 1024, 10 * 1024 * 1024);
  });

  it("gets 500 if it breaks off", async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(BODY.slice(0, 20));
      throw new Error("connection reset");
    }
    const { handler, reported } = receiver();
    expect((await handler.receive(broken())).status).to.equal(500);
    expect(reported).to.deep.equal(["body_unavailable"]);
  });

  it("is reported with the error of the stream as the cause if it breaks off", async () => {
    const errors: CallbackError[] = [];
    const { handler } = receiver({ onError: (error) => errors.push(error) });
    const reset = new Error("connection reset");
    await handler.receive(new ReadableStream({ pull: (controller) => controller.error(reset) }));
    expect(errors.map(({ cause }) => cause)).to.deep.equal([reset]);
  });
});

describe("the options of a callback handler", () => {
  it("are rejected at construction if they are invalid", () => {
    const wrong = [
      {},
      { key: "" },
      { key: [] },
      { key: KEY, timeoutMs: Number.NaN },
      { key: KEY, timeoutMs: 2 ** 31 },
      { key: KEY, bodyLimit: 0 },
      { key: KEY, leewaySeconds: -1 },
    ];
    for (const options of wrong) {
      expect(() => createCallbackHandler(options), JSON.stringify(options))
        .to.throw(CallbackError)
        .with.property("code", "invalid_configuration");
    }
  });

  it("may allow unsigned messages, without a key", async () => {
    const handler = createCallbackHandler({ allowUnsigned: true });
    expect((await handler.receive({ event_type: 347 })).status).to.equal(200);
  });

  it("are named in the error if they are numbers out of range", () => {
    for (const name of ["timeoutMs", "bodyLimit"])
      expect(() => createCallbackHandler({ key: KEY, [name]: 0 })).to.throw(CallbackError, name);
  });

  it("may have a timeoutMs of up to 2^31 - 1, the longest delay of a JavaScript timer", () => {
    expect(() => createCallbackHandler({ key: KEY, timeoutMs: 2 ** 31 - 1 })).to.not.throw();
  });
});
