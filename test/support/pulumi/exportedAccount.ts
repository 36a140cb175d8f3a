import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect } from "chai";
import type { FormatName } from "../../../cli/export/formats";
import type { ScratchProject } from "../../../tools/scratchProject";
import { type Outcome, runCommand } from "../callbackCommand";
import { writesTo } from "../cloud";
import { fillAsConsolesDo, LEFT_OUT } from "../consoleAccount";
import { leaksIn } from "../provider/canaries";
import { type EmulatedProject, useProjects } from "./cliProject";

/** The options of a Pulumi command that imports the list of an export, and prints no key. */
export const IMPORT = ["--file", "import.json", "--yes", "--protect=false", "--generate-code=false"];

/** How the project of a format is added to its stack, and the lines that are deleted afterwards. */
export interface Deployment {
  /** The file with the program. */
  program: "index.ts" | "Pulumi.yaml";
  /** Whether the resources are imported first. */
  imports: boolean;
  /** Deletes the lines that the program must not have after the first deployment. */
  withoutAdopt: (program: string) => string;
}

/** Starts projects whose account has 50 templates and a number of rules from consoles. */
export function useConsoleAccount(rules: number) {
  const { start, ...projects } = useProjects();
  return {
    ...projects,
    start: async () => {
      await start({ dialect: { appNameEmptyReads: "star", uniqueTemplateNames: false } });
      fillAsConsolesDo(projects.emulator, rules);
    },
  };
}

/**
 * Runs the command with a `pulumi` on `PATH` that records its arguments and environment, which contain no
 * key.
 */
export async function exportInto(folder: string, project: ScratchProject, ...args: string[]): Promise<Outcome> {
  const bin = join(project.folder, "bin");
  mkdirSync(bin);
  const calls = join(bin, "calls");
  writeFileSync(
    join(bin, "pulumi"),
    `#!/bin/sh
echo "$@" >> ${calls}
tr '\\0' ' ' < /proc/$$/environ >> ${calls}
exec ${project.command} "$@"
`,
  );
  chmodSync(join(bin, "pulumi"), 0o755);
  const path = [bin, project.environment["PATH"] ?? process.env["PATH"]].join(delimiter);
  const outcome = await runCommand(["export", "--out", folder, "--set-secrets", "dev", ...args], {
    ...project.environment,
    PATH: path,
  });
  expect(leaksIn(readFileSync(calls, "utf8")), "arguments and environment").to.deep.equal([]);
  symlinkSync(join(project.folder, "node_modules"), join(folder, "node_modules"), "junction");
  return outcome;
}

/** Exports the account. Checks the items that are left out, and that no file or output contains a key. */
export async function expectExport(format: FormatName, folder: string, { emulator, project }: EmulatedProject) {
  const { code, stdout, stderr } = await exportInto(folder, project, "--format", format);
  expect([code, stderr]).to.deep.equal([1, ""]);
  const rules = emulator.state().rules.length - LEFT_OUT.filter((item) => item.startsWith("rule ")).length;
  expect(stdout).to.contain(`Wrote 49 templates and ${rules} rules to `);
  const leftOut = /Left out:\n(.*\n)*?(?! {2})/.exec(stdout)?.[0].split("\n").slice(1, -1) ?? [];
  expect(leftOut.map((line) => line.trim().replace(/: .*/, ""))).to.deep.equal(LEFT_OUT);
  const names = readdirSync(folder).filter((name) => name !== "node_modules");
  const files = names.map((name) => readFileSync(join(folder, name), "utf8"));
  expect(leaksIn([stdout, ...files].join("\n"))).to.deep.equal([]);
  expect(emulator.calls()).to.deep.equal({ DescribeLiveCallbackTemplates: 1, DescribeLiveCallbackRules: 1 });
}

/**
 * Deploys an exported project, and deletes its lines with `adopt`, without a write. Then destroys the stack.
 */
export async function expectNoWritesUntilDestroy(folder: string, started: EmulatedProject, deployment: Deployment) {
  const { emulator, project } = started;
  const cli = (...args: string[]) => project.succeed(...args, "--cwd", folder);
  const before = emulator.state();
  if (deployment.imports) await cli("import", ...IMPORT);
  await cli("up", "--yes", "--skip-preview");
  const file = join(folder, deployment.program);
  const program = deployment.withoutAdopt(readFileSync(file, "utf8"));
  expect(program).to.not.include("adopt");
  writeFileSync(file, program);
  await cli("preview", "--expect-no-changes");
  await cli("refresh", "--yes", "--skip-preview", "--expect-no-changes");
  expect(writesTo(emulator)).to.deep.equal([]);
  expect(emulator.state()).to.deep.equal(before);

  await cli("destroy", "--yes", "--skip-preview");
  expectOnlyLeftOut(emulator);
}

/** Lines with `adopt` in a TypeScript program. */
const ADOPT = /\n *(adopt: \d+,|\/\/ adopt .*\n)/g;
const withoutAdopt = (program: string): string => program.replaceAll(ADOPT, "");

/** How each format in TypeScript is deployed. */
const TYPESCRIPT: Readonly<Record<"typescript" | "native-typescript", Deployment>> = {
  typescript: { program: "index.ts", imports: false, withoutAdopt },
  "native-typescript": { program: "index.ts", imports: true, withoutAdopt },
};

/** Declares the test of a format in TypeScript, with an account of this many rules. */
export function describeTypescriptExport(
  format: keyof typeof TYPESCRIPT,
  rules: number,
  environment: Record<string, string> = {},
): void {
  describe(`an account of 50 templates and ${rules} rules, exported as ${format}`, function () {
    this.timeout(600_000);
    const { start, ...started } = useConsoleAccount(rules);

    it("is taken over without a write, and a destroy deletes exactly what was exported", async () => {
      await start();
      Object.assign(started.project.environment, environment);
      const folder = join(started.project.folder, "account");
      await expectExport(format, folder, started);
      await expectNoWritesUntilDestroy(folder, started, TYPESCRIPT[format]);
    });
  });
}

/** Expects that an account has only the items that the export has left out. */
export function expectOnlyLeftOut(emulator: EmulatedProject["emulator"]): void {
  const { templates, rules } = emulator.state();
  expect(templates.map(({ TemplateName }) => TemplateName)).to.deep.equal(["no-url"]);
  expect(rules.map(({ DomainName }) => DomainName).sort()).to.deep.equal([
    ...["*.example.com", "gone.example.com", "odd.example.com", "unused.example.com"],
  ]);
}
