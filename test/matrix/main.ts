import { spawnSync } from "node:child_process";
import { delimiter, resolve } from "node:path";
import { nodeFolder } from "../../tools/nodeVersion";

const ROOT = resolve(__dirname, "../..");
/**
 * The versions of Node, of the CLI and of the YAML host. Without a version, those of this machine are used, and
 * an early YAML host.
 */
const TOOLCHAINS: readonly { node?: string; cli?: string; yaml?: string }[] = [
  {},
  { node: "22" },
  { node: "24" },
  { node: "22", cli: "3.274.1", yaml: "1.38.1" },
];
const FILES = [
  "test/matrix/yaml.ts",
  "test/matrix/exportYaml.ts",
  "test/matrix/exportTypescript.ts",
  "test/matrix/nextBuild.ts",
  "test/provider/hosts/plugin/*.test.ts",
  "test/e2e/native/*.test.ts",
  "test/e2e/schema.test.ts",
  "test/e2e/unattended.test.ts",
  "test/upgrades/upgrades.test.ts",
];

/** Runs the tests of both hosts with each toolchain. Installs or builds missing tools once. */
async function main(): Promise<void> {
  for (const { node, cli, yaml } of TOOLCHAINS) {
    const folder = node === undefined ? undefined : await nodeFolder(node);
    const env = {
      ...process.env,
      PATH: [folder, process.env["PATH"]].filter(Boolean).join(delimiter),
      ...(cli === undefined ? {} : { PULUMI_VERSION: cli }),
      ...(yaml === undefined ? {} : { PULUMI_YAML_VERSION: yaml }),
    };
    const version = spawnSync("node", ["--version"], { env, encoding: "utf8" }).stdout.trim();
    console.log(`\nNode ${version}${cli === undefined ? "" : `, Pulumi CLI ${cli}, YAML host ${yaml}`}`);
    const run = spawnSync("node", ["node_modules/mocha/bin/mocha.js", ...FILES], { cwd: ROOT, env, stdio: "inherit" });
    if (run.status !== 0) process.exitCode = 1;
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
