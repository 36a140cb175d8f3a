import { expect } from "chai";
import { type CallbackHandlerOptions, type MessageReport, memoryStore } from "../../../receiver";
import { deferred, eventOf, ManualTimer, receiver, SENT, signed } from "../../support/receiver";
import { streamBegin } from "../../support/receiverSamples";

/** A handler and the reports of its messages; `shown` lists them as `status outcome type`. */
function reporting(options: CallbackHandlerOptions = {}) {
  const reports: MessageReport[] = [];
  const { handler } = receiver({ ...options, onMessage: (report) => reports.push(report) });
  const shown = () => reports.map(({ status, outcome, type }) => [status, outcome, type].filter(Boolean).join(" "));
  return { handler, reports, shown };
}

describe("the report of a message", () => {
  it("has the outcome, such as handled, repeated, acknowledged or rejected, and the event", async () => {
    const { handler, shown } = reporting();
    await handler.receive(eventOf("1"));
    await handler.receive(eventOf("1"));
    await handler.receive(JSON.stringify(signed({ event_type: 999 })));
    await handler.receive(JSON.stringify(streamBegin));
    await handler.receive(JSON.stringify(signed({ event_type: 1 })));
    await handler.receive(eventOf("2"), "GET");
    expect(shown()).to.deep.equal([
      ...["200 handled streamBegin", "200 repeated streamBegin", "200 handled unknown"],
      ...["403 invalid_signature", "400 invalid_event", "405 method_not_allowed"],
    ]);
    const immediate = reporting({ acknowledge: "immediately" });
    await immediate.handler.receive(eventOf("1"));
    expect(immediate.shown()).to.deep.equal(["200 acknowledged streamBegin"]);
  });

  it("has the event, its id and its arrival if the handler failed", async () => {
    const onStreamBegin = () => {
      throw new Error("database");
    };
    const { handler, reports } = reporting({ onStreamBegin });
    await handler.receive(eventOf("1"));
    const [{ durationMs, ...report } = { durationMs: -1 }] = reports;
    expect(report).to.deep.equal({
      ...{ outcome: "handler_failed", status: 500, type: "streamBegin", eventId: "1:1", startTime: SENT },
    });
    expect(durationMs).to.be.at.least(0);
  });

  it("is made for each copy, also for one that waits for the first and for one at another instance", async () => {
    const done = deferred();
    const store = memoryStore();
    const { handler, shown } = reporting({ store, onStreamBegin: () => done.promise });
    const copies = [handler.receive(eventOf("1")), handler.receive(eventOf("1"))];
    const other = reporting({ store });
    await other.handler.receive(eventOf("1"));
    expect([shown(), other.shown()]).to.deep.equal([[], ["503 in_progress streamBegin"]]);
    done.resolve();
    await Promise.all(copies);
    expect(shown().sort()).to.deep.equal(["200 handled streamBegin", "200 repeated streamBegin"]);
  });

  it("has the time from the message to its response, or 0 if the clock was set back", async () => {
    for (const [passed, durationMs] of [
      [250, 250],
      [-3_600_000, 0],
    ] as const) {
      let now = SENT;
      const { handler, reports } = reporting({
        clock: () => now,
        onStreamBegin: () => {
          now += passed;
        },
      });
      await handler.receive(eventOf("1"));
      expect(reports.map((report) => report.durationMs)).to.deep.equal([durationMs]);
    }
  });

  it("has the outcome handled, or repeated for a copy, even if the store never records the event", async () => {
    const clock = new ManualTimer();
    const store = { ...memoryStore(), handled: () => new Promise<never>(() => {}) };
    const { handler, shown } = reporting({ store, timer: clock.timer });
    const copies = [handler.receive(eventOf("1")), handler.receive(eventOf("1"))];
    await clock.pass(15_000);
    await Promise.all(copies);
    expect(shown()).to.have.members(["200 handled streamBegin", "200 repeated streamBegin"]);
  });

  it("does not change the response if onMessage throws", async () => {
    const { error } = console;
    const printed: unknown[] = [];
    console.error = (thrown: unknown) => printed.push(thrown);
    try {
      const thrown = new Error("metrics");
      const onMessage = () => {
        throw thrown;
      };
      expect((await receiver({ onMessage }).handler.receive(eventOf("1"))).status).to.equal(200);
      expect(printed).to.deep.equal([thrown]);
    } finally {
      console.error = error;
    }
  });
});
