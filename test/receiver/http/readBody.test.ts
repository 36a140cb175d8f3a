import { Readable } from "node:stream";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { expect } from "chai";
import { toNodeHandler } from "../../../receiver";
import { deferred, eventOf, ManualTimer, receiver, signed, withServer } from "../../support/receiver";
import { streamBegin } from "../../support/receiverSamples";

const BODY = JSON.stringify(signed({ ...streamBegin, stream_id: "直播间🎥" }));
const BYTES = new TextEncoder().encode(BODY);
const GZIP = gzipSync(BODY);

async function* chunks<T>(...all: T[]): AsyncGenerator<T> {
  yield* all;
}

/** Returns the status for a body, the code of the response, and the streams that were handled. */
async function outcome(body: unknown, bodyLimit = 1_000, encoding?: string): Promise<unknown[]> {
  const streams: unknown[] = [];
  const { handler } = receiver({ bodyLimit, onEvent: (event) => streams.push(event.streamId) });
  const response = await handler.receive(body, "POST", encoding);
  return [response.status, JSON.parse(response.body).code, ...streams];
}

const ACCEPTED = [200, 0, "直播间🎥"];

/** As after `setEncoding("utf8")`: the stream yields text. */
const DECODED = { objectMode: false, encoding: "utf8" } as const;

describe("a body", () => {
  const offset = new Uint8Array([0, ...BYTES, 0]);
  const forms: Record<string, () => unknown> = {
    text: () => BODY,
    "a Buffer": () => Buffer.from(BODY),
    "an ArrayBuffer": () => BYTES.buffer,
    "a part of a buffer": () => offset.subarray(1, -1),
    "a DataView": () => new DataView(offset.buffer, 1, BYTES.byteLength),
    "a Blob": () => new Blob([BYTES]),
    "a File": () => new File([BYTES], "message.json"),
    "a ReadableStream": () => new Blob([BYTES]).stream(),
    "a stream of Node": () => Readable.from([Buffer.from(BODY)]),
    "a stream of Node that yields text": () => Readable.from([Buffer.from(BODY)], DECODED),
    "a stream of ArrayBuffers": () => chunks(BYTES.slice(0, 9).buffer, BYTES.slice(9).buffer),
    "a stream of text, split within a character": () => chunks(...BODY.split("")),
    "a stream of text and bytes": () => chunks<unknown>(BODY.slice(0, 9), BYTES.subarray(9)),
    "an object": () => JSON.parse(BODY),
  };
  for (const [form, body] of Object.entries(forms)) {
    it(`is read from ${form}`, async () => {
      expect(await outcome(body())).to.deep.equal(ACCEPTED);
    });
  }

  it("is read with a byte-order mark", async () => {
    const marked = `\uFEFF${BODY}`;
    for (const body of [marked, Buffer.from(marked), chunks(marked), chunks(Buffer.from(marked)), new Blob([marked])])
      expect(await outcome(body)).to.deep.equal(ACCEPTED);
  });

  it("is read up to the limit if a middleware has set a character encoding", async () => {
    const { handler } = receiver({ bodyLimit: 600 });
    const node = toNodeHandler(handler);
    await withServer(
      (request, response) => void node(request.setEncoding("utf8"), response),
      async (url) => {
        expect((await fetch(url, { method: "POST", body: BODY })).status).to.equal(200);
        expect((await fetch(url, { method: "POST", body: eventOf("直".repeat(150)) })).status).to.equal(413);
      },
    );
  });
});

describe("a body over the limit", () => {
  it("gets 413, whatever its chunks are", async () => {
    const long = "x".repeat(2_000);
    for (const body of [chunks(long), chunks(...long.split("")), new Blob([long]), chunks(Buffer.from(long))])
      expect(await outcome(body)).to.deep.equal([413, "body_too_large"]);
  });

  it("cannot bypass the limit with chunks that have no size", async () => {
    for (const chunk of [{ length: 5_000 }, 7, null, [BYTES]])
      expect(await outcome(chunks<unknown>(chunk, BODY))).to.deep.equal([500, "body_unavailable"]);
  });
});

