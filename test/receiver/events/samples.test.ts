import { expect } from "chai";
import { CALLBACK_EVENT_TYPES } from "../../../receiver";
import { parse, parsed } from "../../support/receiver";
import * as samples from "../../support/receiverSamples";

describe("parseCallback with the published samples", () => {
  it("parses a push begin, with domain and app under the names of a domain binding", () => {
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

  it("parses a push end, with its duration as a number and an id that differs from the push begin", () => {
    expect(parsed(samples.streamEnd)).to.include({
      type: "streamEnd",
      eventType: 0,
      id: "0:2210464508206756938",
      pushDuration: 128581,
      errcode: 1,
    });
  });

  it("parses a recording file, with the JSON of callback_ext parsed", () => {
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

  it("parses a recording status, with the JSON of record_detail parsed", () => {
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

  it("parses a screenshot", () => {
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

  it("parses image moderation, with label numbers separate from the event's type, and the misspelt score", () => {
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

  it("parses audio moderation, with domain and app from domain and path", () => {
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

  it("parses a push error, with its errors by kind", () => {
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

  it("parses a recording exception", () => {
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

  it("assigns each event the name that the table of events has for its number", () => {
    const found = Object.values(samples)
      .map(parse)
      .map(({ type, eventType }) => [type, eventType]);
    expect(Object.fromEntries(found)).to.deep.equal(CALLBACK_EVENT_TYPES);
    expect(found).to.have.length(9);
  });
});
