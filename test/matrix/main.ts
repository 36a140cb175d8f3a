import { spawnSync } from "node:child_process";
import { delimiter, join, resolve } from "node:path";
import { makeOnce } from "../../tools/pulumi-cli/cache";
import { defaultContext } from "../../tools/pulumi-cli/context";
import { runWatched } from "../../tools/pulumi-cli/watchedProcess";

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

/** The folder of the executable of a version of Node, which is installed once. */
async function nodeFolder(version: string): Promise<string> {
  const fill = (folder: string) =>
    runWatched({
      ...{ command: "npm", args: ["install", "--no-save", "--prefix", folder, `node@${version}`] },
      ...{ cwd: folder, env: process.env, idleLimitMs: 300_000 },
    });
  const doing = `installing Node ${version} from npm, once`;
  return join(
    await makeOnce({ folderName: `node-${version}`, doing, fill }, defaultContext()),
    "node_modules/node/bin",
  );
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
