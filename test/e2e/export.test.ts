import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect } from "chai";
import { type Outcome, runCommand } from "../support/callbackCommand";
import { writesTo } from "../support/cloud";
import { fillAsConsolesDo, LEFT_OUT } from "../support/consoleAccount";
import { leaksIn } from "../support/provider/canaries";
import { useProjects } from "../support/pulumi/cliProject";

/** What brings the resources into the stack, in each format. */
const FORMATS = {
  typescript: {
    deploy: [["up", "--yes", "--skip-preview"]],
  },
  "native-typescript": {
    deploy: [
      ["import", "--file", "import.json", "--yes", "--protect=false", "--generate-code=false"],
      ["up", "--yes", "--skip-preview"],
    ],
  },
};

/** Deletes what the program is to lose after the first deployment. */
const withoutAdopt = (program: string): string => program.replaceAll(/\n *(adopt: \d+,|\/\/ adopt .*\n)/g, "");

describe("an account of 50 templates and 300 rules, exported", function () {
  this.timeout(600_000);
  const { emulator, project, start } = useProjects();
  const folder = () => join(project.folder, "account");
  const cli = (...args: string[]) => project.succeed(...args, "--cwd", folder());

  /** Runs the command with a `pulumi` on `PATH` that notes its arguments, and sets the secrets by it. */
  async function exportAccount(format: string): Promise<Outcome> {
    const bin = join(project.folder, "bin");
    mkdirSync(bin);
    const script = `#!/bin/sh\necho "$@" >> ${join(bin, "calls")}\ntr '\\0' ' ' < /proc/$$/environ >> ${join(bin, "calls")}\nexec ${project.command} "$@"\n`;
    writeFileSync(join(bin, "pulumi"), script);
    chmodSync(join(bin, "pulumi"), 0o755);
    const environment = { ...project.environment, PATH: [bin, process.env["PATH"]].join(delimiter) };
    const outcome = await runCommand(
      ["export", "--format", format, "--out", folder(), "--set-secrets", "dev"],
      environment,
    );
    expect(leaksIn(readFileSync(join(bin, "calls"), "utf8")), "arguments and environment").to.deep.equal([]);
    return outcome;
  }

  for (const [format, { deploy }] of Object.entries(FORMATS)) {
    it(`comes under code by ${format} without a writing call, and a destroy deletes exactly what was exported`, async () => {
      await start({ dialect: { appNameEmptyReads: "star", uniqueTemplateNames: false } });
      fillAsConsolesDo(emulator);
      const before = emulator.state();

      const { code, stdout, stderr } = await exportAccount(format);
      expect([code, stderr]).to.deep.equal([1, ""]);
      expect(stdout).to.match(/^Wrote 49 templates and 296 rules to /);
      const leftOut = /Left out:\n(.*\n)*?(?! {2})/.exec(stdout)?.[0].split("\n").slice(1, -1) ?? [];
      expect(leftOut.map((line) => line.trim().replace(/: .*/, ""))).to.deep.equal(LEFT_OUT);
      const files = readdirSync(folder()).map((name) => readFileSync(join(folder(), name), "utf8"));
      expect(leaksIn([stdout, ...files].join("\n"))).to.deep.equal([]);
      expect(emulator.calls()).to.deep.equal({ DescribeLiveCallbackTemplates: 1, DescribeLiveCallbackRules: 1 });

      symlinkSync(join(project.folder, "node_modules"), join(folder(), "node_modules"), "junction");
      for (const command of deploy) await cli(...command);
      await cli("preview", "--expect-no-changes");
      const program = readFileSync(join(folder(), "index.ts"), "utf8");
      writeFileSync(join(folder(), "index.ts"), withoutAdopt(program));
      expect(withoutAdopt(program)).to.not.include("adopt");
      await cli("preview", "--expect-no-changes");
      await cli("refresh", "--yes", "--skip-preview", "--expect-no-changes");
      expect(writesTo(emulator)).to.deep.equal([]);
      expect(emulator.state()).to.deep.equal(before);

      await cli("destroy", "--yes", "--skip-preview");
      const { templates, rules } = emulator.state();
      expect(templates.map(({ TemplateName }) => TemplateName)).to.deep.equal(["no-url"]);
      expect(rules.map(({ DomainName }) => DomainName).sort()).to.deep.equal([
        ...["*.example.com", "gone.example.com", "odd.example.com", "unused.example.com"],
      ]);
    });
  }
});
