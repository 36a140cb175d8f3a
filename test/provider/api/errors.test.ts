import { expect } from "chai";
import {
  ApiError,
  isDuplicateRule,
  isEmptyList,
  isForbidden,
  isInUse,
  isNotFound,
  isRetryable,
  isThrottled,
  isTransient,
  isUnknownParameter,
  LiveError,
  mayHaveExecuted,
  ProviderError,
  TransportError,
  withOutcome,
} from "../../../provider/api/errors";
import { remedyFor } from "../../../provider/api/remedies";
import { hostWith } from "../../support/provider/settings";

const { advice } = hostWith({});

describe("the guards of errors", () => {
  const notFound = [
    ...["FailedOperation.NotFound", "InternalError.ConfNotFound", "InternalError.DomainNotExist"],
    ...["InternalError.NotFound", "InternalError.RuleNotFound", "InvalidParameter.ConfNotFound"],
    ...["InvalidParameter.RuleNotFound", "ResourceNotFound.DomainNotExist"],
  ];
  const inUse = ["FailedOperation.ConfInUsed", "InternalError.ConfInUsed", "InternalError.RuleInUsing"];
  const throttled = [
    ...["RequestLimitExceeded", "RequestLimitExceeded.IPLimitExceeded", "RequestLimitExceeded.UinLimitExceeded"],
    ...["RequestLimitExceeded.GlobalRegionUinLimitExceeded", "LimitExceeded.RateLimitExceeded"],
  ];
  const transient = [
    ...["InternalError", "InternalError.ConnectDbError", "InternalError.DBError"],
    "FailedOperation.CallOtherSvrFailed",
  ];
  const auth = [
    ...["AuthFailure.SignatureFailure", "AuthFailure.SignatureExpire", "AuthFailure.SecretIdNotFound"],
    ...["AuthFailure.TokenFailure", "AuthFailure.UnauthorizedOperation", "AuthFailure.MFAFailure"],
    ...["AuthFailure.InvalidAuthorization", "UnauthorizedOperation", "UnauthorizedOperation.CamNoAuth"],
  ];
  const forbidden = auth.filter((code) => code.includes("UnauthorizedOperation"));
  const duplicate = ["InternalError.RuleAlreadyExist", "InvalidParameter.RuleAlreadyExist"];
  const none = [
    ...["ResourceNotFound", "ResourceNotFound.ForbidService", "ResourceNotFound.FreezeService"],
    ...["ResourceNotFound.StopService", "ResourceNotFound.UserDisableService", "ResourceNotFound.InvalidUser"],
    ...["InternalError.ConfOutLimit", "InternalError.ArgsNotMatch", "InternalError.InvalidInput", "InvalidParameter"],
    ...["InvalidParameterValue", "MissingParameter", "InvalidParameter.UrlNotSafe", "LimitExceeded"],
    ...["InvalidParameter.DomainFormatError", "UnsupportedOperation.NotLVBCodeMode", "InternalError.GetBizidError"],
    ...["RequestSizeLimitExceeded", "InternalErrors", "UnknownParameter", "InvalidParameter.COSCustomFileNameError"],
    // Undocumented codes, each similar to one that is treated specially.
    ...["FailedOperation.RequestLimitExceeded", "RequestLimitExceededByFar", "LimitExceeded.RateLimitExceeded.Again"],
    ...["FailedOperation.UnauthorizedOperation", "UnauthorizedOperations", "ResourceNotFound.EmptyData.Really"],
  ];
  const empty = ["ResourceNotFound.EmptyData"];
  const all = [notFound, inUse, throttled, transient, auth, duplicate, none, empty].flat();
  const apiError = (code: string) => new ApiError("it failed", { code, action: "DeleteLiveCallbackRule" });

  const guards: [string, (error: unknown) => boolean, string[]][] = [
    ["a missing resource", isNotFound, notFound],
    ["a resource in use", isInUse, inUse],
    ["throttling", isThrottled, throttled],
    ["a transient error", isTransient, transient],
    ["a duplicate rule", isDuplicateRule, duplicate],
    ["an empty list", isEmptyList, empty],
    ["an unknown parameter", isUnknownParameter, ["UnknownParameter"]],
    ["a forbidden action", isForbidden, forbidden],
    ["an unknown outcome", mayHaveExecuted, ["InternalError"]],
    ["a retryable error", isRetryable, [...throttled, ...transient]],
  ];
  for (const [title, guard, codes] of guards) {
    it(`recognize ${title} by exactly the documented codes`, () => {
      expect(all.filter((code) => guard(apiError(code)))).to.have.members(codes);
    });
  }

  it("recognize no error that is not one of the API", () => {
    const others = [
      new LiveError("no", { code: "FailedOperation.NotFound" }),
      new TransportError("no", { code: "Provider.NetworkError", mayHaveExecuted: false }),
      ...[Object.assign(new Error("no"), { code: "FailedOperation.NotFound" }), undefined, "FailedOperation.NotFound"],
    ];
    for (const other of others) for (const [title, guard] of guards) expect(guard(other), title).to.equal(false);
    expect(mayHaveExecuted(new TransportError("no", { code: "Provider.Timeout", mayHaveExecuted: true }))).to.equal(
      true,
    );
  });
});