describe("a body that is compressed with gzip", () => {
  it("is decoded in any form, with and without the header", async () => {
    const forms = () => [GZIP, new Blob([GZIP]), chunks(GZIP), chunks(GZIP.subarray(0, 1), GZIP.subarray(1))];
    for (const encoding of ["gzip", "x-gzip", "GZIP", undefined]) {
      for (const body of forms()) expect(await outcome(body, 1_000, encoding)).to.deep.equal(ACCEPTED);
    }
    const { handler } = receiver();
    await withServer(toNodeHandler(handler), async (url) => {
      const init = { method: "POST", body: GZIP, headers: { "content-encoding": "gzip" } };
      expect((await fetch(url, init)).status).to.equal(200);
      expect((await handler(new Request(url, init))).status).to.equal(200);
    });
  });

  it("may have been decoded by a proxy that kept the header", async () => {
    for (const body of [BODY, chunks(BYTES), JSON.parse(BODY)])
      expect(await outcome(body, 1_000, "gzip")).to.deep.equal(ACCEPTED);
  });

  it("gets 413 if it is small, but over the limit after decoding", async () => {
    const bomb = gzipSync(Buffer.alloc(32 * 1024 * 1024, " "));
    for (const body of [bomb, chunks(bomb)])
      expect(await outcome(body, 1024 * 1024)).to.deep.equal([413, "body_too_large"]);
    expect(await outcome(gzipSync(BODY.padEnd(1_000 - 12)), 1_000)).to.deep.equal(ACCEPTED);
    expect(await outcome(gzipSync(BODY.padEnd(1_001)), 1_000)).to.deep.equal([413, "body_too_large"]);
  });

  it("gets 400 if it is truncated or damaged", async () => {
    const damaged = Buffer.from(GZIP);
    damaged.fill(0xff, 20, 40);
    for (const body of [GZIP.subarray(0, -12), damaged, GZIP.subarray(0, 2)])
      expect(await outcome(body)).to.deep.equal([400, "invalid_encoding"]);
  });

  it("gets 408 if it does not arrive in time", async () => {
    const clock = new ManualTimer();
    const never = deferred();
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield GZIP.subarray(0, 10);
      await never.promise;
    }
    const response = receiver({ timer: clock.timer }).handler.receive(slow());
    await clock.pass(15_000);
    expect((await response).status).to.equal(408);
    expect(clock.waiting).to.deep.equal([]);
  });

  it("gets 400 with the reason if it was read as text", async () => {
    const { handler } = receiver();
    const response = await handler.receive(GZIP.toString("utf8"));
    expect([response.status, JSON.parse(response.body).message]).to.deep.equal([
      ...[400, "The body is not valid JSON: it is compressed, but was read as text."],
    ]);
  });

  it("is not decoded beyond the limit, so that later damage is not detected", async () => {
    const bomb = gzipSync(Buffer.alloc(32 * 1024 * 1024, " "));
    expect(await outcome(bomb.subarray(0, -12), 1024 * 1024)).to.deep.equal([413, "body_too_large"]);
  });
});

describe("a body in another encoding", () => {
  it("gets 415 with the name of the encoding", async () => {
    const brotli = brotliCompressSync(BODY);
    const { handler } = receiver();
    await withServer(toNodeHandler(handler), async (url) => {
      for (const encoding of ["br", "deflate", "gzip, br"]) {
        const init = { method: "POST", body: brotli, headers: { "content-encoding": encoding } };
        for (const response of [await fetch(url, init), await handler(new Request(url, init))]) {
          expect([response.status, await response.json()]).to.deep.equal([
            415,
            {
              code: "unsupported_encoding",
              message: `The body is encoded as "${encoding}"; only gzip is decoded.`,
            },
          ]);
        }
      }
    });
    expect(await outcome(brotli, 1_000, "br")).to.deep.equal([415, "unsupported_encoding"]);
  });

  it("is accepted if a framework has decoded it", async () => {
    for (const body of [BODY, BYTES, JSON.parse(BODY)])
      expect(await outcome(body, 1_000, "br")).to.deep.equal(ACCEPTED);
  });

  it("is rejected by its header if it is a stream, even if it begins like text", async () => {
    expect(await outcome(chunks(BYTES), 1_000, "br")).to.deep.equal([415, "unsupported_encoding"]);
  });

  it("is not assumed if the header is empty, identity, or gzip in another spelling", async () => {
    for (const encoding of ["", "identity", " GZIP "])
      expect(await outcome(chunks(BYTES), 1_000, encoding), encoding).to.deep.equal(ACCEPTED);
  });
});
