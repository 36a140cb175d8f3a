import { expect } from "chai";
import { unknownKeys } from "../../../sdk/dynamic/configuration";

// That the program looks at them is shown in e2eCredentials.test.ts.
describe("the keys of the configuration", () => {
  it("are those that are documented; other namespaces are not looked at", () => {
    const keys = ["tencentcloud-live:secretId", "tencentcloud-live:assumeRoleArn", "aws:regoin", "callbacks:key"];
    expect(unknownKeys("callbacks", keys)).to.equal(undefined);
  });

  it("that are mistyped are refused, all at once, with what was probably meant", () => {
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

  it("are its own in a project of the same name", () => {
    expect(unknownKeys("tencentcloud-live", ["tencentcloud-live:colour"])).to.equal(undefined);
  });
});
