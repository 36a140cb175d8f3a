import { expect } from "chai";
import { canonicalDomain, isCloudHost, isHostName, isLoopbackHost } from "../../../../provider/api/contract/hosts";

describe("a host name", () => {
  it("has no canonical form where it cannot be one", () => {
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

  it("is the cloud's at either site, for any product and with a trailing dot, and nowhere else", () => {
    for (const host of [
      ...["live.tencentcloudapi.com", "sts.intl.tencentcloudapi.com", "LIVE.TencentCloudAPI.com."],
      "tencentcloudapi.com",
    ])
      expect(isCloudHost(host), host).to.equal(true);
    for (const host of ["tencentcloudapi.com.example.com", "nottencentcloudapi.com", "localhost", ""])
      expect(isCloudHost(host), host).to.equal(false);
  });

  it("is this machine only where it resolves to loopback for certain", () => {
    for (const host of ["localhost", "127.0.0.1", "127.1.2.3", "[::1]", "::1"])
      expect(isLoopbackHost(host), host).to.equal(true);
    for (const host of ["localhost.example.com", "127.0.0.1.example.com", "0.0.0.0", "10.0.0.1", "[::2]", ""])
      expect(isLoopbackHost(host), host).to.equal(false);
  });
});
