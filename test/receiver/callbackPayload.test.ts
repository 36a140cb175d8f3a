import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { CallbackError, parseCallback, verifyCallback } from "../../receiver";
import { eventOf, KEY, receiver } from "../support/receiver";

const TEXT = eventOf("1");

/** Returns the reason why a value is rejected as a message. */
function rejection(body: unknown): string {
  const read = [() => parseCallback(body as string), () => verifyCallback(body as string, { key: KEY })];
  const rejections = read.map((run) => {
    try {
      run();
      return "accepted";
    } catch (error) {
      return error instanceof CallbackError ? `${error.code}: ${error.message}` : String(error);
    }
  });
  expect(rejections[0]).to.equal(rejections[1]);
  return rejections[0] ?? "";
}

describe("a message that a parser or a gateway has transformed", () => {
  const form = "body_unavailable: A form parser has already parsed the body.";
  const gateway = "body_unavailable: The message is wrapped in an API gateway event. Pass its body,";

  it("is rejected with the reason if a form parser has read it", () => {
    const pieces = Object.fromEntries(new URLSearchParams(TEXT.replace("stream_param=test", "a=1&b=2")));
    for (const body of [{ [TEXT]: "" }, { [` ${TEXT}`]: "" }, pieces])
      expect(rejection(body)).to.match(new RegExp(form));
  });

  it("is rejected with the reason if an API gateway has wrapped it", () => {
    for (const body of [
      { httpMethod: "POST", body: TEXT, isBase64Encoded: false },
      { requestContext: {}, headers: {}, body: TEXT },
      { isBase64Encoded: true, body: btoa(TEXT) },
    ]) {
      expect(rejection(body)).to.match(new RegExp(gateway));
    }
    expect(rejection(btoa(TEXT))).to.equal(
      "invalid_json: The body is not valid JSON: it is base64, as sent by API gateways; decode it first.",
    );
  });

  it("is rejected with its class if it is an object of the platform", () => {
    for (const body of [new FormData(), new URLSearchParams(TEXT), new Request("http://a.example"), new Map()])
      expect(rejection(body)).to.match(/^body_unavailable: The message is an object of class \w+\./);
    expect(rejection(new Blob([TEXT]))).to.equal(
      "body_unavailable: The message is an object of class Blob. Pass its text or its bytes.",
    );
  });

  it("is rejected by the synchronous functions if it is compressed", () => {
    expect(rejection(gzipSync(TEXT))).to.equal("unsupported_encoding: The body is compressed with gzip: decode it.");
  });

  it("gets status 500, so that the event comes again after a correction, and is reported", async () => {
    for (const body of [{ [TEXT]: "" }, { httpMethod: "POST", body: TEXT }, new FormData()]) {
      const { handler, reported } = receiver();
      expect((await handler.receive(body)).status).to.equal(500);
      expect(reported).to.deep.equal(["body_unavailable"]);
    }
  });

  it("is distinguished from a message that has such fields itself, and from text", () => {
    expect(parseCallback({ event_type: 347, body: "", httpMethod: "", "{": "" }).type).to.equal("unknown");
    expect(() => parseCallback('{"httpMethod":"POST","body":"{}"}')).to.throw("event_type is missing");
  });

  it("is distinguished from bytes that have only the first or only the second byte of a gzip header", () => {
    for (const bytes of [Uint8Array.of(0x1f, 0x9d, 0), Uint8Array.of(0x7b, 0x8b, 0)])
      expect(rejection(bytes)).to.match(/^invalid_json: The body is not valid JSON/);
  });

  it("is distinguished from a message that contains a byte-order mark in a text, which keeps it", () => {
    const text = TEXT.replace('"stream_id":"test_stream"', '"stream_id":"test\uFEFFstream"');
    expect(parseCallback(text)).to.include({ streamId: "test\uFEFFstream" });
  });
});
