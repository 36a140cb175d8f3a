import { performance } from "node:perf_hooks";

/** Longer than any wait in these tests, which wait only for loopback. */
const IDLE_LIMIT_MS = 3_000;
const CHECK_EVERY_MS = 250;
/** Not 0, which the runner sets: mocha would then start no timer, and ignore a limit that is set later. */
const NO_LIMIT_MS = 10 * 60_000;

const idleMs = (): number => performance.eventLoopUtilization().idle;

let watch: NodeJS.Timeout | undefined;

/**
 * Fails a test that waits for an effect that the mutant removed. Otherwise, the runner restarts the whole
 * process after a much longer time. Only idle time counts, because a busy machine slows tests down without
 * making them wait.
 */
export const mochaHooks = {
  beforeEach(this: Mocha.Context): void {
    const test = this.currentTest;
    const start = idleMs();
    test?.timeout(NO_LIMIT_MS);
    watch = setInterval(() => {
      if (idleMs() - start < IDLE_LIMIT_MS) return;
      clearInterval(watch);
      test?.timeout(1);
    }, CHECK_EVERY_MS);
  },
  afterEach(): void {
    clearInterval(watch);
  },
};
