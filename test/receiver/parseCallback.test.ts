import { expect } from "chai";
import { CallbackError, parseCallback } from "../../receiver";
import { parse, parsed } from "../support/receiver";
import * as samples from "../support/receiverSamples";

const rejection = (body: unknown): string => {
  try {
    return parseCallback(body as string).type;
  } catch (error) {
    return error instanceof CallbackError ? `${error.code}: ${error.message}` : String(error);
  }
};

describe("a parsed event", () => {
  it("keeps its message as it was sent, with undocumented fields", () => {
    for (const sample of Object.values(samples)) expect(parse(sample).payload).to.deep.equal(sample);
    expect(parse(samples.streamBegin).payload).to.include({ idc_id: 34, app: "test.domain.com" });
  });

  it("keeps non-ASCII text", () => {
    const event = parse({ ...samples.streamBegin, stream_id: "直播间-🎥", appname: "é" });
    expect([event.streamId, event.appName]).to.deep.equal(["直播间-🎥", "é"]);
  });

  it("drops an optional field that does not have its documented type, and keeps the rest", () => {
    const event = parsed({ ...samples.streamEnd, width: "wide", push_duration: {}, errmsg: 7 });
    expect([event["width"], event["pushDuration"], event["errmsg"]]).to.deep.equal([undefined, undefined, "7"]);
    expect(event["streamId"]).to.equal("test_stream");
  });

  it("drops embedded JSON that is invalid or nested too deeply", () => {
    for (const text of ["", "{", "[1]", "null", `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`]) {
      const event = parse({ ...samples.record, callback_ext: text });
      expect(event).to.have.property("callbackExt", undefined);
      expect(event.payload["callback_ext"]).to.equal(text);
    }
  });
});

describe("an unknown event", () => {
  const unknown = { event_type: 347, domain: "push.example.com", path: "live", stream_id: "s", erased: true, t: 1 };

  it("has the type unknown, and its payload", () => {
    const { id: _id, ...event } = parse(unknown);
    expect(event).to.deep.equal({
      type: "unknown",
      eventType: 347,
      domainName: "push.example.com",
      appName: "live",
      streamId: "s",
      payload: unknown,
    });
  });

  it("needs only its number", () => {
    expect(rejection('{"event_type":"999"}')).to.equal("unknown");
  });
});

describe("a message from a file", () => {
  it("is read with the byte-order mark that some editors write, as text and as bytes", () => {
    const text = '\uFEFF{"event_type":999,"stream_id":"s"}';
    for (const body of [text, new TextEncoder().encode(text)])
      expect(parseCallback(body)).to.include({ streamId: "s" });
  });
});

describe("an invalid message", () => {
  it("is rejected if it is not a JSON object", () => {
    for (const body of ["[1]", "null", "1", '"text"', 7]) {
      expect(rejection(body)).to.equal("invalid_json: The body must be a JSON object.");
    }
    expect(rejection('{"event_type":1')).to.equal("invalid_json: The body is not valid JSON.");
    expect(rejection(" \n")).to.equal("invalid_json: The body is empty.");
  });

  it("is rejected without an event_type", () => {
    for (const body of ["{}", '{"event_type":null}', '{"event_type":"push"}', '{"event_type":[1]}']) {
      expect(rejection(body)).to.equal("invalid_event: event_type is missing or not a number.");
    }
  });

  it("is rejected without its required fields, with the names of all that are missing", () => {
    const { stream_id: _stream, app: _app, ...rest } = samples.streamBegin;
    expect(rejection(JSON.stringify(rest))).to.equal(
      "invalid_event: The streamBegin event (1) lacks domainName, streamId.",
    );
  });

  it("is rejected if it is nested so deeply that reading it would overflow the stack", () => {
    const deep = `{"event_type":999,"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    expect(rejection(deep)).to.equal("invalid_event: The body nests more than 32 levels.");
  });

  it("cannot set a field by its prototype", () => {
    expect(parseCallback('{"event_type":999,"__proto__":{"stream_id":"forged"}}').streamId).to.equal(undefined);
  });
});
