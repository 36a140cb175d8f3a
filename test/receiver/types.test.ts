import { expect } from "chai";
import { type CallbackEvent, parseCallback } from "../../receiver";
import * as samples from "../support/receiverSamples";

/** The compiler checks that each name narrows the event to its own fields, and that every name has a case. */
function described(event: CallbackEvent): string {
  switch (event.type) {
    case "streamBegin":
      return `${event.eventType satisfies 1} ${event.sequence satisfies string} ${event.domainName satisfies string}`;
    case "streamEnd":
      return `${event.eventType satisfies 0} ${(event.pushDuration ?? 0) satisfies number}`;
    case "record":
      return `${event.eventType satisfies 100} ${event.callbackExt?.resolution ?? ""}`;
    case "recordStatus":
      return `${event.eventType satisfies 332} ${event.recordEvent} ${event.recordDetail?.fileFormat ?? 0}`;
    case "snapshot":
      return `${event.eventType satisfies 200} ${event.createTime satisfies number}`;
    case "pornCensorship":
      return `${event.eventType satisfies 317} ${event.labelResults?.[1]?.hitFlag ?? 0}`;
    case "audioAudit":
      return `${event.eventType satisfies 315} ${event.asrText ?? ""}`;
    case "pushException":
      return `${event.eventType satisfies 321} ${event.abnormalEvent[0]?.type ?? 0}`;
    case "recordException":
      return `${event.eventType satisfies 341} ${event.exception.type satisfies number}`;
    case "unknown":
      return `${event.eventType satisfies number} ${event.payload["anything"]}`;
    default:
      return event satisfies never;
  }
}

describe("the type of an event", () => {
  it("narrows by its name to the fields that the event has", () => {
    const descriptions = Object.values(samples).map((sample) => described(parseCallback(sample)));
    expect(descriptions.sort()).to.deep.equal([
      "0 128581",
      "1 2210464508206756938 test.domain.com",
      "100 1920x1080",
      "200 1622599925",
      "315 provide mobile phone number for easy contact",
      "317 1",
      "321 7",
      "332 record_ended 2",
      "341 -201",
    ]);
    expect(described(parseCallback({ event_type: 347, anything: "new" }))).to.equal("347 new");
  });
});
