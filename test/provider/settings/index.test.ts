import { expect } from "chai";
import { secretSettings } from "../../../provider/settings";
import { own } from "../../../provider/words";
import { hostWith, read, refusal } from "../../support/provider/settings";

const ENDPOINT_LIMIT =
  "an https: URL without a path (http: only to this machine; with tencentcloud-live:insecureEndpoint also elsewhere, " +
  "but never to the cloud), for example https://live.tencentcloudapi.com";

describe("the settings", () => {
  it("have these defaults", () => {
    expect(read({})).to.deep.equal({
      endpoint: new URL("https://live.tencentcloudapi.com/"),
      stsEndpoint: new URL("https://sts.tencentcloudapi.com/"),
      accountIsKnowable: true,
      insecureEndpoints: [],
      metadataEndpoint: new URL("http://metadata.tencentyun.com/"),
      region: undefined,
      role: {
        arn: undefined,
        sessionName: "pulumi-tencentcloud-live",
        durationSeconds: undefined,
        externalId: undefined,
        providerId: "OIDC",
        remedy: undefined,
      },
      allowedAccountIds: undefined,
      verifyDomains: true,
      requestTimeoutMs: 10_000,
      retryMs: 60_000,
      inUseTimeoutMs: 30_000,
    });
  });

  it("read every key of the configuration", () => {
    const config = {
      endpoint: "https://live.intl.tencentcloudapi.com",
      stsEndpoint: "http://sts.example.com",
      insecureEndpoint: "true",
      region: "ap-singapore",
      assumeRoleArn: "qcs::cam::uin/100000000001:roleName/deployer",
      assumeRoleSessionName: "ci@prod",
      assumeRoleSessionDuration: "3600",
      assumeRoleExternalId: "partner:1/2",
      assumeRoleProviderId: "GitHub",
      allowedAccountIds: "100000000001, 100000000002",
      verifyDomains: "false",
      requestTimeoutSeconds: "2.5",
      retrySeconds: "0",
      inUseTimeoutSeconds: "3600",
    };
    expect(read(config)).to.deep.equal({
      endpoint: new URL("https://live.intl.tencentcloudapi.com/"),
      accountIsKnowable: true,
      stsEndpoint: new URL("http://sts.example.com/"),
      insecureEndpoints: [new URL("http://sts.example.com/")],
      metadataEndpoint: new URL("http://metadata.tencentyun.com/"),
      region: "ap-singapore",
      role: {
        arn: "qcs::cam::uin/100000000001:roleName/deployer",
        sessionName: "ci@prod",
        durationSeconds: 3600,
        externalId: "partner:1/2",
        providerId: "GitHub",
        remedy: own(
          "A refresh or destroy uses the configuration of the last update, even a failed one; with --run-program it uses today's.",
        ),
      },
      allowedAccountIds: ["100000000001", "100000000002"],
      verifyDomains: false,
      requestTimeoutMs: 2_500,
      retryMs: 0,
      inUseTimeoutMs: 3_600_000,
    });
  });

  it("read the endpoint and the region from the environment, if the configuration has none", () => {
    const environment = { TENCENTCLOUD_LIVE_ENDPOINT: "https://env.example.com", TENCENTCLOUD_REGION: "ap-guangzhou" };
    expect(read({}, environment)).to.deep.include({
      endpoint: new URL("https://env.example.com"),
      region: "ap-guangzhou",
    });
    const config = { endpoint: "https://config.example.com", region: "ap-beijing" };
    expect(read(config, environment)).to.deep.include({
      endpoint: new URL("https://config.example.com"),
      region: "ap-beijing",
    });
    expect(read({}, { TENCENTCLOUD_LIVE_ENDPOINT: "", TENCENTCLOUD_REGION: "" })).to.deep.equal(read({}));
  });

  for (const endpoint of [
    ...["https://live.tencentcloudapi.com", "https://live.tencentcloudapi.com/", "https://proxy.example.com:8443"],
    ...["http://localhost:8080", "http://127.0.0.1:8080", "http://127.1.2.3", "http://[::1]:8080"],
  ]) {
    it(`accept the endpoint ${endpoint}`, () => {
      expect(read({ endpoint }).endpoint.origin).to.equal(endpoint.replace(/\/$/, ""));
    });
  }

  for (const endpoint of [
    ...[
      "live.tencentcloudapi.com",
      "http://live.tencentcloudapi.com",
      "http://localhost.example.com",
      "http://not-localhost",
      "http://10.0.0.1",
    ],
    ...["http://0.0.0.0", "http://[::2]", "ftp://localhost", "https://a.example.com/v1", "https://", "nonsense"],
  ]) {
    it(`reject the endpoint ${endpoint}, and show what is accepted`, () => {
      expect(refusal({ endpoint })).to.include({
        message: `tencentcloud-live:endpoint must be ${ENDPOINT_LIMIT}; given: "${endpoint}"`,
        code: "Provider.InvalidConfiguration",
        remedy:
          'Correct it with "pulumi config set tencentcloud-live:endpoint <value>". ' +
          "A refresh or destroy uses the configuration of the last update, even a failed one; with --run-program it uses today's.",
      });
    });
  }

  for (const [endpoint, allowed] of [
    ...[
      ["http://emulator:4577", true],
      ["http://10.0.0.1", true],
      ["http://tencentcloudapi.com.example.com", true],
    ],
    ...[
      ["http://live.tencentcloudapi.com", false],
      ["http://LIVE.intl.TencentCloudAPI.com.", false],
    ],
    ...[
      ["http://tencentcloudapi.com", false],
      ["ftp://emulator", false],
      ["http://emulator/v1", false],
    ],
  ] as const) {
    it(`${allowed ? "accept" : "reject"} the endpoint ${endpoint} with insecureEndpoint`, () => {
      if (allowed) expect(read({ endpoint, insecureEndpoint: "true" }).insecureEndpoints).to.have.length(1);
      else expect(refusal({ endpoint, insecureEndpoint: "true" }).message).to.contain("endpoint must be");
    });
  }

  it("accept insecureEndpoint as true or false, or 1 or 0, and nothing else", () => {
    const endpoint = "http://emulator:4577";
    const variable = (value: string) => ({ TENCENTCLOUD_LIVE_INSECURE_ENDPOINT: value });
    for (const on of ["true", "1"]) expect(read({ endpoint }, variable(on)).insecureEndpoints).to.have.length(1);
    for (const off of ["false", "0", ""]) expect(() => read({ endpoint }, variable(off))).to.throw("endpoint must be");
    expect(() => read({ endpoint, insecureEndpoint: "false" }, variable("1"))).to.throw("endpoint must be");
    expect(refusal({}, variable("maybe")).message).to.equal(
      'TENCENTCLOUD_LIVE_INSECURE_ENDPOINT must be true or false (or 1 or 0); given: "maybe"',
    );
  });

  it("show the variable if a rejected endpoint comes from the environment", () => {
    const { message, remedy } = refusal({}, { TENCENTCLOUD_LIVE_ENDPOINT: "http://a.example.com" });
    expect(message).to.equal(`TENCENTCLOUD_LIVE_ENDPOINT must be ${ENDPOINT_LIMIT}; given: "http://a.example.com"`);
    expect(remedy).to.equal("Correct it.");
  });

  for (const endpoint of [
    ...["https://user:hunter2@a.example.com", "https://hunter2@a.example.com", "https://a.example.com/?token=hunter2"],
    ...["https://a.example.com/#hunter2", " https://user:hunter2@a.example.com", "https:/user:hunter2@a.example.com"],
    ...["https://user:hun/hunter2@a.example.com", "https://user:hunter2?@a.example.com", "user:hunter2@a.example.com"],
  ]) {
    it(`reject the endpoint ${JSON.stringify(endpoint)} without showing possible secrets`, () => {
      const { message } = refusal({ endpoint });
      expect(message).not.to.contain("hunter2");
      expect(message).to.contain("[hidden]").and.to.contain("tencentcloud-live:endpoint must be");
    });
  }

  const seconds: [string, number, number][] = [
    ["requestTimeoutSeconds", 1, 300],
    ["retrySeconds", 0, 3600],
    ["inUseTimeoutSeconds", 0, 3600],
  ];
  for (const [key, least, most] of seconds) {
    it(`accept ${key} from ${least} to ${most}, and nothing else`, () => {
      for (const good of [`${least}`, `${most}`, `${least}.5`]) expect(() => read({ [key]: good })).not.to.throw();
      for (const bad of [`${least - 1}`, `${most + 1}`, "ten", "1e2", "10s", " 5", "0x10", "NaN", "Infinity"]) {
        expect(refusal({ [key]: bad })).to.include({
          message: `tencentcloud-live:${key} must be a number of seconds from ${least} to ${most}; given: "${bad}"`,
          code: "Provider.InvalidConfiguration",
        });
      }
    });
  }

  it("accept verifyDomains as true or false, and nothing else", () => {
    expect(read({ verifyDomains: "true" }).verifyDomains).to.equal(true);
    for (const bad of ["yes", "1", "0", "no"]) {
      expect(refusal({ verifyDomains: bad }).message).to.equal(
        `tencentcloud-live:verifyDomains must be true or false; given: "${bad}"`,
      );
    }
  });

  it("accept allowedAccountIds as JSON with white space around it", () => {
    expect(read({ allowedAccountIds: ' ["100000000001"]\n' }).allowedAccountIds).to.deep.equal(["100000000001"]);
  });
});

describe("the secret settings", () => {
  it("come from the configuration and the environment, even if unused, trimmed and without empty values", () => {
    const config = { secretKey: " configuredKey\n", securityToken: "configuredToken", region: "ap-singapore" };
    const environment = {
      TENCENTCLOUD_SECRET_ID: "AKIDexample",
      TENCENTCLOUD_SECRET_KEY: "keyOfEnvironment",
      TENCENTCLOUD_SECURITY_TOKEN: "tokenOfEnvironment",
      TENCENTCLOUD_SESSION_TOKEN: "sessionToken",
      TENCENTCLOUD_TOKEN: "",
      TENCENTCLOUD_ASSUME_ROLE_EXTERNAL_ID: "externalId",
      TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN: "identityToken",
    };
    expect(secretSettings(hostWith(config), environment)).to.have.members([
      ...["configuredKey", "configuredToken", "keyOfEnvironment", "tokenOfEnvironment"],
      ...["sessionToken", "identityToken", "externalId"],
    ]);
    expect(secretSettings(hostWith({}), {})).to.deep.equal([]);
  });
});
