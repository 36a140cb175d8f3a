import { expect } from "chai";
import { EMULATOR_CREDENTIALS, type Emulator, type EmulatorOptions } from "../../../emulator";
import { Client } from "../../../provider/api/client";
import { live } from "../../../provider/api/contract/live";
import type { Service } from "../../../provider/api/contract/service";
import { type StsSession, sts } from "../../../provider/api/contract/sts";
import type { Credentials } from "../../../provider/api/credentials";
import { ApiError } from "../../../provider/api/errors";
import { environmentHost } from "../../../provider/hosts/environment";
import { failureOf } from "../../support/api/apiServer";
import { clockAt } from "../../support/clock";
import { startForTest } from "../../support/emulatorClient";

const ROLE = "qcs::cam::uin/100000000077:roleName/deployer";
const HOUR_S = 3600;
const keys: Credentials = { ...EMULATOR_CREDENTIALS, source: "the test" };

describe("STS of the emulator", () => {
  let now: number;
  let emulator: Emulator;
  const start = async (options: EmulatorOptions = {}) => {
    now = 1_700_000_000_000;
    emulator = await startForTest({ clock: () => now, ...options });
  };

  const clientOf = <S extends Service>(service: S, credentials: Credentials) =>
    new Client(service, {
      endpoint: new URL(emulator.url),
      credentials: () => credentials,
      requestTimeoutMs: 5_000,
      backoff: { initialDelayMs: 1, maxDelayMs: 2 },
      clock: clockAt(() => now),
      host: environmentHost,
    });
  const security = (credentials = keys) => clientOf(sts, credentials);
  const assume = (more: {
    ExternalId?: string;
    DurationSeconds?: number;
    RoleArn?: string;
    RoleSessionName?: string;
  }) => security().send("AssumeRole", { RoleArn: ROLE, RoleSessionName: "test", ...more });
  const identify = (token: string, more: { ProviderId?: string; RoleArn?: string } = {}) =>
    security().send("AssumeRoleWithWebIdentity", {
      ...{ RoleArn: ROLE, RoleSessionName: "test", ProviderId: "GitHub", WebIdentityToken: token },
      ...more,
    });
  const ofSession = ({ Credentials: { TmpSecretId, TmpSecretKey, Token } }: StsSession): Credentials => ({
    ...{ secretId: TmpSecretId, secretKey: TmpSecretKey, securityToken: Token, source: "the session" },
  });
  const rulesWith = (credentials: Credentials) => clientOf(live, credentials).send("DescribeLiveCallbackRules", {});
  const codeOf = async (call: Promise<unknown>) => (await failureOf(call, ApiError)).code;

  it("drops the keys that it issued when the emulator is reset", async () => {
    await start();
    const temporary = ofSession(await assume({}));
    emulator.reset();
    expect(await codeOf(rulesWith(temporary))).to.equal("AuthFailure.SecretIdNotFound");
  });

  it("issues keys that are valid with their token until they expire, and belong to the role's account", async () => {
    await start();
    const session = await assume({ DurationSeconds: HOUR_S });
    expect(session).to.include({ ExpiredTime: now / 1000 + HOUR_S, Expiration: "2023-11-14T23:13:20Z" });
    const temporary = ofSession(session);
    await rulesWith(temporary);
    expect(await security(temporary).send("GetCallerIdentity", {})).to.include({
      AccountId: "100000000077",
      Arn: "qcs::sts:100000000077:assumed-role/test",
    });
    expect(await codeOf(rulesWith({ ...temporary, securityToken: "other" }))).to.equal("AuthFailure.TokenFailure");
    expect(await codeOf(rulesWith({ ...temporary, secretKey: "other" }))).to.equal("AuthFailure.SignatureFailure");
    now += HOUR_S * 1000 - 1;
    await rulesWith(temporary);
    now += 1;
    expect(await codeOf(rulesWith(temporary))).to.equal("AuthFailure.TokenFailure");
    await rulesWith(keys);
  });

  it("rejects expired keys with the code of the dialect", async () => {
    await start({ dialect: { expiredKeyCode: "AuthFailure.SecretIdNotFound" } });
    const session = await assume({});
    now = session.ExpiredTime * 1000;
    expect(await codeOf(rulesWith(ofSession(session)))).to.equal("AuthFailure.SecretIdNotFound");
  });

  it("returns the account of the keys: the emulator's, or the one that is set for them", async () => {
    const other = { secretId: "AKIDother", secretKey: "other", accountId: "200000000002" };
    await start({ accountId: "300000000003", credentials: [EMULATOR_CREDENTIALS, other] });
    expect(await security().send("GetCallerIdentity", {})).to.deep.include({
      ...{ AccountId: "300000000003", Arn: "qcs::cam::uin/300000000003:uin/300000000003", Type: "CAMUser" },
    });
    const theirs = await security({ ...other, source: "" }).send("GetCallerIdentity", {});
    expect(theirs.AccountId).to.equal("200000000002");
  });

  it("accepts only the listed roles, each with its own external id or token", async () => {
    const byToken = { arn: ROLE, webIdentity: { providerId: "GitHub", tokens: ["good"] } };
    const byKeys = { arn: "qcs::cam::uin/1:roleName/byKeys", externalId: "partner" };
    await start({ roles: [byToken, byKeys] });
    expect(await codeOf(assume({}))).to.equal("UnauthorizedOperation");
    expect(await codeOf(assume({ RoleArn: byKeys.arn }))).to.equal("UnauthorizedOperation");
    await assume({ RoleArn: byKeys.arn, ExternalId: "partner" });
    expect(await codeOf(assume({ RoleArn: "qcs::cam::uin/1:roleName/none" }))).to.equal(
      "ResourceNotFound.RoleNotFound",
    );
    await identify("good");
    expect(await codeOf(identify("bad"))).to.equal("InvalidParameter.WebIdentityTokenError");
    expect(await codeOf(identify("good", { ProviderId: "GitLab" }))).to.equal("UnauthorizedOperation");
    expect(await codeOf(identify("good", { RoleArn: byKeys.arn }))).to.equal("UnauthorizedOperation");
    expect(await codeOf(identify("good", { RoleArn: "qcs::cam::uin/1:roleName/none" }))).to.equal(
      "InternalError.GetRoleError",
    );
  });

  it("accepts only a web identity without a signature", async () => {
    await start();
    const body = JSON.stringify({ RoleArn: ROLE, RoleSessionName: "test", ProviderId: "OIDC", WebIdentityToken: "t" });
    const unsigned = async (action: string) => {
      const headers = {
        ...{ "content-type": "application/json", authorization: "SKIP", "x-tc-action": action },
        ...{ "x-tc-version": "2018-08-13", "x-tc-timestamp": String(now / 1000) },
      };
      const response = await fetch(emulator.url, { method: "POST", headers, body });
      return ((await response.json()) as { Response: { Error?: { Code: string } } }).Response.Error?.Code;
    };
    expect(await unsigned("AssumeRoleWithWebIdentity")).to.equal(undefined);
    expect(await unsigned("AssumeRole")).to.equal("AuthFailure.InvalidAuthorization");
    expect(await unsigned("GetCallerIdentity")).to.equal("AuthFailure.InvalidAuthorization");
  });

  it("rejects an invalid role, session name, duration and token", async () => {
    await start();
    expect(await codeOf(assume({ RoleArn: "deployer" }))).to.equal("InvalidParameter.ParamError");
    expect(await codeOf(assume({ RoleSessionName: "a" }))).to.equal("InvalidParameter.ParamError");
    expect(await codeOf(assume({ RoleSessionName: "a b" }))).to.equal("InvalidParameter.ParamError");
    expect(await codeOf(assume({ DurationSeconds: 43_201 }))).to.equal("InvalidParameter.OverTimeError");
    expect(await codeOf(identify(""))).to.equal("InvalidParameter.WebIdentityTokenError");
  });

  describe("the metadata of the instance", () => {
    const ROLES = "/latest/meta-data/cam/security-credentials/";
    const get = (path: string, init: RequestInit = {}) => fetch(`${emulator.url}${path}`, init);

    it("contain its role and keys of the emulator's account", async () => {
      await start({ instanceRole: "cvm-live" });
      expect(await (await get(ROLES)).text()).to.equal("cvm-live");
      const response = (await (await get(`${ROLES}cvm-live`)).json()) as Record<string, string>;
      const { TmpSecretId = "", TmpSecretKey = "", Token = "", ExpiredTime, Code } = response;
      expect([Code, ExpiredTime]).to.deep.equal(["Success", now / 1000 + 7200]);
      const found = { secretId: TmpSecretId, secretKey: TmpSecretKey, securityToken: Token, source: "" };
      expect((await security(found).send("GetCallerIdentity", {})).AccountId).to.equal("100000000001");
    });

    it("are not found without a role, for another role and at other paths", async () => {
      await start();
      expect((await get(ROLES)).status).to.equal(404);
      await emulator.close();
      await start({ instanceRole: "cvm-live" });
      expect((await get(`${ROLES}other`)).status).to.equal(404);
      expect((await get("/latest/meta-data/instance-id")).status).to.equal(404);
      expect((await get(ROLES, { method: "PUT" })).status).to.equal(404);
    });
  });
});
