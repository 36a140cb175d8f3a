import { expect } from "chai";
import { CALLBACK_EVENT_TYPES, CallbackError, parseCallback } from "../sdk/receiver";
import * as samples from "./support/receiverSamples";

const parse = (payload: object) => parseCallback(JSON.stringify(payload));

/** The event without its payload, which has a test of its own. */
function parsed(sample: object): Record<string, unknown> {
  const { payload: _payload, ...event } = parse(sample);
  return event;
}

const refusal = (body: unknown): string => {
  try {
    return parseCallback(body as string).type;
  } catch (error) {
    return error instanceof CallbackError ? `${error.code}: ${error.message}` : String(error);
  }
};

describe("the published sample of each event is parsed", () => {
  it("push begin, with domain and app under the names of a domain binding", () => {
    expect(parsed(samples.streamBegin)).to.deep.equal({
      type: "streamBegin",
      eventType: 1,
      id: "1:2210464508206756938",
      appId: 12345678,
      domainName: "test.domain.com",
      appName: "live",
      streamId: "test_stream",
      channelId: "test_stream",
      eventTime: 1703731478,
      sequence: "2210464508206756938",
      node: "42.81.194.37",
      userIp: "1.1.1.1",
      streamParam: "stream_param=test",
      errcode: 0,
      errmsg: "ok",
      setId: 2,
      width: 0,
      height: 0,
    });
  });

  it("push end, with its duration as a number and an id that differs from its begin's", () => {
    expect(parsed(samples.streamEnd)).to.include({
      type: "streamEnd",
      eventType: 0,
      id: "0:2210464508206756938",
      pushDuration: 128581,
      errcode: 1,
    });
  });

  it("recording file, with the JSON of callback_ext parsed", () => {
    const event = parsed(samples.record);
    expect(event).to.include({
      type: "record",
      eventType: 100,
      id: "100:1324682537_783c543e415d41a8a4c16da76f83eb81",
      fileFormat: "hls",
      fileSize: 31869806,
      duration: 60,
      startTimeUsec: 224855,
      recordTempId: "1569294",
      videoUrl: samples.record.video_url,
    });
    expect(event["callbackExt"]).to.deep.equal({
      videoCodec: "h264",
      sessionId: "1820625260475124043",
      resolution: "1920x1080",
    });
  });

  it("recording status, with the JSON of record_detail parsed", () => {
    const event = parsed(samples.recordStatus);
    expect(event).to.include({
      type: "recordStatus",
      eventType: 332,
      id: "332:2918085116267032069:record_ended:3266441426274648065",
      domainName: "****.livepush.myqcloud.com",
      appName: "live",
      recordEvent: "record_ended",
      seq: "3266441426274648065",
    });
    expect(event["recordDetail"]).to.deep.equal({
      fileFormat: 2,
      recordBps: 0,
      startModel: 1,
      recordContent: 1,
      sourceType: 2,
      codecTempId: 0,
    });
  });

  it("screenshot", () => {
    expect(parsed(samples.snapshot)).to.include({
      type: "snapshot",
      eventType: 200,
      id: "200:test.app:live:your_streamid:1622599925:/channelid/channelid-screenshot-10-12-05-1280x720.jpg",
      domainName: "test.app",
      fileSize: 30670,
      width: 1280,
      picFullUrl: samples.snapshot.pic_full_url,
      taskId: "1867908378267662126",
    });
  });

  it("image audit, with its numbers of labels apart from the event's type, and its misspelt score", () => {
    const event = parsed(samples.pornCensorship);
    expect(event).to.deep.include({
      type: "pornCensorship",
      eventType: 317,
      domainName: "5000.myqcloud.com",
      appName: "live",
      streamId: "teststream",
      labelTypes: [1],
      score: [99],
      label: "Porn",
      sendTime: 1615859827,
    });
    expect((event["labelResults"] as unknown[])[1]).to.deep.equal({
      hitFlag: 1,
      scene: "Porn",
      suggestion: "Block",
      label: "Porn",
      subLabel: "PornHigh",
      score: 99,
      details: [{ id: 0, name: "PornHigh", score: 99 }],
    });
    expect(event).not.to.have.property("libResults");
  });

  it("audio audit, with domain and app from domain and path", () => {
    const event = parsed(samples.audioAudit);
    expect(event).to.include({
      type: "audioAudit",
      eventType: 315,
      domainName: "xxx.cn",
      appName: "live",
      hitFlag: 1,
      score: 96,
      seq: 3232590095,
      taskId: "36881",
    });
    expect(event["moanResults"]).to.deep.equal([
      { startTime: 0, endTime: 15, label: "Ad", score: 0, subLabel: "Contact", suggestion: "Pass" },
    ]);
  });

  it("push error, with its errors by kind", () => {
    const event = parsed(samples.pushException);
    expect(event).to.include({
      type: "pushException",
      eventType: 321,
      domainName: "example.push.com",
      appName: "live",
      dataTime: 1670588074971,
      reportInterval: 5000,
      timeout: 5000,
    });
    expect(event["abnormalEvent"]).to.deep.equal([
      {
        type: 7,
        count: 2,
        detail: [
          { desc: "audio frame arrive interval too long, interval=3009(msec)", occurTime: 1670588070532 },
          { desc: "audio frame arrive interval too long, interval=2917(msec)", occurTime: 1670588073486 },
        ],
        eventKey: "",
        typeDescCn: " ",
        typeDescEn: "audio frame arrive interval bigger than 1000(ms)",
      },
    ]);
  });

  it("recording exception", () => {
    expect(parsed(samples.recordException)).to.deep.include({
      type: "recordException",
      eventType: 341,
      domainName: "1234567.livepush.myqcloud.com",
      appName: "live",
      sessionId: "1855245773800540059",
      exceptionLevel: "info",
      exception: { type: -201, occurs: 4, desc: "video ts deviation: 100.000000" },
    });
  });

  it("and each under the name that the table of events gives its number", () => {
    const found = Object.values(samples)
      .map(parse)
      .map(({ type, eventType }) => [type, eventType]);
    expect(Object.fromEntries(found)).to.deep.equal(CALLBACK_EVENT_TYPES);
    expect(found).to.have.length(9);
  });
});

