import { execFile } from "node:child_process";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { transformSync } from "esbuild";
import type { ScratchProject } from "../../../tools/scratchProject";
import { writesTo } from "../cloud";
import { codeBlocks, documentText } from "../markdown";
import { type EmulatedProject, expectFailure, operationsOf } from "./cliProject";

const PAGE = documentText("docs/refactoring.md");

/** A section of the document on refactoring. */
interface Recipe {
  /** The program before the change, and after it. */
  before: string;
  after: string;
  /** The blocks of commands. */
  commands: string[];
}

/** Reads a recipe from the document. Its program is a diff, and each side is a complete program. */
export function recipe(heading: string): Recipe {
  const [, section = ""] = PAGE.split(new RegExp(`^## ${heading}$`, "m"));
  const [text = ""] = section.split(/^## /m);
  const [diff = ""] = codeBlocks(text, "diff");
  return { before: sideOf(diff, "-"), after: sideOf(diff, "+"), commands: codeBlocks(text, "sh") };
}

/**
 * Makes a program of the document a part of a larger one: a block, whose resources have the name of the part
 * in their names, such as `moved-hooks`, and whose domains are below the name, such as `a.moved.example.com`.
 */
export function part(name: string, program: string): string {
  const renamed = program.replace(/(new \w+\(|createUrn\(|\{ name: )"/g, `$1"${name}-`);
  return `{\n${renamed.replaceAll("example.com", `${name}.example.com`)}}\n`;
}

/** Returns one side of a diff as JavaScript. The document shows TypeScript. */
function sideOf(diff: string, sign: "-" | "+"): string {
  const lines = diff.split("\n").filter((line) => line.startsWith(" ") || line.startsWith(sign));
  return transformSync(lines.map((line) => line.slice(1)).join("\n"), { loader: "ts" }).code;
}

/** Removes one or all options `aliases` from a program. */
export function withoutAliases(program: string, of = ".*?"): string {
  return edited(program, new RegExp(`(, )?aliases: \\[${of}\\]`, "g"), "");
}

/** Edits a program of the document, which must contain the text. */
export function edited(program: string, text: string | RegExp, replacement: string): string {
  const result = program.replace(text, replacement);
  expect(result).to.not.equal(program);
  return result;
}

/** The number of writes of an update, by action. */
type Writes = Record<string, number>;

/** Returns the writes that move domains to another template. */
export const moved = (domains: number): Writes => ({
  DeleteLiveCallbackRule: domains,
  CreateLiveCallbackRule: domains,
});

async function writesOf({ emulator }: EmulatedProject, work: () => Promise<unknown>): Promise<Writes> {
  emulator.reset({ calls: true });
  await work();
  const writes: Writes = {};
  for (const action of writesTo(emulator)) writes[action] = (writes[action] ?? 0) + 1;
  return writes;
}

/** Deploys a program and returns the writes. */
export function deploy(story: EmulatedProject, program: string, ...options: string[]): Promise<Writes> {
  story.project.program(program);
  return writesOf(story, () => story.project.up(...options));
}

/** Deploys a program. Expects a preview without operations, and an update without writes. */
export async function expectNoWrites(story: EmulatedProject, program: string): Promise<void> {
  const cloud = story.emulator.state();
  story.project.program(program);
  expect(await operationsOf(story.project)).to.deep.equal({});
  expect(await deploy(story, program)).to.deep.equal({});
  expect(story.emulator.state()).to.deep.equal(cloud);
}

/** Deploys a failing program. Returns the writes, and each failure once. */
export async function deployFailing(story: EmulatedProject, program: string, ...options: string[]) {
  const { project } = story;
  project.program(program);
  let output = "";
  const writes = await writesOf(story, async () => {
    ({ output } = await expectFailure(project, "up", "--yes", "--skip-preview", ...options));
  });
  return { writes, failures: [...new Set(output.match(/cannot create .*/g))] };
}

/** Runs commands of the document. @throws Error with their output if they fail */
export async function runCommands(project: ScratchProject, commands: string, folder = ""): Promise<void> {
  const { code, output } = await tryCommands(project, commands, folder);
  expect(code, output).to.equal(0);
}

/** Runs commands in a shell in which `pulumi` is the CLI of the project, in a folder within the project's. */
export function tryCommands(
  project: ScratchProject,
  commands: string,
  folder = "",
): Promise<{ code: number; output: string }> {
  const PATH = `${dirname(project.command)}:${process.env["PATH"]}`;
  const env = { HOME: process.env["HOME"], ...project.environment, PATH };
  return new Promise((resolve) => {
    execFile("sh", ["-ec", commands], { cwd: join(project.folder, folder), env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, output: `${stdout}\n${stderr}` });
    });
  });
}
