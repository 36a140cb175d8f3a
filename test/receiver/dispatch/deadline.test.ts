import { expect } from "chai";
import { deferred, eventOf, ManualTimer, receiver, SENT, settle, signed } from "../../support/receiver";
import { pushException } from "../../support/receiverSamples";

describe("the time limit of a message", () => {
  const never = () => new Promise(() => {});
  /** A body whose second part comes after `arrival`. */
  async function* slow(body: string, arrival: Promise<void>): AsyncGenerator<Uint8Array> {
    yield Buffer.from(body.slice(0, 10));
    await arrival;
    yield Buffer.from(body.slice(10));
  }
  const timeoutOf = async (response: Promise<{ body: string }>) => JSON.parse((await response).body).message;

  it("covers its body and its handlers together", async () => {
    const clock = new ManualTimer();
    const arrival = deferred();
    const { handler } = receiver({ timer: clock.timer, clock: () => SENT + clock.now, onEvent: never });
    const response = handler.receive(slow(eventOf("1"), arrival.promise));
    await clock.pass(14_000);
    arrival.resolve();
    await clock.pass(1_000);
    expect(await timeoutOf(response)).to.equal("The handler of a streamBegin event did not finish within 15000 ms.");
  });

  it("is 4 s for a push error, counted from the start of its body", async () => {
    const clock = new ManualTimer();
    const arrival = deferred();
    const { handler } = receiver({ timer: clock.timer, clock: () => SENT + clock.now, onEvent: never });
    const response = handler.receive(slow(JSON.stringify(signed(pushException)), arrival.promise));
    await clock.pass(3_000);
    arrival.resolve();
    await clock.pass(999);
    let over = false;
    void response.then(() => (over = true));
    await settle();
    expect(over).to.equal(false);
    await clock.pass(1);
    expect(await timeoutOf(response)).to.equal("The handler of a pushException event did not finish within 4000 ms.");
  });

  it("is the option timeoutMs, also for push errors", async () => {
    const clock = new ManualTimer();
    const { handler } = receiver({ timer: clock.timer, timeoutMs: 6_000, onEvent: never });
    const responses = [signed(pushException), eventOf("1")].map((body) => handler.receive(body));
    await clock.pass(6_000);
    for (const response of responses) expect(await timeoutOf(response)).to.match(/did not finish within 6000 ms\.$/);
  });
});
