import { expect } from "chai";
import type { Run } from "../../tools/scratchProject";
import { expectFailure, template, URL, useProjects } from "../support/pulumi/cliProject";

describe("plain HTTP to another host, with the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project, start } = useProjects();

  it("is rejected at preview, and with insecureEndpoint causes one warning in each run that calls the API", async () => {
    await start();
    // An address of this machine that does not count as loopback, because it may lead to another host.
    const endpoint = emulator.url.replace("127.0.0.1", "0.0.0.0");
    project.environment["TENCENTCLOUD_LIVE_ENDPOINT"] = endpoint;
    project.program(template(`streamBeginNotifyUrl: "${URL}"`));
    const { output } = await expectFailure(project, "preview");
    expect(output).to.contain("TENCENTCLOUD_LIVE_ENDPOINT must be an https: URL");
    expect(output).to.contain("with tencentcloud-live:insecureEndpoint also elsewhere, but never to the cloud");
    expect(emulator.calls()).to.deep.equal({});

    await project.succeed("config", "set", "tencentcloud-live:insecureEndpoint", "true");
    // The rows above repeat the last line of a resource.
    const warnings = ({ stdout }: Run): string[] =>
      stdout.slice(stdout.indexOf("Diagnostics:")).match(/warning: calls to .*/g) ?? [];
    const [warning, ...others] = warnings(await project.up());
    expect(warning).to.contain(`${endpoint} are not encrypted, as tencentcloud-live:insecureEndpoint allows`);
    expect(others).to.deep.equal([]);
    expect(emulator.state().templates).to.have.length(1);

    expect((await project.expectNoChanges()).output, "nothing to do calls nothing").to.not.contain("not encrypted");
    expect(warnings(await project.destroy())).to.deep.equal([warning]);
  });
});
