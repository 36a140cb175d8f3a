import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/**
 * Changes one expression of the code at a time, and lists the changes that no test of `npm run test:quick`
 * detects: `npm run test:mutants -- [folder …]`. Writes reports to `.cache/mutants/`.
 */
const ROOT = resolve(__dirname, "../..");
/** Inside the repository, so that the installed packages resolve the repository's packages. */
const CACHE = join(ROOT, ".cache/mutants");
const STRYKER = join(CACHE, "node_modules/@stryker-mutator/core/bin/stryker.js");
const { quickFiles } = require("../run.js") as { quickFiles: string[] };

/** Matches tests of other processes, in which mutants are not active, and of servers such as Redis. */
const ELSEWHERE = /process\.test\.ts|support\/redis|installOutside|dynamicHost/;
/**
 * Tests that run most lines many times, and take seconds for each undetected mutant. Each runs only against
 * the mutants of its folder, or against none.
 */
const SWEEPS: Readonly<Record<string, string>> = {
  "test/provider/security/secrets.test.ts": "none",
  "test/provider/budgets.test.ts": "none",
  "test/provider/security/shortSecrets.test.ts": "provider",
  "test/provider/api/rateLimiter.test.ts": "provider/api",
  "test/provider/resources/calls.test.ts": "provider/resources",
  "test/receiver/http/memory.test.ts": "receiver/http",
};

/** A folder that is mutated in one run, with its own report. */
interface Part {
  folder: string;
  mutate: string;
}

/** Returns a part for the files of a folder, and one for each subfolder with all its files. */
function partsOf(folder: string): Part[] {
  const inner = readdirSync(join(ROOT, folder), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [
    { folder, mutate: `${folder}/*.ts` },
    ...inner.map(({ name }) => ({ folder: `${folder}/${name}`, mutate: `${folder}/${name}/**/*.ts` })),
  ];
}

/**
 * Returns the tests that run against mutants of a folder. The tests of the folder come first, because they
 * detect most mutants.
 */
function testsFor(folder: string): string[] {
  const area = folder.startsWith("receiver") ? /^test\/receiver\// : /^test\/(provider|sdk)\//;
  const files = quickFiles.filter(
    (file) =>
      area.test(file) &&
      (SWEEPS[file] ?? folder) === folder &&
      !ELSEWHERE.test(file + readFileSync(join(ROOT, file), "utf8")),
  );
  const own = `test/${folder}/`;
  return [...files.filter((file) => file.startsWith(own)), ...files.filter((file) => !file.startsWith(own))];
}

function configOf({ folder, mutate }: Part): object {
  const report = join(CACHE, folder.replaceAll("/", "-"));
  return {
    mutate: [mutate],
    testRunner: "mocha",
    plugins: ["@stryker-mutator/mocha-runner"],
    mochaOptions: {
      require: ["tsx/cjs", "./test/support/lifetime.ts", "./test/mutants/idleLimit.ts"],
      spec: testsFor(folder),
    },
    coverageAnalysis: "perTest",
    // Excludes code that runs while a module loads: each such mutant requires a new process and all tests.
    ignoreStatic: true,
    concurrency: 1,
    timeoutMS: 8_000,
    timeoutFactor: 1,
    allowEmpty: true,
    disableTypeChecks: false,
    tempDirName: join(CACHE, "sandbox"),
    ignorePatterns: ["/.cache", "/dist", "/docs"],
    reporters: ["clear-text", "progress-append-only", "json", "html"],
    clearTextReporter: { logTests: false, reportTests: false },
    jsonReporter: { fileName: `${report}.json` },
    htmlReporter: { fileName: `${report}.html` },
  };
}

/**
 * Installs the tool if its lock file has changed, with mocha 11, the latest version that its runner supports.
 */
function install(): void {
  const [lockFile, installed] = [join(__dirname, "package-lock.json"), join(CACHE, "node_modules/.package-lock.json")];
  const copy = join(CACHE, "package-lock.json");
  if (existsSync(installed) && existsSync(copy) && readFileSync(copy).equals(readFileSync(lockFile))) return;
  mkdirSync(CACHE, { recursive: true });
  for (const name of ["package.json", "package-lock.json"]) copyFileSync(join(__dirname, name), join(CACHE, name));
  run("npm", ["ci", "--no-audit", "--no-fund"], CACHE);
}

function run(command: string, args: string[], cwd = ROOT): void {
  const { status, error } = spawnSync(command, args, { cwd, stdio: "inherit" });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ended with ${status}`);
}

function main(folders: string[]): void {
  install();
  const parts = folders.length > 0 ? folders.flatMap(partsOf) : ["provider", "receiver"].flatMap(partsOf);
  for (const part of parts) {
    const config = join(CACHE, "stryker.json");
    writeFileSync(config, JSON.stringify(configOf(part), undefined, 2));
    console.log(`\n${part.mutate}`);
    run(process.execPath, [STRYKER, "run", config]);
  }
}

main(process.argv.slice(2).map((folder) => folder.replace(/\/+$/, "")));
