import { join, relative, resolve } from "node:path";
import { underHost } from "../../../support/cloud";
import { filesIn } from "../../../support/files";

const ROOT = resolve(__dirname, "../..");
const SCENARIOS = ["resources", "origin.test.ts", "dialects.test.ts", "../model/model.test.ts"].map((name) =>
  join(ROOT, name),
);

/** The tests of the lifecycle, written for any host, once more: over gRPC. */
describe("through the plugin:", () => {
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
