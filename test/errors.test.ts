import { inspect } from "node:util";
import { expect } from "chai";
import {
  ApiError,
  isDuplicateRule,
  isEmptyList,
  isForbidden,
  isInUse,
  isNotFound,
  isPassingFault,
  isThrottled,
  isUnknownParameter,
  LiveError,
  mayHaveExecuted,
  ProviderError,
  TransportError,
  withOutcome,
} from "../provider/api/errors";
import { remedyFor } from "../provider/api/remedies";
import {
  answerTo,
  CREDENTIALS,
  closeServers,
  failed,
  ok,
  REQUEST_ID,
  type Reply,
  raw,
  reset,
  silent,
} from "./support/apiServer";

describe("the client's failures", () => {
  afterEach(closeServers);

  it("carry the API's code, its message on one line, the action, the request id and a remedy", async () => {
    const error = await answerTo(failed("InternalError.ConfOutLimit", "number of templates\n  exceeded the limit. "));
    expect(error).to.be.instanceOf(ApiError);
    expect(error).to.include({
      message: "number of templates exceeded the limit",
      code: "InternalError.ConfOutLimit",
      action: "DescribeLiveCallbackRules",
      requestId: REQUEST_ID,
      retryable: false,
      remedy: "An account holds at most 50 callback templates: delete those that no domain uses.",
    });
  });

  it("name the source of refused credentials, and the action that is to be allowed", async () => {
    const credentials = () => ({ ...CREDENTIALS, source: "the stack configuration", remedy: "Use --run-program." });
    const error = await answerTo(failed("AuthFailure.UnauthorizedOperation", "you are not authorized"), {
      credentials,
    });
    expect(error.message).to.equal("you are not authorized (credentials from the stack configuration)");
    expect(error.remedy).to.equal(
      "Allow the action to these credentials in CAM, as live:DescribeLiveCallbackRules. Use --run-program.",
    );
  });

  it("say how far the clock is off where the signature has expired", async () => {
    const at =
      (date: string): Reply =>
      (response, ...rest) =>
        failed("AuthFailure.SignatureExpire", "expired")(response.setHeader("date", date), ...rest);
    const behind = await answerTo(at("Mon, 01 Jan 2024 00:10:00 GMT"));
    expect(behind.message).to.equal(
      "expired (credentials from the environment; this machine's clock is 600 s behind the API's)",
    );
    expect(behind.remedy).to.equal("Set the clock of this machine: the API accepts a difference of at most 5 minutes.");
    // New keys would not help.
    const credentials = () => ({ ...CREDENTIALS, remedy: "Use today's configuration." });
    const configured = await answerTo(at("Mon, 01 Jan 2024 00:10:00 GMT"), { credentials });
    expect(configured.remedy).to.equal(behind.remedy);
    const ahead = await answerTo(at("Sun, 31 Dec 2023 23:50:00 GMT"));
    expect(ahead.message).to.contain("600 s ahead of the API's");
    const undated = await answerTo((response, ...rest) => {
      response.sendDate = false;
      failed("AuthFailure.SignatureExpire", "expired")(response, ...rest);
    });
    expect(undated.message).to.equal("expired (credentials from the environment)");
  });

  for (const [status, retryable, mayHaveExecuted] of [
    [500, true, true],
    [502, true, true],
    [429, true, false],
    [403, false, false],
    [404, false, false],
  ] as const) {
    it(`say that HTTP status ${status} ${retryable ? "may pass" : "lasts"}`, async () => {
      const error = await answerTo(raw(status, "<html>secret page</html>", { "content-type": "text/html" }));
      expect(error).to.be.instanceOf(TransportError);
      expect(error).to.include({ code: "Provider.HttpStatus", retryable, mayHaveExecuted });
      expect(error.message).to.equal(`the API answered with HTTP status ${status}`);
      const check = "Check tencentcloud-live:endpoint and the proxy settings.";
      expect(error.remedy).to.equal(retryable ? `Run again. If it repeats: ${check}` : check);
    });
  }

  const unusable: [string, Reply, string, string][] = [
    ["an HTML page", raw(200, "<html>", { "content-type": "text/html" }), "Provider.InvalidResponse", "JSON"],
    ["JSON that ends early", raw(200, '{"Response":{"Rules":['), "Provider.InvalidResponse", "JSON"],
    ["JSON without an envelope", raw(200, '{"Rules":[]}'), "Provider.InvalidResponse", "JSON"],
    ["an empty body", raw(200, ""), "Provider.InvalidResponse", "JSON"],
    [
      "another type of a member",
      ok({ Rules: [{ TemplateId: "x" }] }),
      "Provider.InvalidResponse",
      "Rules.0.TemplateId",
    ],
    ["a reset connection", reset, "Provider.NetworkError", "ECONNRESET"],
    [
      "a body that ends before its length",
      (response) => response.writeHead(200, { "content-length": 99 }).write("{", () => response.destroy()),
      "Provider.NetworkError",
      "failed",
    ],
  ];
  for (const [title, reply, code, reason] of unusable) {
    it(`leave the outcome open after ${title}`, async () => {
      const error = await answerTo(reply);
      expect(error).to.include({ code, mayHaveExecuted: true, action: "DescribeLiveCallbackRules" });
      expect(error.message).to.contain(reason);
      expect(error.remedy).not.to.equal("");
    });
  }

  it("hold no secret, no signature and no request of the HTTP library, in any form", async () => {
    const credentials = () => ({ ...CREDENTIALS, securityToken: "tokenOfTheTest" });
    const replies = [
      reset,
      silent,
      failed("AuthFailure.TokenFailure"),
      raw(500, "x"),
      ...unusable.map(([, reply]) => reply),
    ];
    for (const reply of replies) {
      const error = await answerTo(reply, { credentials, requestTimeoutMs: 60 });
      const shown =
        inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true }) + JSON.stringify([error, error.cause]);
      expect(shown).not.to.match(/secretKeyOfTheTest|tokenOfTheTest|Signature=|TC3-HMAC|authorization|Axios/i);
    }
  });
});