describe("an error", () => {
  it("has its own name, the common root class and the fields of its failure", () => {
    const cause = new Error("ECONNRESET");
    const code = "Provider.NotFound" as const;
    const details = { code, action: "A", requestId: "r", retryable: true, remedy: "Do it.", cause };
    const errors = [
      new ProviderError("why", details),
      new TransportError("why", { ...details, mayHaveExecuted: true }),
      new ApiError("why", details),
    ];
    expect(errors.map(({ name }) => name)).to.deep.equal(["ProviderError", "TransportError", "ApiError"]);
    for (const error of errors) {
      expect(error).to.be.instanceOf(LiveError);
      expect(error).to.include({
        message: "why",
        code,
        action: "A",
        requestId: "r",
        remedy: "Do it.",
        cause,
      });
    }
    // Whether an error of the API passes is decided by its code alone.
    expect(errors.map(({ retryable }) => retryable)).to.deep.equal([true, true, false]);
    for (const executed of [true, false]) {
      const { mayHaveExecuted } = new TransportError("why", { ...details, mayHaveExecuted: executed });
      expect(mayHaveExecuted).to.equal(executed);
    }
    expect(new ProviderError("why", { code })).to.include({
      retryable: false,
      remedy: "",
    });
  });

  it("keeps its fields when an outcome is added to it", () => {
    const failure = new ApiError("too many", {
      code: "RequestLimitExceeded",
      action: "A",
      requestId: "r",
      remedy: "Run again.",
    });
    const outcome = withOutcome(failure, "the old rule was put back");
    expect(outcome).to.include({
      ...{ message: "too many; the old rule was put back", code: "RequestLimitExceeded", action: "A", requestId: "r" },
      ...{ retryable: true, remedy: "Run again.", cause: failure },
    });
    const foreign = new TypeError("a defect");
    expect(withOutcome(foreign, "x")).to.equal(foreign);
  });

  it("has the remedy of the most specific code, and none if the API's message has to suffice", () => {
    const remedy = (code: string, action = "*") => String(remedyFor(code, { service: "live", action, advice }));
    expect(remedy("AuthFailure.SignatureFailure")).to.equal("Check that the secret key belongs to the secret id.");
    expect(remedy("AuthFailure.InvalidSecretId")).to.equal("Check the credentials.");
    expect(remedy("UnauthorizedOperation.CamNoAuth", "DeleteLiveCallbackRule")).to.contain(
      "live:DeleteLiveCallbackRule",
    );
    expect(remedy("ResourceNotFound.FreezeService")).to.contain("frozen");
    expect(remedy("InternalError.ConfOutLimit")).to.contain("50 callback templates");
    for (const code of ["InvalidParameterValue", "InternalError.SomethingElse", "UnknownParameters"])
      expect(remedy(code)).to.equal("");
  });
});
