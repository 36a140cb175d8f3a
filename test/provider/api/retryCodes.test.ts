import { expect } from "chai";
import type { Action, Request } from "../../../provider/api/contract/live";
import type { LiveError } from "../../../provider/api/errors";
import { officialExamples } from "../../support/api/apiExamples";
import { clientOf, enough, failed, ok, type Reply, raw, reset, serve } from "../../support/api/apiServer";

/** One example of each action: what is sent, and an answer to it. */
const examples = new Map(officialExamples.map(({ action, request, response }) => [action, { request, response }]));
const REPEATABLE: readonly Action[] = [
  "ModifyLiveCallbackTemplate",
  "DeleteLiveCallbackTemplate",
  "DescribeLiveCallbackTemplate",
  "DescribeLiveCallbackTemplates",
  "DescribeLiveCallbackRules",
  "DescribeLiveDomain",
  "DescribeLiveDomains",
];
const SINGLE: readonly Action[] = ["CreateLiveCallbackTemplate", "CreateLiveCallbackRule", "DeleteLiveCallbackRule"];

/** How often an action is sent whose first two answers are this, and whether it comes to a result. */
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
    it(`is sent again after ${code}, whatever the action`, async () => {
      expect(await attempts([...REPEATABLE, ...SINGLE], failed(code))).to.deep.equal(["3 done"]);
    });
  }

  const faults = [
    "InternalError",
    "InternalError.ConnectDbError",
    "InternalError.DBError",
    "FailedOperation.CallOtherSvrFailed",
  ];
  for (const code of faults) {
    it(`is sent again after ${code} only if it may be executed twice`, async () => {
      expect(await attempts(REPEATABLE, failed(code))).to.deep.equal(["3 done"]);
      expect(await attempts(SINGLE, failed(code))).to.deep.equal([`1 ${code}`]);
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
    it(`is over after ${code}`, async () => {
      expect(await attempts([...REPEATABLE, ...SINGLE], failed(code))).to.deep.equal([`1 ${code}`]);
    });
  }

  const open: [string, Reply, string][] = [
    ["HTTP status 500", raw(500, ""), "Provider.HttpStatus"],
    ["HTTP status 502", raw(502, "<html>"), "Provider.HttpStatus"],
    ["a reset connection", reset, "Provider.NetworkError"],
    ["a page instead of JSON", raw(200, "<html>", { "content-type": "text/html" }), "Provider.InvalidResponse"],
  ];
  for (const [title, reply, code] of open) {
    it(`is sent again after ${title} only if it may be executed twice`, async () => {
      expect(await attempts(REPEATABLE, reply)).to.deep.equal(["3 done"]);
      expect(await attempts(SINGLE, reply)).to.deep.equal([`1 ${code}`]);
    });
  }

  it("is sent again after HTTP status 429, and never after 403 or a redirect", async () => {
    expect(await attempts([...REPEATABLE, ...SINGLE], raw(429, ""))).to.deep.equal(["3 done"]);
    expect(await attempts([...REPEATABLE, ...SINGLE], raw(403, ""))).to.deep.equal(["1 Provider.HttpStatus"]);
    expect(await attempts(REPEATABLE, raw(302, "", { location: "/" }))).to.deep.equal(["1 Provider.HttpStatus"]);
  });

  it("is over after an answer of the wrong shape, which a repetition would not mend", async () => {
    expect(await attemptsOf("DescribeLiveCallbackTemplate", ok({}))).to.equal("1 Provider.InvalidResponse");
  });
});
