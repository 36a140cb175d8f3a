import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { codeBlocks, documentText } from "./markdown";

/** The document of errors, with the format of an error's line and a script that finds such lines in a log. */
export const ERRORS = documentText("docs/errors.md");
const [SCRIPT = ""] = codeBlocks(ERRORS, "sh");
export const FORMAT = new RegExp(`^${/^format='(.*)'$/m.exec(SCRIPT)?.[1]}$`);

/** Returns the output of the documented script for a log. */
export function read(log: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), "tencentcloud-live-"));
  try {
    writeFileSync(join(folder, "up.log"), log);
    const script = `${SCRIPT}true\n`;
    return execFileSync("sh", ["-c", script], { cwd: folder, encoding: "utf8" }).trim().split("\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
}
