import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { CallbackError, parseCallback, verifyCallback } from "../../receiver";
import { eventOf, KEY, receiver } from "../support/receiver";

const TEXT = eventOf("1");

/** Why a value is not read as a message. */
function refusal(body: unknown): string {
  const read = [() => parseCallback(body as string), () => verifyCallback(body as string, { key: KEY })];
  const refusals = read.map((run) => {
    try {
      run();
      return "accepted";
    } catch (error) {
      return error instanceof CallbackError ? `${error.code}: ${error.message}` : String(error);
    }
  });
  expect(refusals[0]).to.equal(refusals[1]);
  return refusals[0] ?? "";
}

describe("what something in front has made of a message is called that", () => {
  const form = "body_unavailable: A form parser has already parsed the body.";
  const gateway = "body_unavailable: The message is wrapped in an API gateway event. Pass its body,";

  it("where a form parser has read it", () => {
    const pieces = Object.fromEntries(new URLSearchParams(TEXT.replace("stream_param=test", "a=1&b=2")));
    for (const body of [{ [TEXT]: "" }, { [` ${TEXT}`]: "" }, pieces]) expect(refusal(body)).to.match(new RegExp(form));
  });

  it("where an API gateway has wrapped it", () => {
    for (const body of [
      { httpMethod: "POST", body: TEXT, isBase64Encoded: false },
      { requestContext: {}, headers: {}, body: TEXT },
      { isBase64Encoded: true, body: btoa(TEXT) },
    ]) {
      expect(refusal(body)).to.match(new RegExp(gateway));
    }
    expect(refusal(btoa(TEXT))).to.equal(
      "invalid_json: The body is not valid JSON: it is base64, as sent by API gateways; decode it first.",
    );
  });

  it("where it is an object of the platform", () => {
    for (const body of [new FormData(), new URLSearchParams(TEXT), new Request("http://a.example"), new Map()])
      expect(refusal(body)).to.match(/^body_unavailable: The message is an object of class \w+\./);
    expect(refusal(new Blob([TEXT]))).to.equal(
      "body_unavailable: The message is an object of class Blob. Pass its text or its bytes.",
    );
  });

  it("where it is compressed, for functions that cannot wait for it to be decoded", () => {
    expect(refusal(gzipSync(TEXT))).to.equal("unsupported_encoding: The body is compressed with gzip: decode it.");
  });

  it("with 500, so that the event comes again when that was put right, and is reported", async () => {
    for (const body of [{ [TEXT]: "" }, { httpMethod: "POST", body: TEXT }, new FormData()]) {
      const { handler, reported } = receiver();
      expect((await handler.receive(body)).status).to.equal(500);
      expect(reported).to.deep.equal(["body_unavailable"]);
    }
  });

  it("but not where a message has such fields itself, or text says so", () => {
    expect(parseCallback({ event_type: 347, body: "", httpMethod: "", "{": "" }).type).to.equal("unknown");
    expect(() => parseCallback('{"httpMethod":"POST","body":"{}"}')).to.throw("event_type is missing");
  });
});
