import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";
import { filesIn } from "../support/files";

const FOLDER = resolve(__dirname, "../../receiver");
/** What the receiver shares with the rest of the tree: plain data and timers, which import nothing. */
const SHARED = ["contract/events.ts", "clock.ts"].map((file) => resolve(__dirname, "../../provider/api", file));
const IMPORTS = /^(?:import|export) (?:[^";]* from )?"([^"]+)"/gm;

/** Returns the packages that a process loads with a module, without the receiver's own files. */
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

describe("the receiver in a service without Pulumi", () => {
  it("loads only the package of its digests, which runs everywhere", () => {
    expect(packagesOf(FOLDER)).to.deep.equal(["@noble"]);
  });

  it("loads no other package with its Redis store, because the service passes the client", () => {
    expect(packagesOf(`${FOLDER}/stores/redisStore`)).to.deep.equal(["@noble"]);
  });

  it("shares only the table of events and the timers with the rest of the tree, including types", () => {
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

  it("imports no module of Node, not even for types, so that it loads and compiles everywhere", () => {
    const imports = filesIn(FOLDER)
      .filter((file) => file.endsWith(".ts"))
      .flatMap((file) => [...readFileSync(file, "utf8").matchAll(IMPORTS)].map(([, name = ""]) => name))
      .filter((name) => !name.startsWith(".") && !name.startsWith("@noble/hashes/"));
    expect(imports).to.deep.equal([]);
  });
});
