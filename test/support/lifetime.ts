/** An object that must be closed after a test. */
interface Closeable {
  close(): unknown;
}

const open: Closeable[] = [];

/** Closes `started` after the current test, whether it passed or failed. */
export function closeAfterTest<T extends Closeable>(started: T): T {
  open.push(started);
  return started;
}

/**
 * Hooks of every test, which `.mocharc.json` loads. A worker of mocha loads this module once, for many test
 * files: a hook that the module registered itself would only run in the first file.
 */
export const mochaHooks = {
  async afterEach(): Promise<void> {
    await Promise.all(open.splice(0).map((one) => one.close()));
  },
};

/**
 * Starts an object before each test of the suite and closes it afterwards. Within tests and hooks, the
 * returned object has the members of the last started one.
 */
export function perTest<T extends Closeable>(start: () => T | Promise<T>): T {
  const [current, startOne] = startedByTest(start);
  beforeEach(async () => {
    await startOne();
  });
  return current;
}

/** Starts an object before the first test of the suite and closes it after the last. */
export function perSuite<T extends Closeable>(start: () => T | Promise<T>): T {
  let current: T | undefined;
  before(async () => {
    current = await start();
  });
  after(() => current?.close());
  return standIn(() => current);
}

/**
 * Allows each test of the suite to start an object with its own arguments, and closes it afterwards. The
 * first result has the members of the last started object.
 */
export function startedByTest<T extends Closeable, Args extends unknown[]>(
  start: (...args: Args) => T | Promise<T>,
): [current: T, start: (...args: Args) => Promise<T>] {
  let started: T[] = [];
  afterEach(async () => {
    const closing = started;
    started = [];
    for (const one of closing) await one.close();
  });
  const startOne = async (...args: Args): Promise<T> => {
    const one = await start(...args);
    started.push(one);
    return one;
  };
  return [standIn(() => started.at(-1)), startOne];
}

/** Creates an object with the members of another object, which may be created later. */
export function standIn<T extends object>(current: () => T | undefined): T {
  const there = (): T => {
    const object = current();
    if (!object) throw new Error("the object is started before a test, but no test is running");
    return object;
  };
  return new Proxy({} as T, {
    get(_, name) {
      const object = there();
      const member: unknown = Reflect.get(object, name);
      return typeof member === "function" ? member.bind(object) : member;
    },
    set: (_, name, value) => Reflect.set(there(), name, value),
    has: (_, name) => Reflect.has(there(), name),
  });
}
