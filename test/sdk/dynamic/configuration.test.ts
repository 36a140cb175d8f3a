import { expect } from "chai";
import { unknownKeys } from "../../../sdk/dynamic/configuration";

// test/e2e/credentials.test.ts shows that the program checks the keys.
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

  it("are not checked in a project with the name of the namespace", () => {
    expect(unknownKeys("tencentcloud-live", ["tencentcloud-live:colour"])).to.equal(undefined);
  });
});
