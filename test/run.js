// Runs the tests, two files at a time: `node test/run.js [--quick] [options of mocha]`. With --quick it
// leaves out the files that run the real CLI, install or pack, or that take more than a few seconds.

const { spawn } = require("node:child_process");
const { readdirSync, readFileSync } = require("node:fs");
const { dirname, join, relative } = require("node:path");

const ROOT = join(__dirname, "..");

/**
 * The slow files, longest first. Mocha starts files in this order, so that no slow file runs alone at the
 * end.
 */
const SLOW = [
  "crash/crash",
  "e2e/export",
  "examples/pipelines",
  "e2e/refactoring/stacks",
  "e2e/refactoring/withoutAliases",
  "e2e/refactoring/aliases",
  "examples/automationApi",
  "package/package",
  "e2e/options",
  "docs/recipes",
  "examples/receiverQueue",
  "package/receiverTypes",
  "package/receiverModules",
  "package/published",
  "e2e/life",
  "provider/hosts/plugin/scenarios",
  "e2e/secrets",
  "model/cli",
  "e2e/unattended",
  "e2e/errors",
  "e2e/changes",
  "e2e/wrongAccount",
  "e2e/native/migration",
  "e2e/native/interruption",
  "e2e/native/credentials",
  "e2e/native/accounts",
  "e2e/native/import",
  "e2e/native/badInput",
  "e2e/drift",
  "e2e/stateSecrets",
  "e2e/credentials",
  "examples/multiEnvironment",
  "examples/adoptExisting",
  "examples/multiDomain",
  "examples/readmes",
  "docs/blocks",
  "docs/reference",
  "docs/emulator",
  "docs/emulatorDeployment",
  "examples/pulumiOperator",
  "e2e/native/renames",
  "e2e/runProgram",
  "e2e/errorScript",
  "e2e/bindTo",
  "e2e/schema",
  "upgrades/upgrades",
  "provider/dialects",
  "tools/probe/probe",
  "tools/release",
  "tools/makePackage",
  "model/model",
].map((name) => `test/${name}.test.ts`);

const all = readdirSync(__dirname, { recursive: true })
  .filter((file) => file.endsWith(".test.ts"))
  .map((file) => relative(ROOT, join(__dirname, file)).replaceAll("\\", "/"))
  .sort();
const others = all.filter((file) => !SLOW.includes(file));
/** Returns whether a file runs the real CLI, for new files that are not in the list above. */
const runsCli = (file) => /scratchProject|cliProject|support\/package/.test(readFileSync(join(ROOT, file), "utf8"));
const quickFiles = others.filter((file) => !runsCli(file));

function main() {
  const [quick, ...options] =
    process.argv[2] === "--quick" ? process.argv.slice(2) : [undefined, ...process.argv.slice(2)];
  const files = quick ? quickFiles : [...SLOW, ...others];
  const mocha = join(dirname(require.resolve("mocha/package.json")), "bin/mocha.js");
  const checklist = quick ? [] : ["--reporter-option", "checklist=true"];
  const args = [mocha, "--parallel", "--jobs", "2", ...checklist, ...options, ...files];
  spawn(process.execPath, args, { cwd: ROOT, stdio: "inherit" }).on("exit", (code) => {
    process.exitCode = code ?? 1;
  });
}

if (require.main === module) main();

module.exports = { quickFiles };
