import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { EMULATOR_CREDENTIALS } from "../../../emulator";
import { failed, ok, serve } from "../../support/api/apiServer";
import { rejection, useCloud } from "../../support/cloud";

const ROLE = "qcs::cam::uin/100000000001:roleName/deployer";

describe("K1: an error that repeats what a server sends", () => {
  const cloud = useCloud();

  it("contains neither the key nor the token of a role", async () => {
    const [key, token] = ["CanaryKeyOfTheRole", "CanaryTokenOfTheRole"];
    const credentials = { TmpSecretId: "AKIDrole", TmpSecretKey: key, Token: token };
    const sts = await serve([ok({ Credentials: credentials, ExpiredTime: 4_000_000_000, Expiration: "later" })]);
    const { url, seen } = await serve([failed("InvalidParameter", `you sent ${token}, signed with ${key}`)]);
    const environment = {
      TENCENTCLOUD_SECRET_ID: EMULATOR_CREDENTIALS.secretId,
      TENCENTCLOUD_SECRET_KEY: EMULATOR_CREDENTIALS.secretKey,
      TENCENTCLOUD_ASSUME_ROLE_ARN: ROLE,
      TENCENTCLOUD_LIVE_ENDPOINT: url.href,
      TENCENTCLOUD_STS_ENDPOINT: sts.url.href,
    };
    const { callbackTemplate } = cloud.deployment({}, { environment });
    const { message } = await rejection(callbackTemplate.read("1", {}));
    expect(seen.map(({ headers }) => headers["x-tc-token"])).to.deep.equal([token]);
    expect(message).to.contain("you sent [hidden], signed with [hidden]").and.not.contain("Canary");
  });

  it("contains no web identity token", async () => {
    const token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJyZXBvIn0.CanarySignature";
    const folder = mkdtempSync(join(tmpdir(), "secrets-"));
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return { TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN_FILE: join(folder, name) };
    };
    const sources = [
      { TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN: token },
      file("bare", `${token}\n`),
      file("json", JSON.stringify({ web_identity_token: token })),
    ];
    const code = "InvalidParameter.WebIdentityTokenError";
    for (const source of sources) {
      const environment = {
        ...source,
        TENCENTCLOUD_ASSUME_ROLE_ARN: ROLE,
        TENCENTCLOUD_LIVE_ENDPOINT: cloud.url,
        TENCENTCLOUD_STS_ENDPOINT: cloud.url,
      };
      cloud.addFault({ kind: "error", code, message: `the token ${token} has expired` });
      const { callbackTemplate } = cloud.deployment({}, { environment });
      const { message } = await rejection(callbackTemplate.read("1", {}));
      expect(message).to.contain("the token [hidden] has expired").and.contain(`code=${code}`);
      expect(message).to.not.contain(token);
    }
    rmSync(folder, { recursive: true });
  });
});
