import { rmSync } from "node:fs";
import { expect } from "chai";
import { outsidePerSuite } from "../support/package/outside";
import { type PackedPackage, packAndInstall, receiverAlone } from "../support/package/packed";
import { EXPECTED, responsesAt } from "../support/recipes/messages";
import { NEXT_PACKAGES, writeNextApp } from "../support/recipes/next";
import { RecipeFolder } from "../support/recipes/recipe";

/** The recipes of npm test run in the development server, because a build takes eight seconds of processor time. */
describe("the recipe of docs/receiver.md for Next.js", function () {
  this.timeout(300_000);
  const installed = outsidePerSuite(...NEXT_PACKAGES);
  let packed: PackedPackage;
  let receiver: string;
  let folder: RecipeFolder;
  before(() => {
    packed = packAndInstall();
    receiver = receiverAlone(packed);
    folder = new RecipeFolder(installed(), receiver, "copied");
  });
  after(() => {
    // Without network, the suite is skipped before anything is made.
    folder?.close();
    for (const one of [packed?.folder, receiver]) if (one) rmSync(one, { recursive: true });
  });

  it("serves callbacks in a production build", async () => {
    const next = writeNextApp(folder, installed());
    const build = folder.start(next, "build");
    await build.printed(/(\/live)/);
    await build.ended;
    const program = folder.start(next, "start");
    try {
      const origin = `http://127.0.0.1:${await program.printed(/^port (\d+)$/m)}`;
      expect(await responsesAt(`${origin}/live`, program)).to.deep.equal(EXPECTED);
    } finally {
      program.stop();
      await program.ended;
    }
  });
});
