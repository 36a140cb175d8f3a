import { expect } from "chai";
import { EMULATOR_CREDENTIALS } from "../../../emulator";
import { failed, serve } from "../../support/api/apiServer";
import { rejection, useCloud } from "../../support/cloud";

const ROLE = "qcs::cam::uin/100000000001:roleName/deployer";

describe("K1: an error that repeats what a server sends", () => {
  const cloud = useCloud();

  it("contains neither the key nor the token of a role", async () => {
    const tokens: unknown[] = [];
    const { url } = await serve([
      (response, seen, request) => {
        const token = seen.headers["x-tc-token"];
        tokens.push(token);
        failed("InvalidParameter", `you sent ${token}, signed by ${seen.headers.authorization}`)(
          response,
          seen,
          request,
        );
      },
    ]);
    const environment = {
      TENCENTCLOUD_SECRET_ID: EMULATOR_CREDENTIALS.secretId,
      TENCENTCLOUD_SECRET_KEY: EMULATOR_CREDENTIALS.secretKey,
      TENCENTCLOUD_ASSUME_ROLE_ARN: ROLE,
      TENCENTCLOUD_LIVE_ENDPOINT: url.href,
      TENCENTCLOUD_STS_ENDPOINT: cloud.url,
    };
    const { callbackTemplate } = cloud.deployment({}, { environment });
    const { message } = await rejection(callbackTemplate.read("1", {}));
    expect(tokens).to.have.length(1);
    expect(tokens[0]).to.match(/^TemporaryToken/);
    expect(message).to.contain("you sent [hidden]").and.not.contain("TemporaryToken");
  });

  it("contains no web identity token", async () => {
    const token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJyZXBvIn0.CanarySignature";
    const environment = {
      TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN: token,
      TENCENTCLOUD_ASSUME_ROLE_ARN: ROLE,
      TENCENTCLOUD_LIVE_ENDPOINT: cloud.url,
      TENCENTCLOUD_STS_ENDPOINT: cloud.url,
    };
    const code = "InvalidParameter.WebIdentityTokenError";
    cloud.addFault({ kind: "error", code, message: `the token ${token} has expired` });
    const { callbackTemplate } = cloud.deployment({}, { environment });
    const { message } = await rejection(callbackTemplate.read("1", {}));
    expect(message).to.contain("the token [hidden] has expired").and.contain(`code=${code}`);
  });
});
