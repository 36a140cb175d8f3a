import { expect } from "chai";
import { parseCallback } from "../../receiver";
import { parse } from "../support/receiver";
import * as samples from "../support/receiverSamples";

const ids = (...payloads: object[]): number => new Set(payloads.map((payload) => parse(payload).id)).size;

describe("the id of an event", () => {
  it("consists of the documented ids and separators", () => {
    expect(parse(samples.streamEnd).id).to.equal(`0:${samples.streamEnd.sequence}`);
    const { session_id, record_event, seq } = samples.recordStatus;
    expect(parse(samples.recordStatus).id).to.equal(`332:${session_id}:${record_event}:${seq}`);
    expect(parse({ ...samples.recordStatus, session_id: "a:%b" }).id).to.match(/^332:a%3A%25b:/);
  });

  it("is equal for a copy with another signature and sending time", () => {
    for (const sample of Object.values(samples))
      expect(ids({ sendTime: 1, ...sample }, { ...sample, t: 9, sign: "x", sendTime: 2 })).to.equal(1);
  });

  it("differs for another file, push, status message, screenshot or result", () => {
    expect(ids(samples.record, { ...samples.record, record_file_id: "2" })).to.equal(2);
    expect(ids(samples.streamEnd, { ...samples.streamEnd, sequence: "2" })).to.equal(2);
    expect(ids(samples.recordStatus, { ...samples.recordStatus, seq: "2" })).to.equal(2);
    expect(ids(samples.snapshot, { ...samples.snapshot, create_time: 2 })).to.equal(2);
    expect(ids(samples.audioAudit, { ...samples.audioAudit, asr_text: "another" })).to.equal(2);
    expect(ids(samples.pushException, { ...samples.pushException, data_time: 2 })).to.equal(2);
    const parts = ([session_id, record_event]: string[]) => ({ ...samples.recordStatus, session_id, record_event });
    expect(ids(parts(["a:b", "c"]), parts(["a", "b:c"])), "a separator within a part").to.equal(2);
  });

  it("is short for a long message, and still differs between events", () => {
    const long = (end: string) => ({ ...samples.streamBegin, sequence: "9".repeat(100_000) + end });
    expect(parse(long("1")).id).to.have.length.at.most(200);
    expect(ids(long("1"), long("2"))).to.equal(2);
  });
});

describe("the id of an event with an empty part", () => {
  for (const empty of ["", "  "]) {
    it(`differs if another field of the event differs, and is equal for a copy: ${JSON.stringify(empty)}`, () => {
      const begin = { ...samples.streamBegin, sequence: empty };
      expect(ids(begin, { ...begin, stream_id: "another" })).to.equal(2);
      expect(ids(begin, { ...begin, t: 9, sign: "x" })).to.equal(1);
      const status = { ...samples.recordStatus, seq: empty };
      expect(ids(status, { ...status, event_time: 1 })).to.equal(2);
      const { app: _app, ...snapshot } = samples.snapshot;
      expect(ids(snapshot, { ...snapshot, file_size: 1 })).to.equal(2);
    });

    it(`is the id of the file if a recording has no id of its own: ${JSON.stringify(empty)}`, () => {
      const record = { ...samples.record, record_file_id: empty };
      expect(parse(record).id).to.equal(`100:${samples.record.file_id}`);
      expect(ids(record, { ...record, file_id: "another" })).to.equal(2);
      expect(ids({ ...record, file_id: empty }, { ...record, file_id: empty, video_url: "another" })).to.equal(2);
    });
  }
});

describe("the id of an event with a number beyond 2^53", () => {
  /** A message whose sequence is a bare number. */
  const begin = (sequence: string, other: object = {}): string =>
    JSON.stringify({ ...samples.streamBegin, ...other, sequence: "@" }).replace('"@"', sequence);
  // JavaScript reads both as 6930028316735005000.
  const [one, other] = ["6930028316735004652", "6930028316735004700"];

  it("has all digits if the message is text or bytes, as has the field", () => {
    for (const body of [begin(one), new TextEncoder().encode(begin(one))]) {
      expect(parseCallback(body)).to.include({ id: `1:${one}`, sequence: one });
    }
    expect(parseCallback(begin(other)).id).to.equal(`1:${other}`);
    expect(parseCallback(begin(one).replace('":', '" : \n')).id, "white space").to.equal(`1:${one}`);
  });

  it("has all digits even of a 16-digit number, the shortest that JavaScript may round", () => {
    expect(parseCallback(begin("9007199254740993")).id).to.equal("1:9007199254740993");
  });

  it("is a digest if the message was already parsed, and differs if another field of the event differs", () => {
    const parsed = (text: string) => parseCallback(JSON.parse(text)).id;
    expect(parsed(begin(one))).not.to.equal(parsed(begin(one, { stream_id: "another" })));
    expect(parsed(begin(one))).to.equal(parsed(begin(one, { t: 9, sign: "x" })));
    expect(parsed(begin("1e300")), "text of a number that is not only digits").to.match(/^1:[0-9a-f]{64}$/);
  });

  it("differs with the number if the event has no documented ids", () => {
    const unknown = (id: string) => parseCallback(`{"event_type":347,"list":[{"id":${id}}]}`).id;
    expect(unknown(one)).not.to.equal(unknown(other));
  });

  it("ignores numbers inside text", () => {
    const stream_id = `a\\":${one},"${one}`;
    const event = parseCallback(begin(one, { stream_id }));
    expect(event).to.include({ streamId: stream_id, sequence: one });
    expect(parseCallback(begin('"1"', { stream_id: `${"\\\\".repeat(200_000)}:${one}` })).id).to.equal("1:1");
  });
});
