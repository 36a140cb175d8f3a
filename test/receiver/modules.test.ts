import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";
import { filesIn } from "../support/files";

const FOLDER = resolve(__dirname, "../../receiver");
/** What the receiver shares with the rest of the tree: plain data and timers, which import nothing. */
const SHARED = ["contract/events.ts", "clock.ts"].map((file) => resolve(__dirname, "../../provider/api", file));
const IMPORTS = /^(?:import|export) (?:[^";]* from )?"([^"]+)"/gm;

/** What a process loads with a module, without what comes from the receiver itself. */
function packagesOf(module: string): string[] {
  const program = `
    const before = new Set(Object.keys(require.cache));
    require(${JSON.stringify(module)});
    console.log(JSON.stringify(Object.keys(require.cache).filter((file) => !before.has(file))));`;
  const output = execFileSync(process.execPath, ["--require", "tsx/cjs", "--eval", program], { encoding: "utf8" });
  const packages = (JSON.parse(output) as string[])
    .filter((file) => !file.startsWith(FOLDER) && !SHARED.includes(file))
    .map((file) => file.split("node_modules/").at(-1)?.split("/")[0] ?? file);
  return [...new Set(packages)];
}

describe("the receiver, which a service imports that knows nothing of Pulumi", () => {
  it("loads no package but the one of its hashes, which runs everywhere", () => {
    expect(packagesOf(FOLDER)).to.deep.equal(["@noble"]);
  });

  it("loads no other package with its Redis store: the client is the user's", () => {
    expect(packagesOf(`${FOLDER}/stores/redisStore`)).to.deep.equal(["@noble"]);
  });

  it("shares only the table of events and the timers with the rest of the tree, types included", () => {
    const foreign = filesIn(FOLDER)
      .filter((file) => file.endsWith(".ts"))
      .flatMap((file) =>
        [...readFileSync(file, "utf8").matchAll(IMPORTS)]
          .map(([, name = ""]) => name)
          .filter((name) => name.startsWith("."))
          .map((name) => `${resolve(file, "..", name)}.ts`),
      )
      .filter((file) => !file.startsWith(FOLDER));
    expect([...new Set(foreign)]).to.have.members(SHARED);
    for (const file of SHARED) expect(readFileSync(file, "utf8").match(IMPORTS), file).to.equal(null);
  });

  it("imports no module of Node, not even for types, so that every runtime can load it and every program compile it", () => {
    const imports = filesIn(FOLDER)
      .filter((file) => file.endsWith(".ts"))
      .flatMap((file) => [...readFileSync(file, "utf8").matchAll(IMPORTS)].map(([, name = ""]) => name))
      .filter((name) => !name.startsWith(".") && !name.startsWith("@noble/hashes/"));
    expect(imports).to.deep.equal([]);
  });
});
