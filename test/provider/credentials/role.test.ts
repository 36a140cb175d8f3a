import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { EMULATOR_CREDENTIALS, type EmulatorOptions } from "../../../emulator";
import { LiveError } from "../../../provider/api/errors";
import { failureOf } from "../../support/api/apiServer";
import { startedByTest } from "../../support/lifetime";
import { CredentialWorld } from "../../support/provider/credentialWorld";

const ROLE = "qcs::cam::uin/100000000001:roleName/deployer";
const KEYS = {
  TENCENTCLOUD_SECRET_ID: EMULATOR_CREDENTIALS.secretId,
  TENCENTCLOUD_SECRET_KEY: EMULATOR_CREDENTIALS.secretKey,
};
const TOKEN = "TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN";
const HOUR_MS = 3_600_000;

describe("the credentials of a role", () => {
  let folder: string;
  const [world, start] = startedByTest(async (environment: Record<string, string>, options: EmulatorOptions = {}) => {
    const started = await CredentialWorld.start(options);
    Object.assign(started.environment, environment);
    return started;
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "credentials-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const tokenFile = (token: string): string => {
    const file = join(folder, "token");
    writeFileSync(file, token);
    return file;
  };
  const use = () => world.client().send("DescribeLiveCallbackRules", {});
  const failure = () => failureOf(use(), LiveError);

  it("are obtained with a key pair, with the session name and the duration of the settings", async () => {
    await start({ ...KEYS, TENCENTCLOUD_ASSUME_ROLE_ARN: ROLE, TENCENTCLOUD_ASSUME_ROLE_EXTERNAL_ID: "partner" });
    Object.assign(world.config, { assumeRoleSessionName: "ci", assumeRoleSessionDuration: "900" });
    const found = await world.found();
    expect(found.source).to.equal(`the role ${ROLE}, assumed with credentials from the environment`);
    expect(found.expiresAt).to.equal(world.clock.now() + 900_000);
    expect(world.requests("AssumeRole")).to.deep.equal([
      { RoleArn: ROLE, RoleSessionName: "ci", DurationSeconds: 900, ExternalId: "partner" },
    ]);
    expect(world.secrets).to.include.members([KEYS.TENCENTCLOUD_SECRET_KEY, found.secretKey, found.securityToken]);
    await use();
  });

  it("are obtained for the role in a profile of tccli", async () => {
    const keys = { secretId: EMULATOR_CREDENTIALS.secretId, secretKey: EMULATOR_CREDENTIALS.secretKey };
    await start({ TENCENTCLOUD_SHARED_CREDENTIALS_DIR: folder, TENCENTCLOUD_PROFILE: "ci" });
    const file = join(folder, "ci.credential");
    writeFileSync(file, JSON.stringify({ ...keys, "role-arn": ROLE, "role-session-name": "of-the-profile" }));
    const { source } = await world.found();
    expect(source).to.equal(`the role ${ROLE}, assumed with credentials from profile "ci" of ${file}`);
    expect(world.requests("AssumeRole")).to.deep.equal([{ RoleArn: ROLE, RoleSessionName: "of-the-profile" }]);
  });

  it("cause an error on one line with the role, the source and a remedy, if the role cannot be assumed", async () => {
    await start({ ...KEYS, TENCENTCLOUD_ASSUME_ROLE_ARN: ROLE }, { roles: [{ arn: ROLE, externalId: "partner" }] });
    const rejected = await failure();
    expect(rejected.message).to.equal(`cannot assume the role ${ROLE}: The role does not trust the caller`);
    expect(rejected).to.include({ code: "UnauthorizedOperation", action: "AssumeRole", retryable: false });
    expect(rejected.remedy).to.equal(
      "Allow sts:AssumeRole for these credentials in CAM. The role must also trust the credentials from the environment.",
    );
    world.environment["TENCENTCLOUD_ASSUME_ROLE_ARN"] = `${ROLE}x`;
    expect(await failure()).to.include({ code: "ResourceNotFound.RoleNotFound" });
    world.environment["TENCENTCLOUD_SECRET_KEY"] = "another-secret";
    const wrongKey = await failure();
    expect(wrongKey.message).to.contain("(credentials from the environment)").and.not.contain("another-secret");
    expect(wrongKey.code).to.equal("AuthFailure.SignatureFailure");
  });

  it("cause an error that says once that the configuration may be stale, if it contains the role or the keys", async () => {
    await start(KEYS, { roles: [] });
    world.config["assumeRoleArn"] = ROLE;
    const stale =
      /^Check the ARN.*A refresh or destroy uses the configuration of the last update, even a failed one; with --run-program/;
    expect((await failure()).remedy).to.match(stale);
    Object.assign(world.config, { secretId: "AKIDold", secretKey: "old-secret" });
    const { message, remedy } = await failure();
    expect(message).to.contain("(credentials from the stack configuration)");
    expect(remedy.match(/--run-program/g)).to.have.length(1);
    world.config["assumeRoleWebIdentityTokenFile"] = tokenFile("t");
    for (const key of ["secretId", "secretKey", "assumeRoleArn"]) delete world.config[key];
    world.environment["TENCENTCLOUD_ASSUME_ROLE_ARN"] = ROLE;
    expect((await failure()).remedy).to.match(stale);
  });

  it("are obtained with a token in the environment, without a signature", async () => {
    const role = { arn: ROLE, webIdentity: { providerId: "GitHub", tokens: ["token-1"] } };
    await start(
      { [TOKEN]: "token-1\n", TENCENTCLOUD_ASSUME_ROLE_ARN: ROLE, TENCENTCLOUD_ASSUME_ROLE_PROVIDER_ID: "GitHub" },
      { roles: [role], credentials: [] },
    );
    const { source } = await world.found();
    expect(source).to.equal(`the role ${ROLE}, assumed with the web identity token of ${TOKEN}`);
    expect(world.secrets).to.include("token-1");
    await use();
    world.environment[TOKEN] = "stolen-token";
    const error = await failure();
    expect(error.message).to.equal(
      `cannot assume the role ${ROLE} with the web identity token of ${TOKEN}: The web identity token is not valid`,
    );
    expect(error).to.include({ code: "InvalidParameter.WebIdentityTokenError", action: "AssumeRoleWithWebIdentity" });
    expect(error.remedy).to.contain("Get a new token");
  });

  it("are obtained with a token in a file, which is read again for every session", async () => {
    const file = tokenFile("token-1\n");
    await start({ [`${TOKEN}_FILE`]: file, TENCENTCLOUD_ASSUME_ROLE_ARN: ROLE });
    const client = world.client();
    await client.send("DescribeLiveCallbackRules", {});
    writeFileSync(file, '{"web_identity_token": "token-2"}');
    world.clock.advance(2 * HOUR_MS);
    await client.send("DescribeLiveCallbackRules", {});
    expect(world.requests("AssumeRoleWithWebIdentity").map(({ WebIdentityToken }) => WebIdentityToken)).to.deep.equal([
      "token-1",
      "token-2",
    ]);
  });

  it("are obtained with the token of a TKE pod, in its region, and can assume another role", async () => {
    const pod = { TKE_ROLE_ARN: ROLE, TKE_PROVIDER_ID: "tke", TKE_REGION: "ap-hongkong" };
    await start({ ...pod, TKE_WEB_IDENTITY_TOKEN_FILE: tokenFile("pod-token") });
    const source = `the role ${ROLE}, assumed with the web identity token in ${join(folder, "token")}`;
    expect((await world.found()).source).to.equal(source);
    const [request] = world.requests("AssumeRoleWithWebIdentity");
    expect(request).to.include({ ProviderId: "tke", WebIdentityToken: "pod-token" });
    world.environment["TENCENTCLOUD_ASSUME_ROLE_ARN"] = `${ROLE}2`;
    expect((await world.found()).source).to.equal(`the role ${ROLE}2, assumed with credentials from ${source}`);
    delete world.environment["TKE_PROVIDER_ID"];
    expect((await failure()).message).to.contain("not complete: TKE_PROVIDER_ID must be set");
  });

  it("cause an error on one line if the role, the file or the token in it is missing", async () => {
    await start({ [`${TOKEN}_FILE`]: join(folder, "absent") });
    expect((await failure()).message).to.equal(`${TOKEN}_FILE is set, but the role to assume with that token is not`);
    world.environment["TENCENTCLOUD_ASSUME_ROLE_ARN"] = ROLE;
    const absent = await failure();
    expect(absent.message).to.equal(
      `the web identity token file ${join(folder, "absent")} (set by ${TOKEN}_FILE) cannot be read (ENOENT)`,
    );
    expect(absent.code).to.equal("Provider.CredentialsNotFound");
    for (const nothing of [" \n", "{", '{"token":"secret-token"}']) {
      world.environment[`${TOKEN}_FILE`] = tokenFile(nothing);
      expect((await failure()).message)
        .to.contain("contains no token")
        .and.not.contain("secret-token");
    }
    world.environment[`${TOKEN}_FILE`] = "eyJhbGciOiJSUzI1NiJ9.secret";
    expect((await failure()).message)
      .to.contain("file [hidden] (set by")
      .and.not.contain("secret");
  });

  it("cause an error with the code Provider.InvalidConfiguration if a role or TKE variable is missing", async () => {
    await start({ [TOKEN]: "token-1" });
    const noRole = await failure();
    expect(noRole.code).to.equal("Provider.InvalidConfiguration");
    expect(noRole.remedy).to.equal("Set tencentcloud-live:assumeRoleArn or TENCENTCLOUD_ASSUME_ROLE_ARN.");
    delete world.environment[TOKEN];
    world.environment["TKE_ROLE_ARN"] = ROLE;
    const incomplete = await failure();
    expect(incomplete.code).to.equal("Provider.InvalidConfiguration");
    expect(incomplete.message).to.contain("TKE_PROVIDER_ID and TKE_WEB_IDENTITY_TOKEN_FILE must be set");
  });

  it("are those of the instance if no other source is configured, and are renewed when they expire", async () => {
    await start({}, { instanceRole: "cvm-live" });
    const found = await world.found();
    expect(found).to.include({
      source: "the role cvm-live of this instance",
      expiresAt: world.clock.now() + 2 * HOUR_MS,
    });
    const client = world.client();
    await client.send("DescribeLiveCallbackRules", {});
    world.clock.advance(3 * HOUR_MS);
    await client.send("DescribeLiveCallbackRules", {});
  });
});
