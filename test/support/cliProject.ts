import { expect } from "chai";
import type { Run, ScratchProject } from "../../tools/scratchProject";

export const URL = "https://hooks.example.com/live";

/** The text of a program that makes a template. */
export const template = (args: string, opts = ""): string => `new CallbackTemplate("hooks", { ${args} }${opts})`;

/** A run of the CLI that has to fail. */
export async function refused(project: ScratchProject, ...args: string[]): Promise<Run> {
  const run = await project.run(...args);
  expect(run.code, run.output).to.not.equal(0);
  return run;
}
