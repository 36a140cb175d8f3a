import { join, relative, resolve } from "node:path";
import { underHost } from "../../../support/cloud";
import { filesIn } from "../../../support/files";

const ROOT = resolve(__dirname, "../..");
const SCENARIOS = ["resources", "origin.test.ts", "dialects.test.ts", "../model/model.test.ts"].map((name) =>
  join(ROOT, name),
);

/** Runs the tests of the lifecycle, which are independent of the host, again over gRPC. */
describe("the lifecycle over gRPC", () => {
  underHost("plugin", () => {
    for (const file of SCENARIOS.flatMap((path) => (path.endsWith(".ts") ? [path] : filesIn(path)))) {
      describe(relative(ROOT, file), () => {
        // Mocha loads the same file for the dynamic host, in this process or another.
        delete require.cache[file];
        require(file);
        delete require.cache[file];
      });
    }
  });
});
