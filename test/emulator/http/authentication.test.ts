import { expect } from "chai";
import { EMULATOR_CREDENTIALS, startEmulator } from "../../../emulator";
import { codeOf, startForTest } from "../../support/emulatorClient";
import { perSuite } from "../../support/lifetime";

const LIST = "DescribeLiveCallbackRules";

describe("the emulator's gateway", () => {
  const credentials = [EMULATOR_CREDENTIALS, { secretId: "T", secretKey: "K", token: "tok" }];
  const emulator = perSuite(() => startEmulator({ credentials }));

  const scope = `Credential=${EMULATOR_CREDENTIALS.secretId}/2020-01-01/live/tc3_request`;
  const malformed = {
    "is missing": undefined,
    "is SKIP": "SKIP",
    "has another algorithm": `HmacSHA256 ${scope}, SignedHeaders=content-type;host, Signature=${"0".repeat(64)}`,
    "does not sign the host": `TC3-HMAC-SHA256 ${scope}, SignedHeaders=content-type, Signature=${"0".repeat(64)}`,
    "has a short signature": `TC3-HMAC-SHA256 ${scope}, SignedHeaders=content-type;host, Signature=00`,
  };
  for (const [what, authorization] of Object.entries(malformed)) {
    it(`rejects an Authorization header that ${what}`, async () => {
      expect(await codeOf(emulator, LIST, {}, { headers: { authorization } })).to.equal(
        "AuthFailure.InvalidAuthorization",
      );
    });
  }

  it("rejects an unknown key, a wrong key, and a changed body, time or signed header", async () => {
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

  it("accepts a temporary key only with its token, and a permanent key only without a token", async () => {
    const keys = { secretId: "T", secretKey: "K" };
    const withToken = (token: string | undefined) => ({ keys, headers: { "x-tc-token": token } });
    expect(await codeOf(emulator, LIST, {}, withToken("tok"))).to.equal(undefined);
    for (const token of ["other", undefined]) {
      expect(await codeOf(emulator, LIST, {}, withToken(token))).to.equal("AuthFailure.TokenFailure");
    }
    expect(await codeOf(emulator, LIST, {}, { headers: { "x-tc-token": "tok" } })).to.equal("AuthFailure.TokenFailure");
  });

  it("accepts a signature that is at most five minutes old by its own clock", async () => {
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
