import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { Provider } from "../../../sdk/native";
import { optionsOf, settled, useMocks } from "../../support/sdk/registrations";

describe("an explicit provider", () => {
  const { made } = useMocks();

  it("sends settings other than text as JSON, and omits unset ones", async () => {
    const provider = new Provider("staging", {
      profile: "staging",
      assumeRoleArn: undefined,
      assumeRoleSessionDuration: pulumi.output(3600),
      allowedAccountIds: ["100000000001", pulumi.output("100000000002")],
      insecureEndpoint: true,
      verifyDomains: false,
      retrySeconds: 0.5,
    });
    await settled(provider.urn);
    expect(made).to.have.length(1);
    expect(made[0]).to.include({ type: "pulumi:providers:tencentcloud-live", name: "staging" });
    expect(made[0]?.inputs).to.deep.equal({
      profile: "staging",
      assumeRoleSessionDuration: "3600",
      allowedAccountIds: '["100000000001","100000000002"]',
      insecureEndpoint: "true",
      verifyDomains: "false",
      retrySeconds: "0.5",
    });
  });

  it("omits settings that are null or become undefined or null", async () => {
    const unset = {
      region: null,
      verifyDomains: pulumi.output(null),
      allowedAccountIds: pulumi.output(undefined),
      secretKey: null,
    };
    await settled(new Provider("unset", { profile: "staging", ...unset } as never).urn);
    expect(made[0]?.inputs).to.deep.equal({ profile: "staging" });
  });

  it("keeps only its credentials secret, whether given as secrets or in clear", async () => {
    const keys = { secretId: "AKIDexample", secretKey: pulumi.secret("Key1"), securityToken: "Token1" };
    const provider = new Provider("keys", { ...keys, region: "ap-guangzhou" });
    const outputs = provider as unknown as Record<string, pulumi.Output<string>>;
    const secret = async (name: string) => pulumi.isSecret(outputs[name] as pulumi.Output<string>);
    expect(await Promise.all([...Object.keys(keys), "region"].map(secret))).to.deep.equal([true, true, true, false]);
    expect(await settled(outputs["securityToken"])).to.equal("Token1");
  });

  it("keeps its credentials secret in the state", () => {
    expect(optionsOf((opts) => new Provider("options", {}, opts))).to.deep.include({
      additionalSecretOutputs: ["secretId", "secretKey", "securityToken"],
    });
  });

  it("needs no settings, and leaves a mistyped one for the plugin to reject", async () => {
    await settled(new Provider("default").urn);
    await settled(new Provider("typo", { secretkey: "x" } as never).urn);
    expect(made.map(({ inputs }) => inputs)).to.deep.equal([{}, { secretkey: "x" }]);
  });
});
