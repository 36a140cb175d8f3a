import { expect } from "chai";
import { EMULATOR_CREDENTIALS } from "../../emulator";
import { check, create, rejection, useCloud } from "../support/cloud";

const ARGS = { templateName: "hooks", streamBeginNotifyUrl: "https://hooks.example.com/live" };
const ROLE = "qcs::cam::uin/100000000001:roleName/deployer";

describe("a plain HTTP endpoint on another machine", () => {
  const cloud = useCloud({ roles: [{ arn: ROLE }] });
  const proxies = { NO_PROXY: process.env["NO_PROXY"], no_proxy: process.env["no_proxy"] };
  before(() => {
    process.env["NO_PROXY"] = process.env["no_proxy"] = "*";
  });
  after(() => {
    for (const [name, value] of Object.entries(proxies)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  /** Returns the emulator's URL with an address that reaches this machine but does not count as loopback. */
  const elsewhere = () => cloud.url.replace("127.0.0.1", "0.0.0.0");
  const keys = {
    TENCENTCLOUD_SECRET_ID: EMULATOR_CREDENTIALS.secretId,
    TENCENTCLOUD_SECRET_KEY: EMULATOR_CREDENTIALS.secretKey,
  };
  const deployment = (config: Record<string, string>, environment: Record<string, string> = {}) => {
    const named = Object.entries(config).map(([key, value]) => [`tencentcloud-live:${key}`, value]);
    return cloud.deployment(Object.fromEntries(named), { environment: { ...keys, ...environment } });
  };
  const ALLOWED: [string, Record<string, string>, Record<string, string>][] = [
    ["the configuration", { insecureEndpoint: "true" }, {}],
    ["the environment", {}, { TENCENTCLOUD_LIVE_INSECURE_ENDPOINT: "1" }],
  ];

  for (const [where, config, environment] of ALLOWED) {
    it(`is called if ${where} allows it, with one warning at the first call`, async () => {
      const { callbackTemplate, domainBinding } = deployment({ endpoint: elsewhere(), ...config }, environment);
      await check(callbackTemplate, {}, { ...ARGS, templateName: "other" });
      expect(cloud.logged).to.deep.equal([]);
      await create(callbackTemplate, ARGS);
      await domainBinding.read("a.example.com", { templateId: 1 });
      expect(cloud.state().templates).to.have.length(1);
      expect(cloud.logged).to.deep.equal([
        `warning: calls to ${elsewhere()} are not encrypted, as tencentcloud-live:insecureEndpoint allows: an attacker on the network can read keys and change responses.`,
      ]);
    });
  }

  it("may be the STS endpoint", async () => {
    const config = { endpoint: cloud.url, stsEndpoint: elsewhere(), assumeRoleArn: ROLE, insecureEndpoint: "true" };
    await create(deployment(config).callbackTemplate, ARGS);
    expect(cloud.calls()).to.include({ AssumeRole: 1 });
    expect(cloud.logged).to.have.length(1);
  });

  for (const key of ["endpoint", "stsEndpoint"]) {
    it(`is rejected at preview if insecureEndpoint does not allow it: ${key}`, async () => {
      for (const allowed of [undefined, "false"]) {
        const { callbackTemplate } = deployment({
          endpoint: cloud.url,
          [key]: elsewhere(),
          ...(allowed && { insecureEndpoint: allowed }),
        });
        const { message } = await rejection(check(callbackTemplate, {}, ARGS));
        expect(message)
          .to.contain(`tencentcloud-live:${key} must be`)
          .and.contain("code=Provider.InvalidConfiguration");
      }
      expect(cloud.calls()).to.deep.equal({});
      expect(cloud.logged).to.deep.equal([]);
    });
  }

  it("causes no warning if it is allowed but not used", async () => {
    await create(
      deployment({ endpoint: cloud.url, stsEndpoint: cloud.url, insecureEndpoint: "true" }).callbackTemplate,
      ARGS,
    );
    expect(cloud.logged).to.deep.equal([]);
  });
});
