import { inspect } from "node:util";
import { expect } from "chai";
import { ApiError, LiveError, TransportError } from "../../../provider/api/errors";
import {
  CREDENTIALS,
  clientOf,
  failed,
  failureOf,
  ok,
  REQUEST_ID,
  type Reply,
  raw,
  reset,
  respondTo,
  silent,
} from "../../support/api/apiServer";
import { loseRoute } from "../../support/api/lostRoute";
import { VirtualClock } from "../../support/clock";

describe("the client's failures", () => {
  it("contain the API's code, its message on one line, the action, the request id and a remedy", async () => {
    const error = await respondTo(failed("InternalError.ConfOutLimit", "number of templates\n  exceeded the limit. "));
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

  it("contain the source of rejected credentials, and the action to allow", async () => {
    const credentials = () => ({ ...CREDENTIALS, source: "the stack configuration", remedy: "Use --run-program." });
    const error = await respondTo(failed("AuthFailure.UnauthorizedOperation", "you are not authorized"), {
      credentials,
    });
    expect(error.message).to.equal("you are not authorized (credentials from the stack configuration)");
    expect(error.remedy).to.equal(
      "Allow live:DescribeLiveCallbackRules for these credentials in CAM. Use --run-program.",
    );
  });

  it("show how far the clock is off if the signature has expired", async () => {
    const at =
      (date: string): Reply =>
      (response, ...rest) =>
        failed("AuthFailure.SignatureExpire", "expired")(response.setHeader("date", date), ...rest);
    const behind = await respondTo(at("Mon, 01 Jan 2024 00:10:00 GMT"));
    expect(behind.message).to.equal(
      "expired (credentials from the environment; this machine's clock is 600 s behind the API's)",
    );
    expect(behind.remedy).to.equal("Set the clock of this machine: the API accepts a difference of at most 5 minutes.");
    // New keys would not help.
    const credentials = () => ({ ...CREDENTIALS, remedy: "Use today's configuration." });
    const configured = await respondTo(at("Mon, 01 Jan 2024 00:10:00 GMT"), { credentials });
    expect(configured.remedy).to.equal(behind.remedy);
    const ahead = await respondTo(at("Sun, 31 Dec 2023 23:50:00 GMT"));
    expect(ahead.message).to.contain("600 s ahead of the API's");
    const undated = await respondTo((response, ...rest) => {
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
    it(`treat HTTP status ${status} as ${retryable ? "transient" : "final"}`, async () => {
      const error = await respondTo(raw(status, "<html>secret page</html>", { "content-type": "text/html" }));
      expect(error).to.be.instanceOf(TransportError);
      expect(error).to.include({ code: "Provider.HttpStatus", retryable, mayHaveExecuted });
      expect(error.message).to.equal(`the API responded with HTTP status ${status}`);
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
      "a member of another type",
      ok({ Rules: [{ TemplateId: "x" }] }),
      "Provider.InvalidResponse",
      "Rules.0.TemplateId",
    ],
    ["a reset connection", reset, "Provider.NetworkError", "ECONNRESET"],
    ...["EHOSTUNREACH", "ENETUNREACH", "ECONNREFUSED"].map((code): (typeof unusable)[number] => [
      `${code} on an established connection`,
      (_response, _seen, { socket }) => loseRoute(Number(socket.localPort), code),
      "Provider.NetworkError",
      code,
    ]),
    [
      "a body that ends before its length",
      (response) => response.writeHead(200, { "content-length": 99 }).write("{", () => response.destroy()),
      "Provider.NetworkError",
      "failed",
    ],
  ];
  for (const [title, reply, code, reason] of unusable) {
    it(`treat the outcome as unknown after ${title}`, async () => {
      const error = await respondTo(reply);
      expect(error).to.include({ code, mayHaveExecuted: true, action: "DescribeLiveCallbackRules" });
      expect(error.message).to.contain(reason);
      expect(error.remedy).not.to.equal("");
    });
  }

  it("advise to start the emulator if nothing listens on a loopback address", async () => {
    const error = await failureOf(
      clientOf(new URL("http://127.0.0.1:1")).send("DescribeLiveCallbackRules", {}),
      LiveError,
    );
    expect(error).to.include({
      message: "the connection to http://127.0.0.1:1 failed (ECONNREFUSED)",
      retryable: true,
      remedy: "Start the emulator at this address, or correct the endpoint (tencentcloud-live:endpoint).",
    });
  });

  it("contain no secret, no signature and no request of the HTTP library, in any form", async () => {
    const clock = new VirtualClock();
    const credentials = () => ({ ...CREDENTIALS, securityToken: "tokenOfTheTest" });
    const replies = [
      reset,
      silent(clock),
      failed("AuthFailure.TokenFailure"),
      raw(500, "x"),
      ...unusable.map(([, reply]) => reply),
    ];
    for (const reply of replies) {
      const error = await respondTo(reply, { credentials, clock });
      const shown =
        inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true }) + JSON.stringify([error, error.cause]);
      expect(shown).not.to.match(/secretKeyOfTheTest|tokenOfTheTest|Signature=|TC3-HMAC|authorization|Axios/i);
    }
  });
});
