import { expect } from "chai";
import type { Action, Request } from "../../../provider/api/contract/live";
import type { LiveError } from "../../../provider/api/errors";
import { officialExamples } from "../../support/api/apiExamples";
import { clientOf, enough, failed, ok, type Reply, raw, reset, serve } from "../../support/api/apiServer";

/** One example of each action: a request, and a response to it. */
const examples = new Map(officialExamples.map(({ action, request, response }) => [action, { request, response }]));
const IDEMPOTENT: readonly Action[] = [
  "ModifyLiveCallbackTemplate",
  "DeleteLiveCallbackTemplate",
  "DescribeLiveCallbackTemplate",
  "DescribeLiveCallbackTemplates",
  "DescribeLiveCallbackRules",
  "DescribeLiveDomain",
  "DescribeLiveDomains",
];
const NOT_IDEMPOTENT: readonly Action[] = [
  "CreateLiveCallbackTemplate",
  "CreateLiveCallbackRule",
  "DeleteLiveCallbackRule",
];

/** Returns how often an action is sent if its first two responses are `reply`, and its outcome. */
async function attemptsOf(action: Action, reply: Reply): Promise<string> {
  const { request, response } = examples.get(action) ?? {};
  const { url, seen } = await serve([reply, reply, ok(response)]);
  const outcome = await clientOf(url)
    .call(action, request as Request<Action>, enough())
    .then(
      () => "done",
      (error: LiveError) => error.code,
    );
  return `${seen.length} ${outcome}`;
}

async function attempts(actions: readonly Action[], reply: Reply): Promise<string[]> {
  return [...new Set(await Promise.all(actions.map((action) => attemptsOf(action, reply))))];
}

describe("a call", () => {
  const throttling = [
    "RequestLimitExceeded",
    "RequestLimitExceeded.IPLimitExceeded",
    "RequestLimitExceeded.UinLimitExceeded",
    "RequestLimitExceeded.GlobalRegionUinLimitExceeded",
    "LimitExceeded.RateLimitExceeded",
  ];
  for (const code of throttling) {
    it(`is sent again after ${code}, whatever the action is`, async () => {
      expect(await attempts([...IDEMPOTENT, ...NOT_IDEMPOTENT], failed(code))).to.deep.equal(["3 done"]);
    });
  }

  const transient = [
    "InternalError",
    "InternalError.ConnectDbError",
    "InternalError.DBError",
    "FailedOperation.CallOtherSvrFailed",
  ];
  for (const code of transient) {
    it(`is sent again after ${code} only if it is idempotent`, async () => {
      expect(await attempts(IDEMPOTENT, failed(code))).to.deep.equal(["3 done"]);
      expect(await attempts(NOT_IDEMPOTENT, failed(code))).to.deep.equal([`1 ${code}`]);
    });
  }

  const final = [
    "InternalError.ConfInUsed",
    "InternalError.ConfOutLimit",
    "InternalError.GetBizidError",
    "InternalError.Unheard",
    "FailedOperation",
    "LimitExceeded",
    "InvalidParameter",
    "AuthFailure.SignatureFailure",
    "AuthFailure.SignatureExpire",
    "UnauthorizedOperation",
    "ResourceNotFound.FreezeService",
  ];
  for (const code of final) {
    it(`is not sent again after ${code}`, async () => {
      expect(await attempts([...IDEMPOTENT, ...NOT_IDEMPOTENT], failed(code))).to.deep.equal([`1 ${code}`]);
    });
  }

  const unknown: [string, Reply, string][] = [
    ["HTTP status 500", raw(500, ""), "Provider.HttpStatus"],
    ["HTTP status 502", raw(502, "<html>"), "Provider.HttpStatus"],
    ["a reset connection", reset, "Provider.NetworkError"],
    ["a page instead of JSON", raw(200, "<html>", { "content-type": "text/html" }), "Provider.InvalidResponse"],
  ];
  for (const [title, reply, code] of unknown) {
    it(`is sent again after ${title} only if it is idempotent`, async () => {
      expect(await attempts(IDEMPOTENT, reply)).to.deep.equal(["3 done"]);
      expect(await attempts(NOT_IDEMPOTENT, reply)).to.deep.equal([`1 ${code}`]);
    });
  }

  it("is sent again after HTTP status 429, and never after 403 or a redirect", async () => {
    expect(await attempts([...IDEMPOTENT, ...NOT_IDEMPOTENT], raw(429, ""))).to.deep.equal(["3 done"]);
    expect(await attempts([...IDEMPOTENT, ...NOT_IDEMPOTENT], raw(403, ""))).to.deep.equal(["1 Provider.HttpStatus"]);
    expect(await attempts(IDEMPOTENT, raw(302, "", { location: "/" }))).to.deep.equal(["1 Provider.HttpStatus"]);
  });

  it("is not sent again after a response of the wrong shape", async () => {
    expect(await attemptsOf("DescribeLiveCallbackTemplate", ok({}))).to.equal("1 Provider.InvalidResponse");
  });
});
