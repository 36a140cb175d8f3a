import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { transformSync } from "esbuild";
import { codeBlocks, documentText } from "./markdown";

const CACHE = resolve(__dirname, "../../.cache");
const MOCHA = join(dirname(require.resolve("mocha/package.json")), "bin/mocha.js");

/** Returns the test that a document shows under a heading. */
export function testUnder(document: string, heading: string): string {
  const [, rest = ""] = documentText(document).split(`\n### ${heading}\n`);
  const [code] = codeBlocks(rest.split(/^##/m)[0] ?? "", "ts");
  if (code === undefined) throw new Error(`${document} has no test under ${heading}`);
  return code;
}

/** Runs a test of a document with mocha and the built package. Returns the output of mocha. */
export async function runTest(code: string, environment: Record<string, string | undefined> = {}): Promise<string> {
  mkdirSync(CACHE, { recursive: true });
  // Within the repository, because the package can be imported there by its own name.
  const folder = mkdtempSync(join(CACHE, "test-"));
  try {
    writeFileSync(join(folder, "shown.mjs"), transformSync(code, { loader: "ts", format: "esm" }).code);
    const args = [MOCHA, "--no-config", "--reporter", "spec", "shown.mjs"];
    const env = { PATH: process.env["PATH"], HOME: process.env["HOME"], TMPDIR: folder, ...environment };
    return await new Promise((done) => {
      execFile(process.execPath, args, { cwd: folder, env }, (_error, stdout, stderr) => done(`${stdout}${stderr}`));
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
