import { expect } from "chai";
import { misplacedGuard, unknownKeys } from "../../sdk/configuration";

// test/e2e/credentials.test.ts and test/e2e/native/badInput.test.ts show that programs check the keys.
describe("the configuration keys", () => {
  it("are accepted if they are documented or in another namespace", () => {
    const keys = ["tencentcloud-live:secretId", "tencentcloud-live:assumeRoleArn", "aws:regoin", "callbacks:key"];
    expect(unknownKeys("callbacks", keys)).to.equal(undefined);
  });

  it("are rejected together if they are mistyped, with suggestions", () => {
    const typed = ["secretkey", "allowedAccounts", "colour"].map((key) => `tencentcloud-live:${key}`);
    const message = unknownKeys("callbacks", typed);
    expect(message).to.contain(
      "tencentcloud-live:secretkey is not a configuration key of pulumi-tencentcloud-live; did you mean tencentcloud-live:secretKey?",
    );
    expect(message).to.contain("did you mean tencentcloud-live:allowedAccountIds?");
    expect(message).to.contain(
      'tencentcloud-live:colour is not a configuration key of pulumi-tencentcloud-live. Remove it with "pulumi config rm tencentcloud-live:colour".',
    );
  });

  it("are rejected in a namespace that differs only in case or separators, but not in others", () => {
    for (const namespace of ["tencentcloudlive", "tencentCloudLive", "tencentcloud_live"]) {
      expect(unknownKeys("callbacks", [`${namespace}:secretId`])).to.equal(
        `${namespace}:secretId is not a configuration key of pulumi-tencentcloud-live; ` +
          `did you mean tencentcloud-live:secretId? Remove it with "pulumi config rm ${namespace}:secretId".`,
      );
    }
    expect(unknownKeys("callbacks", ["tencentcloud:secretId", "live:secretId"])).to.equal(undefined);
    expect(unknownKeys("tencentcloudlive", ["tencentcloudlive:secretId"])).to.equal(undefined);
  });

  it("cause a warning if the allowed accounts are in the namespace of the project", () => {
    expect(misplacedGuard("callbacks", ["callbacks:allowedAccountIds"])).to.equal(
      "pulumi-tencentcloud-live does not read callbacks:allowedAccountIds. If it should restrict the accounts, run " +
        '"pulumi config set tencentcloud-live:allowedAccountIds <ids>".',
    );
    for (const key of ["callbacks:region", "tencentcloud-live:allowedAccountIds", "other:allowedAccountIds"])
      expect(misplacedGuard("callbacks", [key])).to.equal(undefined);
    expect(misplacedGuard("tencentcloud-live", ["tencentcloud-live:allowedAccountIds"])).to.equal(undefined);
  });

  it("are not checked in a project with the name of the namespace", () => {
    expect(unknownKeys("tencentcloud-live", ["tencentcloud-live:colour"])).to.equal(undefined);
  });
});
