import type { RequestListener } from "node:http";
import { connect, type Socket } from "node:net";
import { inspect } from "node:util";
import { expect } from "chai";
import { CallbackError, createCallbackHandler, toNodeHandler } from "../../../receiver";
import { deferred, eventOf, KEY, ManualTimer, receiver, SENT, signed, withServer } from "../../support/receiver";
import * as samples from "../../support/receiverSamples";

/** Opens a connection that sends raw text, and collects the response. */
function connected(url: string, bytes: string): { socket: Socket; received: () => string; closed: Promise<void> } {
  const socket = connect(Number(new URL(url).port), "127.0.0.1").setEncoding("latin1");
  let text = "";
  socket.on("data", (chunk) => (text += chunk));
  // The server may close the connection before everything is sent.
  socket.on("error", () => {});
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  socket.write(bytes);
  return { socket, received: () => text, closed };
}

const head = (length: number): string => `POST /live HTTP/1.1\r\nhost: a\r\ncontent-length: ${length}\r\n\r\n`;

describe("a slow sender", () => {
  it("gets 408 if its body does not arrive in time, and its connection is closed", async () => {
    const clock = new ManualTimer();
    const { handler, reported } = receiver({ timer: clock.timer });
    const node = toNodeHandler(handler);
    const arrived = deferred();
    const listener: RequestListener = (request, response) => {
      request.once("data", arrived.resolve);
      return node(request, response);
    };
    await withServer(listener, async (url) => {
      const { closed, received } = connected(url, `${head(1000)}{"event_type":1,`);
      await arrived.promise;
      clock.expire();
      await closed;
      expect(received())
        .to.match(/^HTTP\/1.1 408 .*\r\nconnection: close\r\n/is)
        .and.contain('{"code":"body_timeout","message":');
    });
    expect([reported, clock.waiting]).to.deep.equal([["body_timeout"], []]);
  });

  it("leaves no timer behind if its body arrives in time or breaks off", async () => {
    const clock = new ManualTimer();
    const { handler } = receiver({ timer: clock.timer });
    async function* body(fails: boolean): AsyncGenerator<Uint8Array> {
      yield Buffer.from(eventOf("1"));
      if (fails) throw new Error("connection reset");
    }
    expect((await handler.receive(body(false))).status).to.equal(200);
    expect((await handler.receive(body(true))).status).to.equal(500);
    expect(clock.waiting).to.deep.equal([]);
  });

  it("does not delay other senders", async () => {
    const { handler } = receiver();
    await withServer(toNodeHandler(handler), async (url) => {
      const slow = Array.from({ length: 50 }, () => connected(url, `${head(1000)}{`));
      const statuses = Array.from({ length: 50 }, async (_, index) => {
        return (await fetch(url, { method: "POST", body: eventOf(String(index)) })).status;
      });
      expect(new Set(await Promise.all(statuses))).to.deep.equal(new Set([200]));
      for (const { socket } of slow) socket.destroy();
    });
  });
});

describe("an endless sender", () => {
  it("is disconnected before its body has ended", async () => {
    const { handler, reported } = receiver();
    await withServer(toNodeHandler(handler), async (url) => {
      const { socket, closed, received } = connected(url, head(10_000_000_000));
      const chunk = Buffer.alloc(1024 * 1024, "x");
      const sendMore = (): void => {
        while (socket.writable && socket.write(chunk));
      };
      socket.on("drain", sendMore);
      sendMore();
      await closed;
      // A client that is still sending when the connection is closed may lose the response.
      expect(received()).to.match(/^(HTTP\/1.1 413 |$)/);
      expect(reported).to.deep.equal(["body_too_large"]);
    });
  });
});

describe("a message with very many errors", () => {
  it("is rejected with a short reason", async () => {
    const abnormal_event = Array(100_000).fill(0);
    const { handler } = receiver();
    const { status, body } = await handler.receive(signed({ ...samples.pushException, abnormal_event }));
    expect([status, JSON.parse(body)]).to.deep.equal([
      400,
      { code: "invalid_event", message: "The pushException event (321) lacks abnormalEvent." },
    ]);
  });
});

describe("a response that was already sent", () => {
  it("is not changed, and does not crash the process", async () => {
    const { handler } = receiver();
    const node = toNodeHandler(handler);
    let outcome: unknown;
    await withServer(
      (request, response) => {
        outcome = node(request, response).catch((error) => error);
        response.writeHead(503).end();
      },
      async (url) => expect((await fetch(url, { method: "POST", body: eventOf("1") })).status).to.equal(503),
    );
    expect(await outcome).to.equal(undefined);
  });
});

describe("a logged error", () => {
  it("shows the id of the event, but not the event, which may contain the push secret", async () => {
    const secret = "txSecret=0123456789abcdef";
    const errors: CallbackError[] = [];
    const handler = createCallbackHandler({
      key: KEY,
      clock: () => SENT,
      onEvent: () => Promise.reject(new Error("failed")),
      onError: (error) => errors.push(error),
    });
    await handler.receive(signed({ ...samples.streamBegin, stream_param: secret }));
    await handler.receive(`{"stream_param":"${secret}"`);
    expect(errors.map(({ code }) => code)).to.deep.equal(["handler_failed", "invalid_json"]);
    expect(errors[0]?.event?.payload).to.include({ stream_param: secret });
    for (const error of errors) expect(inspect(error, { depth: 9 }) + JSON.stringify(error)).not.to.contain("txSecret");
    expect(inspect(errors[0])).to.contain("1:2210464508206756938").and.contain("Error: failed");
  });
});

describe("a callback key with white space at its start or end", () => {
  it("is rejected at construction, because every message would be rejected later", () => {
    for (const key of [`${KEY}\n`, ` ${KEY}`, [KEY, "older\r\n"]]) {
      expect(() => createCallbackHandler({ key }))
        .to.throw(CallbackError, "white space")
        .with.property("code", "invalid_configuration");
    }
  });
});

describe("a burst of messages", () => {
  it("is handled over HTTP, each event once", async () => {
    const handled: string[] = [];
    const { handler } = receiver({
      onEvent: async (event) => {
        await new Promise(setImmediate);
        handled.push(event.id);
      },
    });
    await withServer(toNodeHandler(handler), async (url) => {
      const sequences = Array.from({ length: 1000 }, (_, index) => String(index % 250));
      const responses = sequences.map((sequence) => fetch(url, { method: "POST", body: eventOf(sequence) }));
      const statuses = (await Promise.all(responses)).map(({ status }) => status);
      expect(new Set(statuses)).to.deep.equal(new Set([200]));
    });
    expect(handled).to.have.length(250);
    expect(new Set(handled)).to.have.property("size", 250);
  });
});
