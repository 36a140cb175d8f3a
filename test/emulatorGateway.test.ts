import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { EMULATOR_CREDENTIALS, type Emulator, startEmulator } from "../emulator";
import { actions } from "../provider/api/actions";
import { call, codeOf, send, startForTest } from "./emulatorClient";

const LIST = "DescribeLiveCallbackRules";

/** Sends bytes as they are, and returns all that comes back until the connection ends. */
function sendRaw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.end(bytes));
    let heard = "";
    socket.on("data", (chunk) => {
      heard += chunk;
    });
    socket.on("close", () => resolve(heard)).on("error", reject);
  });
}

/** Catches what is logged, until it is stopped. */
function listenToLog(): { stop: () => string } {
  const original = console.error;
  const lines: string[] = [];
  console.error = (...parts: unknown[]) => void lines.push(parts.join(" "));
  return {
    stop: () => {
      console.error = original;
      return lines.join("\n");
    },
  };
}

describe("the emulator's gateway", () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator({
      credentials: [EMULATOR_CREDENTIALS, { secretId: "T", secretKey: "K", token: "tok" }],
    });
  });
  after(() => emulator.close());

  it("answers a correct call", async () => {
    expect(await codeOf(emulator, LIST)).to.equal(undefined);
  });

  it("answers errors with HTTP status 200 and a request id", async () => {
    const response = await send(emulator, "Nonsense");
    expect(response.status).to.equal(200);
    expect(response.headers.get("content-type")).to.equal("application/json");
    const { Response } = (await response.json()) as { Response: { RequestId: string } };
    expect(Response).to.have.all.keys("Error", "RequestId");
    expect(Response.RequestId).to.match(/^[0-9a-f-]{36}$/);
  });

  it("refuses a body over 10 MB, and takes one just below", async () => {
    const padded = (size: number) => `{}${" ".repeat(size - 2)}`;
    expect(await codeOf(emulator, LIST, padded(10 * 1024 * 1024 + 1))).to.equal("RequestSizeLimitExceeded");
    expect(await codeOf(emulator, LIST, padded(10 * 1024 * 1024))).to.equal(undefined);
  });

  it("refuses GET and content types other than JSON", async () => {
    expect(await codeOf(emulator, LIST, {}, { method: "GET" })).to.equal("UnsupportedProtocol");
    const form = { headers: { "content-type": "application/x-www-form-urlencoded" } };
    expect(await codeOf(emulator, LIST, {}, form)).to.equal("UnsupportedProtocol");
  });

  for (const body of ["", "{", "[]", "null", '"text"', "\u0000"]) {
    it(`refuses the body ${JSON.stringify(body)}, which is not a JSON object`, async () => {
      expect(await codeOf(emulator, LIST, body)).to.equal("InvalidParameter");
    });
  }

  for (const action of ["Nonsense", "constructor", "__proto__", "describelivecallbackrules"]) {
    it(`does not know the action ${action}`, async () => {
      expect(await codeOf(emulator, action)).to.equal("InvalidAction");
    });
  }

  it("asks for action, version and time", async () => {
    for (const name of ["x-tc-action", "x-tc-version", "x-tc-timestamp"]) {
      expect(await codeOf(emulator, LIST, {}, { headers: { [name]: undefined } }), name).to.equal("MissingParameter");
    }
  });

  it("refuses another version and a time that is none", async () => {
    expect(await codeOf(emulator, LIST, {}, { headers: { "x-tc-version": "2017-03-12" } })).to.equal("NoSuchVersion");
    expect(await codeOf(emulator, LIST, {}, { headers: { "x-tc-timestamp": "soon" } })).to.equal("InvalidParameter");
  });

  const scope = `Credential=${EMULATOR_CREDENTIALS.secretId}/2020-01-01/live/tc3_request`;
  const malformed = {
    "is missing": undefined,
    "is SKIP": "SKIP",
    "has another algorithm": `HmacSHA256 ${scope}, SignedHeaders=content-type;host, Signature=${"0".repeat(64)}`,
    "does not sign the host": `TC3-HMAC-SHA256 ${scope}, SignedHeaders=content-type, Signature=${"0".repeat(64)}`,
    "has a short signature": `TC3-HMAC-SHA256 ${scope}, SignedHeaders=content-type;host, Signature=00`,
  };
  for (const [what, authorization] of Object.entries(malformed)) {
    it(`refuses an Authorization header that ${what}`, async () => {
      expect(await codeOf(emulator, LIST, {}, { headers: { authorization } })).to.equal(
        "AuthFailure.InvalidAuthorization",
      );
    });
  }

  it("refuses an unknown key, a wrong key, and a changed body, time or signed header", async () => {
    const keys = { ...EMULATOR_CREDENTIALS };
    const now = Math.floor(Date.now() / 1000);
    expect(await codeOf(emulator, LIST, {}, { keys: { ...keys, secretId: "AKIDother" } })).to.equal(
      "AuthFailure.SecretIdNotFound",
    );
    for (const changes of [
      { keys: { ...keys, secretKey: "other" } },
      { sentBody: "{} " },
      { headers: { "x-tc-timestamp": String(now - 7) }, timestamp: now },
      { headers: { "content-type": "application/json; charset=utf-8" } },
    ]) {
      expect(await codeOf(emulator, LIST, {}, changes), JSON.stringify(Object.keys(changes))).to.equal(
        "AuthFailure.SignatureFailure",
      );
    }
  });

  it("takes a temporary key only with its token, and a permanent one only without", async () => {
    const keys = { secretId: "T", secretKey: "K" };
    const withToken = (token: string | undefined) => ({ keys, headers: { "x-tc-token": token } });
    expect(await codeOf(emulator, LIST, {}, withToken("tok"))).to.equal(undefined);
    for (const token of ["other", undefined]) {
      expect(await codeOf(emulator, LIST, {}, withToken(token))).to.equal("AuthFailure.TokenFailure");
    }
    expect(await codeOf(emulator, LIST, {}, { headers: { "x-tc-token": "tok" } })).to.equal("AuthFailure.TokenFailure");
  });

  it("refuses undeclared parameters before missing ones, and missing ones before wrong types", async () => {
    const rule = (request: unknown) => call(emulator, "CreateLiveCallbackRule", request);
    const answers = [
      await rule({ Bogus: 1, TemplateId: true }),
      await rule({ DomainName: 5, TemplateId: 1 }),
      await rule({ DomainName: 5, AppName: "", TemplateId: 1 }),
    ];
    expect(answers.map((answer) => `${answer.Error?.Code} ${answer.Error?.Message}`)).to.deep.equal([
      "UnknownParameter Undeclared parameter: Bogus.",
      "MissingParameter Missing parameter: AppName.",
      "InvalidParameter The value type of parameter DomainName is not valid.",
    ]);
    expect(await codeOf(emulator, LIST, '{"__proto__": 1}')).to.equal("UnknownParameter");
  });

  it("takes ids as text, as published examples send them", async () => {
    expect(await codeOf(emulator, "DescribeLiveCallbackTemplate", { TemplateId: "1000" })).to.equal(
      "InternalError.ConfNotFound",
    );
    expect(await codeOf(emulator, "DescribeLiveCallbackTemplate", { TemplateId: "x" })).to.equal("InvalidParameter");
  });

  it("checks in the gateway's order: each request has all later faults too", async () => {
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

  it("answers every action with the cloud's own codes, whatever a parameter holds", async () => {
    const values = [null, true, -1, 0, 1.5, 1e308, "", "\u0000", "\ud800", "9".repeat(400), [], [null], {}, { a: [] }];
    const lenient = await startForTest({ rateLimits: false, templateLimit: 10_000 });
    const { TemplateId } = lenient.putTemplate({ TemplateName: "a" });
    const correct = {
      TemplateId,
      TemplateName: "a",
      DomainName: "a.example.com",
      AppName: "",
      RecordNotifyUrl: "http://a.b",
    };
    const unexpected: string[] = [];
    for (const [action, { request }] of Object.entries(actions)) {
      const base = Object.entries(correct).filter(([name]) => name in request.shape);
      for (const name of [...Object.keys(request.shape), "__proto__", "toString"]) {
        for (const value of values) {
          // Object.fromEntries makes a member even of "__proto__".
          const body = JSON.stringify(Object.fromEntries([...base, [name, value]]));
          const response = await send(lenient, action, body);
          if (response.status !== 200) unexpected.push(`${action} ${body}: ${response.status}`);
          await response.text();
        }
      }
    }
    expect(unexpected).to.deep.equal([]);
  });

  it("records refused calls of known actions, with their codes", async () => {
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

  it("survives garbage and clients that leave in the middle of a body, without a word in its log", async () => {
    const log = listenToLog();
    expect(await sendRaw(emulator.port, "\u0000\u0001garbage\r\n\r\n")).to.match(/^HTTP\/1.1 400/);
    expect(await sendRaw(emulator.port, "GET //[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).to.include(
      "UnsupportedProtocol",
    );
    await sendRaw(emulator.port, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nshort");
    expect(await codeOf(emulator, LIST)).to.equal(undefined);
    expect(log.stop()).to.equal("");
  });

  it("answers HTTP status 500 for an error of its own, and logs where it happened without a word of the request", async () => {
    const folder = mkdtempSync(join(tmpdir(), "emulator-"));
    const broken = await startForTest({ dataFile: join(folder, "data.json") });
    rmSync(folder, { recursive: true });
    const log = listenToLog();
    const request = {
      TemplateName: "a",
      CallbackKey: "secretOfTheTest",
      RecordNotifyUrl: "https://hooks.example.com/",
    };
    const response = await send(broken, "CreateLiveCallbackTemplate", request);
    const heard = log.stop();
    expect([response.status, await response.text()]).to.deep.equal([
      500,
      "The emulator has a bug; its log says where.\n",
    ]);
    expect(heard)
      .to.match(/^The emulator has a bug: Error\n +at /)
      .and.include("persistence.ts");
    expect(heard).not.to.match(/secretOfTheTest|data\.json/);
  });

  it("lets a signature be five minutes old and no older, by its own clock", async () => {
    let now = 1_700_000_000_000;
    const timed = await startForTest({ clock: () => now });
    const signedAt = { timestamp: 1_700_000_000 };
    expect(await codeOf(timed, LIST, {}, signedAt)).to.equal(undefined);
    now += 300_000;
    expect(await codeOf(timed, LIST, {}, signedAt)).to.equal(undefined);
    now += 1000;
    expect(await codeOf(timed, LIST, {}, signedAt)).to.equal("AuthFailure.SignatureExpire");
    now -= 3_600_000;
    expect(await codeOf(timed, LIST, {}, signedAt)).to.equal("AuthFailure.SignatureExpire");
  });
});
