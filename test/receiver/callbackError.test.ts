import { expect } from "chai";
import { CallbackError } from "../../receiver";

/** A service's own error, for example with the request that it belongs to. */
class OwnError extends CallbackError {}

describe("a CallbackError", () => {
  it("has its class as its name, which loggers print", () => {
    expect(new CallbackError("invalid_json", "no JSON").name).to.equal("CallbackError");
  });

  it("is an instance of its class, and of a class that extends it only where it was made by that one", () => {
    const error: unknown = new CallbackError("invalid_json", "no JSON");
    const own: unknown = new OwnError("invalid_json", "no JSON");
    expect([error instanceof CallbackError, own instanceof CallbackError]).to.deep.equal([true, true]);
    expect([error instanceof OwnError, own instanceof OwnError]).to.deep.equal([false, true]);
  });

  it("is also an instance where another copy of the package has made it, whose class is another one", () => {
    const ofAnotherCopy: unknown = Object.create({ [Symbol.for("pulumi-tencentcloud-live.CallbackError")]: true });
    expect(ofAnotherCopy instanceof CallbackError).to.equal(true);
  });

  it("is no other value, null among them", () => {
    for (const other of [null, undefined, "invalid_json", {}, new Error("invalid_json")] as unknown[])
      expect(other instanceof CallbackError, String(other)).to.equal(false);
  });
});
