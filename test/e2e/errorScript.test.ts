import { expect } from "chai";
import { FORMAT, read } from "../support/errorScript";
import { expectFailure, template, URL, useProject } from "../support/pulumi/cliProject";

/** The exit code of the CLI, by its version. It is the same for all failures. */
const ANY_FAILURE = [1, 255];

describe("the script of docs/errors.md, with the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project } = useProject();

  it("finds no code in a failed check, whose reasons have the documented prefix", async () => {
    project.program('new DomainBinding("d", { domainName: "http://a.example.com", templateId: 0 });');
    const { code, stdout } = await expectFailure(project, "preview");
    const problems = stdout.match(/(?<=^ +error: ).*/gm);
    const prefix = "pulumi-nodejs:dynamic/tencentcloud-live:DomainBinding resource 'd' has a problem: ";
    expect(problems).to.have.length(2);
    for (const problem of problems ?? []) expect(problem.startsWith(prefix), problem).to.equal(true);
    expect(stdout).to.not.contain("(code=");
    expect(code).to.be.oneOf(ANY_FAILURE);
  });

  it("finds the only failure of an update with its code, and the exit code is the general one", async () => {
    emulator.putTemplate({ TemplateName: "hooks", StreamEndNotifyUrl: URL });
    project.program(template(`templateName: "hooks", streamBeginNotifyUrl: "${URL}"`));
    const failed = await expectFailure(project, "up", "--yes", "--skip-preview");
    const [failure, codes, ...more] = read(failed.output);
    expect(failure)
      .to.match(FORMAT)
      .and.match(/^cannot create callback template "hooks": /);
    expect(codes).to.equal("Provider.AlreadyExists false");
    expect(more).to.deep.equal([]);
    expect(failed.code).to.be.oneOf(ANY_FAILURE);
  });

  it("recommends another run if --continue-on-error leaves bindings without the id of a failed template", async () => {
    await project.succeed("config", "set", "tencentcloud-live:retrySeconds", "0");
    emulator.addFault({ kind: "error", code: "RequestLimitExceeded", action: "CreateLiveCallbackTemplate" });
    project.program(`${template(`streamBeginNotifyUrl: "${URL}"`)}.bindTo(["a.example.com"]);`);
    const { output } = await expectFailure(project, "up", "--yes", "--skip-preview", "--continue-on-error");
    expect(output).to.contain("templateId is missing").and.contain("(or the template that it comes from has failed)");
    expect(read(output)).to.include("worth running again");
    expect((await project.run("up", "--yes", "--skip-preview")).code).to.equal(0);
  });
});
