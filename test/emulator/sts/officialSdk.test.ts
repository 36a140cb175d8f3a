import { expect } from "chai";
import { live, sts } from "tencentcloud-sdk-nodejs";
import { CommonClient } from "tencentcloud-sdk-nodejs/tencentcloud/common/common_client";
import { EMULATOR_CREDENTIALS } from "../../../emulator";
import { useEmulator } from "../../support/emulatorClient";

const RoleArn = "qcs::cam::uin/100000000077:roleName/deployer";

describe("STS of the emulator, driven by the official SDK", () => {
  const emulator = useEmulator();
  const options = (credential: object = EMULATOR_CREDENTIALS) => ({
    credential: { ...EMULATOR_CREDENTIALS, ...credential },
    region: "ap-guangzhou",
    profile: { httpProfile: { protocol: "http://" as const, endpoint: `127.0.0.1:${emulator.port}` } },
  });

  it("issues keys with which the SDK calls the product", async () => {
    const { Credentials } = await new sts.v20180813.Client(options()).AssumeRole({ RoleArn, RoleSessionName: "sdk" });
    const { TmpSecretId: secretId, TmpSecretKey: secretKey, Token: token } = Credentials ?? {};
    const temporary = options({ secretId, secretKey, token });
    expect((await new live.v20180801.Client(temporary).DescribeLiveCallbackRules()).Rules).to.deep.equal([]);
    const identity = await new sts.v20180813.Client(temporary).GetCallerIdentity();
    expect(identity.AccountId).to.equal("100000000077");
  });

  it("accepts a web identity as the SDK sends it", async () => {
    const { protocol, endpoint } = options().profile.httpProfile;
    const client = new CommonClient(endpoint, "2018-08-13", { ...options(), profile: { httpProfile: { protocol } } });
    const request = { RoleArn, RoleSessionName: "sdk", ProviderId: "OIDC", WebIdentityToken: "token" };
    const response = await client.request("AssumeRoleWithWebIdentity", request, { skipSign: true });
    expect(response.Credentials).to.have.all.keys("TmpSecretId", "TmpSecretKey", "Token");
  });
});
