import { performance } from "node:perf_hooks";

/** Longer than any wait of a test against mutants, which only waits for loopback. */
const IDLE_LIMIT_MS = 3_000;
const CHECK_EVERY_MS = 250;
/** A test has a timer of mocha only if it sets its own time-out. */
const NO_LIMIT_MS = 10 * 60_000;

const idleMs = (): number => performance.eventLoopUtilization().idle;

let watch: NodeJS.Timeout | undefined;

/**
 * Fails a test that waits for an effect which the mutant removed. Without it, the runner replaces the whole
 * process after a much longer time. Idle time counts, because a busy machine makes tests slower without
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
