import { expect } from "chai";
import type { EmulatorOptions } from "../../emulator";
import { useProjects } from "../support/pulumi/cliProject";

const URL = "https://hooks.example.com/live";
const ACCOUNT = "100000000001";
const ROLE = `qcs::cam::uin/${ACCOUNT}:roleName/pipeline`;
const PROGRAM = `new CallbackTemplate("hooks", { streamBeginNotifyUrl: "${URL}" }).bindTo(["a.example.com"]);`;

describe("the credentials of a pipeline, with the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project, start: startProject } = useProjects();
  const start = async (options: EmulatorOptions = {}) => {
    await startProject(options);
    project.program(PROGRAM);
  };
  const set = (settings: Record<string, string>) => {
    const given = Object.entries(settings).map(([key, value]) => `tencentcloud-live:${key}=${value}`);
    return project.succeed("config", "set-all", ...given.flatMap((one) => ["--plaintext", one]));
  };
  const withoutKeys = () => {
    project.environment["TENCENTCLOUD_SECRET_ID"] = "";
    project.environment["TENCENTCLOUD_SECRET_KEY"] = "";
  };

  it("are obtained with a new token of the identity provider for each up, refresh and destroy", async () => {
    const tokens = ["token-up", "token-refresh", "token-destroy"];
    await start({ credentials: [], roles: [{ arn: ROLE, webIdentity: { providerId: "GitHub", tokens } }] });
    withoutKeys();
    await set({ assumeRoleArn: ROLE, assumeRoleProviderId: "GitHub", allowedAccountIds: ACCOUNT });
    project.environment["TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN_FILE"] = `${project.folder}/token`;
    project.write("token", "token-up\n");
    await project.up();
    const { CreateLiveCallbackTemplate, AssumeRoleWithWebIdentity, GetCallerIdentity } = emulator.calls();
    expect([CreateLiveCallbackTemplate, AssumeRoleWithWebIdentity, GetCallerIdentity]).to.deep.equal([1, 1, 1]);

    emulator.reset({ calls: true });
    project.write("token", "expired-meanwhile\n");
    await project.up();
    await project.expectNoChanges();
    expect(emulator.calls(), "nothing to do needs no credentials").to.deep.equal({});

    const failed = await project.run("refresh", "--yes", "--skip-preview");
    expect(failed.code).to.not.equal(0);
    expect(failed.output).to.match(/cannot read .*cannot assume the role .*InvalidParameter\.WebIdentityTokenError/);
    expect(failed.output).to.not.contain("expired-meanwhile");
    project.write("token", "token-refresh\n");
    await project.refresh("--expect-no-changes");
    project.write("token", "token-destroy\n");
    await project.destroy();
    expect(emulator.state()).to.deep.include({ templates: [], rules: [] });
    expect(JSON.stringify(project.deployment())).to.not.match(/token-|TemporaryKey|TemporaryToken/);
  });

  it("make no call except GetCallerIdentity if they belong to the wrong account", async () => {
    await start({ accountId: "200000000002" });
    await set({ allowedAccountIds: ACCOUNT });
    const { code, output } = await project.run("up", "--yes", "--skip-preview");
    expect(code).to.not.equal(0);
    expect(output).to.contain(
      `the credentials from the environment belong to account 200000000002, but tencentcloud-live:allowedAccountIds allows only ${ACCOUNT}.`,
    );
    expect(output).to.contain("code=Provider.AccountNotAllowed");
    expect(Object.keys(emulator.calls())).to.deep.equal(["GetCallerIdentity"]);
    expect(project.resources()).to.deep.equal({});
  });

  it("may belong to any account of a list that pulumi config creates", async () => {
    await start({ accountId: ACCOUNT });
    await project.succeed("config", "set", "--path", "tencentcloud-live:allowedAccountIds[0]", "200000000002");
    await project.succeed("config", "set", "--path", "tencentcloud-live:allowedAccountIds[1]", ACCOUNT);
    await project.up();
    expect(emulator.calls().GetCallerIdentity).to.equal(1);
  });

  it("are not used if a configuration key is mistyped, which preview reports", async () => {
    await start();
    await set({ allowedAcountIds: ACCOUNT });
    const { code, output } = await project.run("preview");
    expect(code).to.not.equal(0);
    expect(output).to.contain("did you mean tencentcloud-live:allowedAccountIds?");
    expect(output).to.not.match(/\n\s+at .*\.js:\d+/);
    expect(emulator.calls()).to.deep.equal({});
  });
});
