import { execFile } from "node:child_process";
import { delimiter, dirname } from "node:path";
import type { Run, ScratchProject } from "../../../tools/scratchProject";
import { codeBlocks, documentText } from "../markdown";

/** The command lines that run an example. */
export interface RunLines {
  emulator: string;
  real: string;
}

/** A block of a "Run it" section. */
const BLOCK = /^# On the emulator:\n(.+)\n# (?:In your accounts?|For real)\b.*:\n(.+)\n$/;

/** Reads the two lines of "Run it", the first section of an example's README. */
export function runLines(example: string): RunLines {
  const [, section = ""] = documentText(`examples/${example}/README.md`).split(/^## /m);
  const [block = ""] = section.startsWith("Run it\n") ? codeBlocks(section, "sh") : [];
  const [, emulator, real] = BLOCK.exec(block) ?? [];
  if (emulator === undefined || real === undefined)
    throw new Error(`examples/${example}/README.md does not begin with "Run it" and its two lines`);
  return { emulator, real };
}

/** Runs the line for the emulator in a copy of the example. @throws Error if it fails */
export async function runOnEmulator(project: ScratchProject, example: string): Promise<Run> {
  const path = [dirname(project.command), project.environment["PATH"] ?? process.env["PATH"]].join(delimiter);
  return bash(project.folder, runLines(example).emulator, { ...project.environment, PATH: path });
}

/** Runs the commands of a service's README that send an event. Returns their output. */
export async function sendAsReadme(example: string, folder: string, url: string): Promise<string> {
  const [, block = ""] = codeBlocks(documentText(`examples/${example}/README.md`), "sh");
  if (!block.includes("tencentcloud-live send")) throw new Error(`examples/${example}/README.md sends no event`);
  return (await bash(folder, block.replaceAll("http://127.0.0.1:8080", new URL(url).origin))).stdout;
}

function bash(cwd: string, script: string, environment: Record<string, string> = {}): Promise<Run> {
  const env = { PATH: process.env["PATH"], HOME: process.env["HOME"], ...environment };
  return new Promise((done, fail) => {
    execFile("bash", ["-ec", script], { cwd, env }, (error, stdout, stderr) => {
      const output = `${stdout}\n${stderr}`;
      if (error) fail(new Error(`${script} exited with ${error.code}:\n${output}`));
      else done({ code: 0, stdout, stderr, output });
    });
  });
}
