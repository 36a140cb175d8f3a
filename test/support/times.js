// Prints the seconds of each test file when it ends, with its hooks: `npm test -- --require
// ./test/support/times.js`. Each file has its own root suite when the files run in parallel.

const { relative, resolve } = require("node:path");

const TESTS = resolve(__dirname, "..");
let started = 0;

exports.mochaHooks = {
  beforeAll() {
    started = performance.now();
  },
  afterAll() {
    const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(7);
    console.log(`${seconds} s  ${relative(TESTS, this.test.parent.suites[0].file)}`);
  },
};
