import { expect } from "chai";
import { CallbackError } from "../../receiver";

/** The error class of a service, for example with a field for the request that failed. */
class OwnError extends CallbackError {}

describe("a CallbackError", () => {
  it("has the name of its class, which loggers print", () => {
    expect(new CallbackError("invalid_json", "no JSON").name).to.equal("CallbackError");
  });

  it("is an instance of CallbackError, and of a subclass only if that subclass created it", () => {
    const error: unknown = new CallbackError("invalid_json", "no JSON");
    const own: unknown = new OwnError("invalid_json", "no JSON");
    expect([error instanceof CallbackError, own instanceof CallbackError]).to.deep.equal([true, true]);
    expect([error instanceof OwnError, own instanceof OwnError]).to.deep.equal([false, true]);
  });

  it("is an instance even if another copy of the package created it", () => {
    const ofAnotherCopy: unknown = Object.create({ [Symbol.for("pulumi-tencentcloud-live.CallbackError")]: true });
    expect(ofAnotherCopy instanceof CallbackError).to.equal(true);
  });

  it("is distinguished from any other value, including null", () => {
    for (const other of [null, undefined, "invalid_json", {}, new Error("invalid_json")] as unknown[])
      expect(other instanceof CallbackError, String(other)).to.equal(false);
  });
});
