import { expect } from "chai";
import { EMULATOR_CREDENTIALS, startEmulator } from "../../../emulator";
import { call, codeOf, send } from "../../support/emulatorClient";
import { perSuite } from "../../support/lifetime";

const LIST = "DescribeLiveCallbackRules";

describe("the emulator's gateway", () => {
  const emulator = perSuite(() => startEmulator());

  it("responds to a correct call", async () => {
    expect(await codeOf(emulator, LIST)).to.equal(undefined);
  });

  it("returns errors with HTTP status 200 and a request id", async () => {
    const response = await send(emulator, "Nonsense");
    expect(response.status).to.equal(200);
    expect(response.headers.get("content-type")).to.equal("application/json");
    const { Response } = (await response.json()) as { Response: { RequestId: string } };
    expect(Response).to.have.all.keys("Error", "RequestId");
    expect(Response.RequestId).to.match(/^[0-9a-f-]{36}$/);
  });

  it("rejects a body over 10 MB, and accepts one of exactly 10 MB", async () => {
    const padded = (size: number) => `{}${" ".repeat(size - 2)}`;
    expect(await codeOf(emulator, LIST, padded(10 * 1024 * 1024 + 1))).to.equal("RequestSizeLimitExceeded");
    expect(await codeOf(emulator, LIST, padded(10 * 1024 * 1024))).to.equal(undefined);
  });

  it("rejects GET and content types other than JSON", async () => {
    expect(await codeOf(emulator, LIST, {}, { method: "GET" })).to.equal("UnsupportedProtocol");
    const form = { headers: { "content-type": "application/x-www-form-urlencoded" } };
    expect(await codeOf(emulator, LIST, {}, form)).to.equal("UnsupportedProtocol");
  });

  for (const body of ["", "{", "[]", "null", '"text"', "\u0000"]) {
    it(`rejects the body ${JSON.stringify(body)}, which is not a JSON object`, async () => {
      expect(await codeOf(emulator, LIST, body)).to.equal("InvalidParameter");
    });
  }

  for (const action of ["Nonsense", "constructor", "__proto__", "describelivecallbackrules"]) {
    it(`rejects the unknown action ${action}`, async () => {
      expect(await codeOf(emulator, action)).to.equal("InvalidAction");
    });
  }

  it("requires an action, a version and a time", async () => {
    for (const name of ["x-tc-action", "x-tc-version", "x-tc-timestamp"]) {
      expect(await codeOf(emulator, LIST, {}, { headers: { [name]: undefined } }), name).to.equal("MissingParameter");
    }
  });

  it("rejects another version and an invalid time", async () => {
    expect(await codeOf(emulator, LIST, {}, { headers: { "x-tc-version": "2017-03-12" } })).to.equal("NoSuchVersion");
    expect(await codeOf(emulator, LIST, {}, { headers: { "x-tc-timestamp": "soon" } })).to.equal("InvalidParameter");
  });

  it("rejects undeclared parameters before missing ones, and missing ones before wrong types", async () => {
    const rule = (request: unknown) => call(emulator, "CreateLiveCallbackRule", request);
    const responses = [
      await rule({ Bogus: 1, TemplateId: true }),
      await rule({ DomainName: 5, TemplateId: 1 }),
      await rule({ DomainName: 5, AppName: "", TemplateId: 1 }),
    ];
    expect(responses.map((response) => `${response.Error?.Code} ${response.Error?.Message}`)).to.deep.equal([
      "UnknownParameter Undeclared parameter: Bogus.",
      "MissingParameter Missing parameter: AppName.",
      "InvalidParameter The value type of parameter DomainName is not valid.",
    ]);
    expect(await codeOf(emulator, LIST, '{"__proto__": 1}')).to.equal("UnknownParameter");
  });

  it("accepts ids as text, as in published examples", async () => {
    expect(await codeOf(emulator, "DescribeLiveCallbackTemplate", { TemplateId: "1000" })).to.equal(
      "InternalError.ConfNotFound",
    );
    expect(await codeOf(emulator, "DescribeLiveCallbackTemplate", { TemplateId: "x" })).to.equal("InvalidParameter");
  });

  it("checks in the gateway's order, with requests that also have all later errors", async () => {
    const wrong = { keys: { secretId: "AKIDother", secretKey: "x" } };
    expect(await codeOf(emulator, "Nonsense", "{", wrong)).to.equal("InvalidParameter");
    expect(await codeOf(emulator, "Nonsense", {}, { ...wrong, headers: { "x-tc-version": "1" } })).to.equal(
      "InvalidAction",
    );
    const old = { ...wrong, timestamp: 1 };
    const version = { "x-tc-version": "1", authorization: "SKIP" };
    expect(await codeOf(emulator, LIST, {}, { ...old, headers: version })).to.equal("NoSuchVersion");
    const authorization = "SKIP";
    expect(await codeOf(emulator, LIST, {}, { ...old, headers: { authorization } })).to.equal(
      "AuthFailure.InvalidAuthorization",
    );
    expect(await codeOf(emulator, LIST, {}, old)).to.equal("AuthFailure.SignatureExpire");
    expect(await codeOf(emulator, LIST, {}, { ...wrong, headers: { "x-tc-token": "no" } })).to.equal(
      "AuthFailure.SecretIdNotFound",
    );
    const badKey = { keys: { ...EMULATOR_CREDENTIALS, secretKey: "x" } };
    expect(await codeOf(emulator, LIST, { Bogus: 1 }, { ...badKey, headers: { "x-tc-token": "no" } })).to.equal(
      "AuthFailure.TokenFailure",
    );
    expect(await codeOf(emulator, LIST, { Bogus: 1 }, badKey)).to.equal("AuthFailure.SignatureFailure");
  });

  it("records rejected calls of known actions, with their codes", async () => {
    emulator.reset({ calls: true });
    await codeOf(emulator, LIST, { Bogus: 1 });
    await codeOf(emulator, LIST, {}, { timestamp: 1 });
    await codeOf(emulator, "Nonsense");
    expect(emulator.callRecord()).to.deep.equal([
      { action: LIST, request: { Bogus: 1 }, code: "UnknownParameter" },
      { action: LIST, request: {}, code: "AuthFailure.SignatureExpire" },
    ]);
    expect(emulator.calls()).to.deep.equal({ [LIST]: 2 });
  });
});
