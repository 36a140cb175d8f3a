import { spawnSync } from "node:child_process";
import { delimiter, resolve } from "node:path";
import { nodeFolder } from "../../tools/nodeVersion";

const ROOT = resolve(__dirname, "../..");
const VERSIONS = ["22", "24"];
const FILES = [
  "test/matrix/yaml.ts",
  "test/matrix/exportYaml.ts",
  "test/provider/hosts/plugin/*.test.ts",
  "test/e2e/native/*.test.ts",
  "test/upgrades/upgrades.test.ts",
];

/** Runs the tests of both hosts with the Node of this machine, and with later ones from npm. */
async function main(): Promise<void> {
  const folders = [undefined, ...(await Promise.all(VERSIONS.map(nodeFolder)))];
  const failed = folders.filter((folder) => {
    const env = { ...process.env, PATH: [folder, process.env["PATH"]].filter(Boolean).join(delimiter) };
    console.log(`\nNode ${spawnSync("node", ["--version"], { env, encoding: "utf8" }).stdout}`);
    const run = spawnSync("node", ["node_modules/mocha/bin/mocha.js", ...FILES], { cwd: ROOT, env, stdio: "inherit" });
    return run.status !== 0;
  });
  if (failed.length > 0) process.exitCode = 1;
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
