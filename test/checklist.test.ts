import { execFile } from "node:child_process";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";

/** What every part of the conformance checklist is about; the titles of the tests say which item each one shows. */
const CHECKLIST: Record<string, string> = {
  L1: "create, with the least and with everything",
  L2: "an update with nothing to do",
  L3: "a preview that expects no changes, after an update",
  L4: "a refresh that expects no changes, after an update",
  L5: "a refresh, and a preview that is clean after it",
  L6: "an update of each field alone",
  L7: "each optional field cleared",
  L8: "fields whose change replaces",
  L9: "a binding moved to another template without being lost",
  L10: "delete",
  L11: "nothing left after destroy, by the API itself",
  L12: "destroy twice",
  L13: "gone, refreshed away, made anew",
  L14: "gone, and deleted all the same",
  L15: "drift of every field noticed and repaired",
  L16: "drift from unset to set",
  L17: "adoption of what is equal and of what differs",
  L18: "get",
  L19: "resource options",
  L20: "limits, and characters beyond ASCII",
  P1: "no call in a preview",
  P2: "every field unknown",
  P3: "bindings unchanged in the preview of a template's update",
  P4: "the same preview twice",
  C1: "killed at each call",
  C2: "the answer to a create lost",
  C3: "status 500 after the effect",
  C4: "the answer to a delete lost",
  C5: "a pending create cleared, then taken over",
  C6: "an interrupted delete-before-replace",
  C7: "one SIGINT",
  C8: "SIGTERM",
  C9: "two SIGINTs",
  C10: "a partial failure recorded with what loads the provider",
  C11: "bounded time, whatever the server does",
  C12: "two stacks that race for one domain and app",
  S1: "the text in the state small, and always the same",
  S2: "neither credential nor path in the state",
  S3: "the states of every released version",
  S4: "destroy without the program",
  S5: "the package not installed",
  S6: "whatever is thrown",
  S7: "100 first calls at once",
  K1: "no secret in clear, anywhere",
  R1: "random histories against a model",
  R2: "the provider against a plain client of the API",
};

/** Items without a test, and why. Whoever adds one has to take it out of here. */
const NOT_SHOWN: Record<string, string> = {};

const ITEM = /\b[LPCSKR]\d{1,2}\b/g;

/** The titles of all tests that run, from mocha itself: a run of a few files, or side by side, does not know them. */
async function titles(): Promise<string[]> {
  const mocha = join(dirname(require.resolve("mocha/package.json")), "bin", "mocha.js");
  const args = [mocha, "--dry-run", "--no-parallel", "--reporter", "json", "test/**/*.test.ts"];
  const options = { cwd: resolve(__dirname, ".."), maxBuffer: 1 << 26 };
  const { stdout } = await promisify(execFile)(process.execPath, args, options);
  const { passes } = JSON.parse(stdout.slice(stdout.indexOf("{\n"))) as { passes: { fullTitle: string }[] };
  return passes.map(({ fullTitle }) => fullTitle);
}

describe("the conformance checklist", function () {
  this.timeout(60_000);

  it("is shown item by item: every id is in the title of a test that runs, and no other id", async () => {
    const found = new Set((await titles()).flatMap((title) => title.match(ITEM) ?? []));
    expect([...found]).to.have.members(Object.keys(CHECKLIST).filter((id) => !(id in NOT_SHOWN)));
  });
});
