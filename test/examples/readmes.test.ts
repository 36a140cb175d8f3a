import { readdirSync } from "node:fs";
import { expect } from "chai";
import { EXAMPLES } from "../support/documents";
import { runLines, runOnEmulator } from "../support/examples/readme";
import { documentText } from "../support/markdown";
import { useExample } from "../support/pulumi/cliProject";

/** The examples whose README commands no other test runs. */
const RUN_HERE = ["quickstart", "gitops-github-actions", "gitops-gitlab", "pulumi-operator"];

describe("the READMEs of the examples", () => {
  for (const example of EXAMPLES)
    it(`begin with a line for the emulator and a line for a real account: ${example}`, () => {
      expect(runLines(example).emulator).to.not.equal(runLines(example).real);
    });

  it("have lines for the emulator that are run by tests", () => {
    const files = readdirSync(__dirname).filter((file) => file.endsWith(".test.ts"));
    const tests = files.map((file) => documentText(`test/examples/${file}`)).join("\n");
    const isRun = (example: string) => RegExp(`\\brun(OnEmulator|Lines)\\(.*"${example}"`).test(tests);
    expect(EXAMPLES.filter((example) => !RUN_HERE.includes(example) && !isRun(example))).to.deep.equal([]);
  });
});

for (const example of RUN_HERE)
  describe(`examples/${example}, through the real CLI`, function () {
    this.timeout(180_000);
    const { emulator, project } = useExample(example);

    it("deploys a template and its domain with the line of its README for the emulator", async () => {
      // The project of this example is the repository, and its `Pulumi.yaml` has the path of the program.
      if (example === "quickstart")
        project.write("Pulumi.yaml", documentText("Pulumi.yaml").replace("main: examples/quickstart\n", ""));
      await runOnEmulator(project, example);
      const { templates, rules } = emulator.state();
      expect(rules.map(({ DomainName, TemplateId }) => [DomainName, TemplateId])).to.deep.equal([
        ["push.example.com", templates[0]?.TemplateId],
      ]);
    });
  });
