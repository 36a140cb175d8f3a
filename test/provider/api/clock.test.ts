import { getEventListeners } from "node:events";
import { readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { expect } from "chai";
import { type Clock, sleepBy, systemClock, withTimeout } from "../../../provider/api/clock";
import { failureOf } from "../../support/api/apiServer";
import { filesIn } from "../../support/files";
import { ManualTimer, settle } from "../../support/receiver";

const HOUR = 3_600_000;

describe("the clock of the machine", () => {
  it("advances, in system time and in monotonic time", async () => {
    const before = [systemClock.now(), systemClock.monotonic()] as const;
    await systemClock.sleep(5);
    expect(systemClock.now()).to.be.at.least(before[0]);
    expect(systemClock.monotonic()).to.be.above(before[1]);
    expect(Math.abs(systemClock.now() - Date.now())).to.be.below(HOUR);
  });

  it("ends a sleep immediately when its signal is aborted, or was aborted before", async () => {
    const cancel = new AbortController();
    const sleeping = systemClock.sleep(HOUR, cancel.signal);
    cancel.abort();
    await sleeping;
    await systemClock.sleep(HOUR, cancel.signal);
  });

  it("is the only one that the code reads, except for the defaults of public options", () => {
    const root = resolve(__dirname, "../../..");
    const sources = ["provider", "sdk", "emulator", "receiver", "cli", "tools/probe"].flatMap((folder) =>
      filesIn(join(root, folder)).map((path) => relative(root, path)),
    );
    const time = /Date\.now|new Date\(\)|performance\.now|setTimeout|setInterval|timers\/promises|AbortSignal\.timeout/;
    const code = (path: string) => readFileSync(join(root, path), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
    const readers = sources.filter((path) => path.endsWith(".ts") && time.test(code(path)));
    expect(readers).to.have.members([
      "provider/api/clock.ts",
      "emulator/startEmulator.ts",
      "receiver/stores/memoryStore.ts",
      "receiver/verifyCallback.ts",
    ]);
  });
});

describe("a sleep", () => {
  it("leaves no timer behind when its signal ends it", async () => {
    const manual = new ManualTimer();
    const cancel = new AbortController();
    const sleeping = sleepBy(manual.timer)(HOUR, cancel.signal);
    expect(manual.waiting).to.have.length(1);
    cancel.abort();
    await sleeping;
    expect(manual.waiting).to.deep.equal([]);
  });

  it("lasts until its time is over, if its signal is not aborted", async () => {
    const manual = new ManualTimer();
    let awake = false;
    const sleeping = sleepBy(manual.timer)(HOUR, new AbortController().signal).then(() => {
      awake = true;
    });
    await settle();
    expect(awake).to.equal(false);
    manual.expire();
    await sleeping;
  });

  it("removes its listener from the signal when it ends, because many sleeps share the signal of a run", async () => {
    const { signal } = new AbortController();
    await systemClock.sleep(1, signal);
    expect(getEventListeners(signal, "abort")).to.deep.equal([]);
  });
});

describe("a time-out", () => {
  const manual = new ManualTimer();
  const clock: Clock = { ...systemClock, timer: manual.timer };

  it("aborts the signal of a request that takes too long", async () => {
    const request = (signal: AbortSignal) =>
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(new RangeError("too long"))));
    const failing = withTimeout(clock, 1_000, request);
    manual.expire();
    expect((await failureOf(failing, RangeError)).message).to.equal("too long");
  });

  it("leaves no timer behind when the request ends, with a result or an error", async () => {
    expect(await withTimeout(clock, 1_000, async () => "response")).to.equal("response");
    expect(manual.waiting).to.deep.equal([]);
    await failureOf(
      withTimeout(clock, 1_000, () => Promise.reject(new RangeError("no"))),
      RangeError,
    );
    expect(manual.waiting).to.deep.equal([]);
  });
});
