const { reporters } = require("mocha");

/** The usual report, closed by mocha's own counts on a line of their own, for programs to read. */
class CountingReporter extends reporters.Spec {
  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    console.log(`${passes} passed, ${failures} failed${pending > 0 ? `, ${pending} skipped` : ""}`);
  }
}

module.exports = CountingReporter;
