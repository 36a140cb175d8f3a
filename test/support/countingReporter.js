const { relative, resolve } = require("node:path");
const { reporters } = require("mocha");

const TESTS = resolve(__dirname, "..");

/**
 * The usual report, with the counts on its last line for other programs. With the option `checklist`, which a
 * run of all tests sets, a test of the conformance checklist that did not run is also a failure.
 */
class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    this.gaps = [];
    if (!options.reporterOptions?.checklist) return;
    const endings = new Map();
    const note = (ending) => (test) =>
      endings.set(`${relative(TESTS, test.file ?? "").replaceAll("\\", "/")}: ${test.fullTitle()}`, ending);
    runner.on("pass", note("passed"));
    runner.on("fail", note("failed"));
    runner.on("pending", note("was skipped"));
    // Before the epilogue, which the base class has already registered.
    runner.prependListener("end", () => {
      const { CHECKLIST, gapsIn } = require("../checklist.ts");
      this.gaps = gapsIn(CHECKLIST, endings);
    });
  }

  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    if (this.gaps.length > 0)
      console.log(`Not shown of the checklist:\n${this.gaps.map(({ text }) => `  ${text}\n`).join("")}`);
    const failed = failures + this.unrun;
    console.log(`${passes} passed, ${failed} failed${pending > 0 ? `, ${pending} skipped` : ""}`);
  }

  /** Returns the number of listed tests that did not run. Failed tests are already counted. */
  get unrun() {
    return this.gaps.filter(({ ending }) => ending !== "failed").length;
  }

  /** Passes the number of failures to mocha, which determines the exit code. */
  done(failures, end) {
    end(failures + this.unrun);
  }
}

module.exports = CountingReporter;
