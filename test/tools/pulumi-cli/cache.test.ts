import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { makeOnce } from "../../../tools/pulumi-cli/cache";
import { withLock } from "../../../tools/pulumi-cli/lock";
import { BareMachine, rejection } from "../../support/tools/bareMachine";

describe("tools", () => {
  let machine: BareMachine;
  beforeEach(() => {
    machine = new BareMachine();
  });
  afterEach(() => machine.remove());

  describe("the cache", () => {
    const times = { pollMs: 20, staleMs: 200 };

    it("fills a folder once for two concurrent requests", async () => {
      let fills = 0;
      const recipe = {
        folderName: "thing",
        doing: "making it",
        fill: async (target: string) => {
          fills++;
          await sleep(50);
          writeFileSync(join(target, "file"), "complete");
        },
      };
      const [one, two] = await Promise.all([makeOnce(recipe, machine.context), makeOnce(recipe, machine.context)]);
      expect(fills).to.equal(1);
      expect(one).to.equal(two);
      expect(readFileSync(join(one, "file"), "utf8")).to.equal("complete");
      expect(machine.logged).to.include("pulumi: another process is preparing the CLI, waiting for it");
    });

    it("exposes no partially filled folder, and allows another attempt", async () => {
      const recipe = { folderName: "thing", doing: "making it" };
      const half = async (target: string) => {
        writeFileSync(join(target, "file"), "half");
        throw new Error("broken off");
      };
      expect(await rejection(makeOnce({ ...recipe, fill: half }, machine.context))).to.equal("broken off");
      expect(readdirSync(machine.context.cacheFolder)).to.deep.equal([]);
      expect(existsSync(await makeOnce({ ...recipe, fill: async () => {} }, machine.context))).to.equal(true);
    });

    it("gives the lock to one holder at a time", async () => {
      let inside = 0;
      let most = 0;
      const body = async () => {
        most = Math.max(most, ++inside);
        await sleep(30);
        inside--;
      };
      const file = join(machine.folder, "lock");
      await Promise.all([1, 2, 3].map(() => withLock(file, () => {}, body, times)));
      expect(most).to.equal(1);
      expect(existsSync(file)).to.equal(false);
    });

    it("keeps a lock while its holder works", async () => {
      const file = join(machine.folder, "lock");
      const order: string[] = [];
      const slow = withLock(
        file,
        () => {},
        async () => {
          await sleep(600);
          order.push("slow");
        },
        times,
      );
      await sleep(20);
      await withLock(
        file,
        () => {},
        async () => order.push("next"),
        times,
      );
      await slow;
      expect(order).to.deep.equal(["slow", "next"]);
    });

    it("takes over the lock of a dead holder", async () => {
      const file = join(machine.folder, "lock");
      writeFileSync(file, "");
      const longAgo = new Date(Date.now() - 10_000);
      utimesSync(file, longAgo, longAgo);
      expect(
        await withLock(
          file,
          () => {},
          async () => "in",
          times,
        ),
      ).to.equal("in");
    });
  });
});
