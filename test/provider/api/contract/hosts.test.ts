import { expect } from "chai";
import { canonicalDomain, isCloudHost, isHostName, isLoopbackHost } from "../../../../provider/api/contract/hosts";

describe("a host name", () => {
  it("has no canonical form if it is invalid", () => {
    expect(canonicalDomain("push example.com")).to.equal("");
  });

  it("has at least two labels, and a letter in the last one", () => {
    for (const name of ["push.example.com", "PUSH.Example.com", "a-b.xn--fiqs8s"])
      expect(isHostName(name), name).to.equal(true);
    for (const name of [
      "localhost",
      "127.0.0.1",
      "-a.example.com",
      "a..example.com",
      "a.example.com.",
      "a_b.example.com",
    ])
      expect(isHostName(name), name).to.equal(false);
  });

  it("belongs to the cloud at either site, for any product and with a trailing dot, and not otherwise", () => {
    for (const host of [
      ...["live.tencentcloudapi.com", "sts.intl.tencentcloudapi.com", "LIVE.TencentCloudAPI.com."],
      "tencentcloudapi.com",
    ])
      expect(isCloudHost(host), host).to.equal(true);
    for (const host of ["tencentcloudapi.com.example.com", "nottencentcloudapi.com", "localhost", ""])
      expect(isCloudHost(host), host).to.equal(false);
  });

  it("counts as this machine only if it always resolves to loopback", () => {
    for (const host of ["localhost", "127.0.0.1", "127.1.2.3", "[::1]", "::1"])
      expect(isLoopbackHost(host), host).to.equal(true);
    for (const host of ["localhost.example.com", "127.0.0.1.example.com", "0.0.0.0", "10.0.0.1", "[::2]", ""])
      expect(isLoopbackHost(host), host).to.equal(false);
  });

  it("may have labels that are numbers, except for the last one", () => {
    expect([isHostName("a.1.com"), isHostName("push.example.1")]).to.deep.equal([true, false]);
  });
});
