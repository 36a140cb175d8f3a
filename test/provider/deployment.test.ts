import { expect } from "chai";
import { Deployment } from "../../provider/deployment";
import { environmentHost } from "../../provider/hosts/environment";

describe("a deployment", () => {
  it("uses the backoff and the reconciliation time of its options", () => {
    const backoff = { initialDelayMs: 1, maxDelayMs: 2 };
    expect(new Deployment(environmentHost, { backoff, reconcileMs: 3 })).to.include({ backoff, reconcileMs: 3 });
  });

  it("uses the environment of the process and the default times if it has no options", () => {
    const deployment = new Deployment(environmentHost);
    expect(deployment.reconcileMs).to.equal(15_000);
    expect(deployment.backoff).to.deep.equal({ initialDelayMs: 100, maxDelayMs: 5_000 });
    const { TENCENTCLOUD_LIVE_DEBUG: before } = process.env;
    try {
      process.env["TENCENTCLOUD_LIVE_DEBUG"] = "1";
      expect(deployment.debug).to.equal(true);
    } finally {
      if (before === undefined) delete process.env["TENCENTCLOUD_LIVE_DEBUG"];
      else process.env["TENCENTCLOUD_LIVE_DEBUG"] = before;
    }
  });

  it("adds stacks to errors only if TENCENTCLOUD_LIVE_DEBUG is 1, true or yes", () => {
    const debug = (value: string) =>
      new Deployment(environmentHost, { environment: { TENCENTCLOUD_LIVE_DEBUG: value } }).debug;
    for (const value of ["1", "true", "TRUE", "yes", " 1\n"]) expect(debug(value), value).to.equal(true);
    for (const value of ["", "0", "false", "no", "off"]) expect(debug(value), value).to.equal(false);
    for (const value of ["10", "untrue", "yesterday"]) expect(debug(value), value).to.equal(false);
  });

  it("shares one instance of a class among its operations, but not with another deployment", () => {
    class Claims {}
    const deployment = new Deployment(environmentHost);
    expect(deployment.shared(Claims)).to.be.an.instanceOf(Claims).and.to.equal(deployment.shared(Claims));
    expect(new Deployment(environmentHost).shared(Claims)).to.not.equal(deployment.shared(Claims));
  });
});