describe("an error's guards", () => {
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
  const passing = [
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
    // Codes that nobody has documented, each one like one that means something.
    ...["FailedOperation.RequestLimitExceeded", "RequestLimitExceededByFar", "LimitExceeded.RateLimitExceeded.Again"],
    ...["FailedOperation.UnauthorizedOperation", "UnauthorizedOperations", "ResourceNotFound.EmptyData.Really"],
  ];
  const empty = ["ResourceNotFound.EmptyData"];
  const all = [notFound, inUse, throttled, passing, auth, duplicate, none, empty].flat();
  const apiError = (code: string) => new ApiError("it failed", { code, action: "DeleteLiveCallbackRule" });

  const guards: [string, (error: unknown) => boolean, string[]][] = [
    ["what was not found", isNotFound, notFound],
    ["what is in use", isInUse, inUse],
    ["throttling", isThrottled, throttled],
    ["a passing fault", isPassingFault, passing],
    ["a rule that exists", isDuplicateRule, duplicate],
    ["an empty list", isEmptyList, empty],
    ["a field the endpoint lacks", isUnknownParameter, ["UnknownParameter"]],
    ["what the credentials may not do", isForbidden, forbidden],
    ["an open outcome", mayHaveExecuted, ["InternalError"]],
    ["what a later run may mend", (error) => error instanceof LiveError && error.retryable, [...throttled, ...passing]],
  ];
  for (const [title, guard, codes] of guards) {
    it(`know ${title} by exactly the documented codes`, () => {
      expect(all.filter((code) => guard(apiError(code)))).to.have.members(codes);
    });
  }

  it("say no to what the API did not say", () => {
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
  it("has a name of its own, one root, and the fields of its failure", () => {
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
    expect(new ProviderError("why", { code })).to.include({
      retryable: false,
      remedy: "",
    });
  });

  it("keeps its fields when an outcome is added to it", () => {
    const failure = new ApiError("too many", { code: "RequestLimitExceeded", action: "A", requestId: "r" });
    const outcome = withOutcome(failure, "the old rule was put back");
    expect(outcome).to.include({
      ...{ message: "too many; the old rule was put back", code: "RequestLimitExceeded", action: "A", requestId: "r" },
      ...{ retryable: true, remedy: "Run again, with a lower --parallel if it repeats.", cause: failure },
    });
    const foreign = new TypeError("a defect");
    expect(withOutcome(foreign, "x")).to.equal(foreign);
  });

  it("has the remedy of the most precise code, and none where the API's message has to do", () => {
    expect(remedyFor("AuthFailure.SignatureFailure")).to.equal("Check that the secret key belongs to the secret id.");
    expect(remedyFor("AuthFailure.InvalidSecretId")).to.equal("Check the credentials.");
    expect(remedyFor("UnauthorizedOperation.CamNoAuth", "DeleteLiveCallbackRule")).to.contain(
      "live:DeleteLiveCallbackRule",
    );
    expect(remedyFor("ResourceNotFound.FreezeService")).to.contain("frozen");
    expect(remedyFor("InternalError.ConfOutLimit")).to.contain("50 callback templates");
    for (const code of ["InvalidParameterValue", "InternalError.SomethingElse", "UnknownParameters"])
      expect(remedyFor(code)).to.equal("");
  });
});
