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
  "provider/hosts/plugin/scenarios",
  "examples/receiverQueue",
  "crash/crash",
  "e2e/refactoring/stacks",
  "e2e/export",
  "model/cli",
  "examples/automationApi",
  "examples/pipelines",
  "e2e/refactoring/aliases",
  "e2e/refactoring/withoutAliases",
  "provider/dialects",
  "package/package",
  "e2e/options",
  "examples/adoptExisting",
  "examples/multiEnvironment",
  "examples/readmes",
  "docs/recipes",
  "e2e/secrets",
  "e2e/credentials",
  "e2e/errors",
  "e2e/stateSecrets",
  "e2e/drift",
  "e2e/life",
  "examples/multiDomain",
  "e2e/wrongAccount",
  "e2e/native/credentials",
  "e2e/native/migration",
  "tools/probe/probe",
  "package/receiverTypes",
  "e2e/unattended",
  "e2e/native/badInput",
  "e2e/native/import",
  "e2e/changes",
  "e2e/native/interruption",
  "package/published",
  "package/receiverModules",
  "e2e/native/accounts",
  "examples/pulumiOperator",
  "upgrades/upgrades",
  "e2e/runProgram",
  "docs/emulatorDeployment",
  "e2e/errorScript",
  "model/model",
  "e2e/native/renames",
  "e2e/bindTo",
  "tools/release",
  "tools/makePackage",
  "docs/emulator",
  "docs/reference",
  "docs/blocks",
  "e2e/schema",
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
