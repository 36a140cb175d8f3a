import { expect } from "chai";
import { read, refusal } from "../../support/provider/settings";

describe("the settings of roles and accounts", () => {
  it("read the endpoint of STS from the environment too, with the same limits", () => {
    const variable = "TENCENTCLOUD_STS_ENDPOINT";
    expect(read({}, { [variable]: "http://127.0.0.1:8080" }).stsEndpoint.origin).to.equal("http://127.0.0.1:8080");
    expect(refusal({ stsEndpoint: "http://sts.example.com" }).message).to.contain(
      "tencentcloud-live:stsEndpoint must be",
    );
    expect(refusal({}, { [variable]: "http://sts.example.com" }).message).to.contain(
      `${variable} must be an https: URL`,
    );
  });

  it("accept only an endpoint on this machine in place of the metadata service", () => {
    const variable = "TENCENTCLOUD_METADATA_ENDPOINT";
    const { metadataEndpoint } = read({}, { [variable]: "http://localhost:1234" });
    expect(metadataEndpoint.origin).to.equal("http://localhost:1234");
    for (const bad of ["http://metadata.example.com", "https://a.example.com", "http://localhost/x", "nonsense"]) {
      expect(refusal({}, { [variable]: bad }).message).to.contain(`${variable} must be the URL, without a path`);
    }
  });

  it("read a role from the variables of the Terraform provider; each value in the configuration wins", () => {
    const environment = {
      TENCENTCLOUD_ASSUME_ROLE_ARN: "qcs::cam::uin/1:role/4611686018427397919",
      TENCENTCLOUD_ASSUME_ROLE_SESSION_NAME: "ci",
      TENCENTCLOUD_ASSUME_ROLE_SESSION_DURATION: "900",
      TENCENTCLOUD_ASSUME_ROLE_EXTERNAL_ID: "partner",
      TENCENTCLOUD_ASSUME_ROLE_PROVIDER_ID: "GitLab",
    };
    expect(read({ assumeRoleSessionName: "stack" }, environment).role).to.deep.equal({
      arn: "qcs::cam::uin/1:role/4611686018427397919",
      sessionName: "stack",
      durationSeconds: 900,
      externalId: "partner",
      providerId: "GitLab",
      remedy: undefined,
    });
  });

  const BAD_ROLES: [string, string[], string][] = [
    ["assumeRoleArn", ["deployer", "qcs::cam::uin/1:roleName/", "arn:aws:iam::1:role/x"], "the ARN of a role"],
    ["assumeRoleSessionName", ["a", "a b", "x".repeat(129)], "2 to 128 letters"],
    ["assumeRoleSessionDuration", ["59", "43201", "60.5", "2h"], "a whole number of seconds from 60 to 43200"],
    ["assumeRoleExternalId", ["a", "a b"], "2 to 128 letters"],
  ];
  for (const [key, values, limit] of BAD_ROLES) {
    it(`reject an invalid ${key}, and show what is accepted`, () => {
      for (const value of values) {
        expect(refusal({ [key]: value }).message).to.contain(`tencentcloud-live:${key} must be ${limit}`);
      }
    });
  }

  it("accept the allowed accounts as a comma-separated list, or as the list that pulumi config writes", () => {
    const ids = ["100000000001", "100000000002"];
    for (const text of [ids.join(), ` ${ids.join(" , ")} `, JSON.stringify(ids), "[100000000001,100000000002]"]) {
      expect(read({ allowedAccountIds: text }).allowedAccountIds).to.deep.equal(ids);
    }
    for (const bad of [" ", ",", "100000000001,", "[]", "[", "prod", '[["100000000001"], true]', '{"a":1}']) {
      expect(refusal({ allowedAccountIds: bad }).message).to.contain(
        "tencentcloud-live:allowedAccountIds must be account",
      );
    }
  });
});