describe("an event keeps", () => {
  it("its message as it was sent, with fields that are not documented", () => {
    for (const sample of Object.values(samples)) expect(parse(sample).payload).to.deep.equal(sample);
    expect(parse(samples.streamBegin).payload).to.include({ idc_id: 34, app: "test.domain.com" });
  });

  it("text that is not ASCII", () => {
    const event = parse({ ...samples.streamBegin, stream_id: "直播间-🎥", appname: "é" });
    expect([event.streamId, event.appName]).to.deep.equal(["直播间-🎥", "é"]);
  });

  it("nothing of an optional field whose type is not the documented one, but the rest", () => {
    const event = parsed({ ...samples.streamEnd, width: "wide", push_duration: {}, errmsg: 7 });
    expect([event["width"], event["pushDuration"], event["errmsg"]]).to.deep.equal([undefined, undefined, "7"]);
    expect(event["streamId"]).to.equal("test_stream");
  });

  it("nothing of JSON inside text that is none, or is nested too deeply to be walked through", () => {
    for (const text of ["", "{", "[1]", "null", `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`]) {
      const event = parse({ ...samples.record, callback_ext: text });
      expect(event).to.have.property("callbackExt", undefined);
      expect(event.payload["callback_ext"]).to.equal(text);
    }
  });
});

describe("an unknown event", () => {
  const unknown = { event_type: 347, domain: "push.example.com", path: "live", stream_id: "s", erased: true, t: 1 };

  it("is an event of its own type, with its payload", () => {
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

  it("needs nothing but its number", () => {
    expect(refusal('{"event_type":"999"}')).to.equal("unknown");
  });
});

describe("the id of an event", () => {
  const ids = (...payloads: object[]): number => new Set(payloads.map((payload) => parse(payload).id)).size;

  it("is the same for a copy whose signature was renewed", () => {
    for (const sample of Object.values(samples)) expect(ids(sample, { ...sample, t: 9, sign: "x" })).to.equal(1);
  });

  it("is another for another file, push, status message, screenshot or result", () => {
    expect(ids(samples.record, { ...samples.record, record_file_id: "2" })).to.equal(2);
    expect(ids(samples.streamEnd, { ...samples.streamEnd, sequence: "2" })).to.equal(2);
    expect(ids(samples.recordStatus, { ...samples.recordStatus, seq: "2" })).to.equal(2);
    expect(ids(samples.snapshot, { ...samples.snapshot, create_time: 2 })).to.equal(2);
    expect(ids(samples.audioAudit, { ...samples.audioAudit, asr_text: "another" })).to.equal(2);
    expect(ids(samples.pushException, { ...samples.pushException, data_time: 2 })).to.equal(2);
  });

  it("is short for a long message, and still tells events apart", () => {
    const long = (end: string) => ({ ...samples.streamBegin, sequence: "9".repeat(100_000) + end });
    expect(parse(long("1")).id).to.have.length.at.most(200);
    expect(ids(long("1"), long("2"))).to.equal(2);
  });
});

describe("a message is no event", () => {
  it("when it is not a JSON object", () => {
    for (const body of ["[1]", "null", "1", '"text"', 7]) {
      expect(refusal(body)).to.equal("invalid_json: The body must be a JSON object.");
    }
    expect(refusal('{"event_type":1')).to.equal("invalid_json: The body is not valid JSON.");
    expect(refusal(" \n")).to.equal("invalid_json: The body is empty.");
  });

  it("without an event_type", () => {
    for (const body of ["{}", '{"event_type":null}', '{"event_type":"push"}', '{"event_type":[1]}']) {
      expect(refusal(body)).to.equal("invalid_event: event_type is missing, or not a number.");
    }
  });

  it("without a field that identifies it, and all of those are named", () => {
    const { stream_id: _stream, app: _app, ...rest } = samples.streamBegin;
    expect(refusal(JSON.stringify(rest))).to.equal(
      "invalid_event: The streamBegin event (1) lacks domainName, streamId.",
    );
  });

  it("when it is nested so deeply that walking through it would overflow the stack", () => {
    const deep = `{"event_type":999,"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    expect(refusal(deep)).to.equal("invalid_event: The body nests more than 32 levels.");
  });

  it("and takes no field from the prototype that a message would give itself", () => {
    expect(parseCallback('{"event_type":999,"__proto__":{"stream_id":"forged"}}').streamId).to.equal(undefined);
  });
});
