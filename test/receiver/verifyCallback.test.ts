import { expect } from "chai";
import { CallbackError, signCallback, type VerifyOptions, verifyCallback } from "../../receiver";
import { KEY, SENT, SIGN, signed, T } from "../support/receiver";
import { streamBegin } from "../support/receiverSamples";

/** Returns the code with which a message is rejected, or `"accepted"`. */
function verdict(body: Parameters<typeof verifyCallback>[0], options: VerifyOptions = {}): string {
  try {
    verifyCallback(body, { key: KEY, clock: () => SENT, ...options });
    return "accepted";
  } catch (error) {
    if (error instanceof CallbackError) return error.code;
    throw error;
  }
}

const at = (seconds: number): VerifyOptions => ({ clock: () => (T + seconds) * 1000 });

describe("the signature of a callback", () => {
  it("is the MD5 of key and time, as in the published example", () => {
    expect(signCallback(KEY, T)).to.equal("a2dabb362a9b811c0e26953a6276a41c");
    expect(signCallback(KEY, String(T))).to.equal("a2dabb362a9b811c0e26953a6276a41c");
  });

  it("uses the UTF-8 bytes of the key", () => {
    expect(signCallback("直播", T)).to.equal("d4355955dfe81ff94ca68c16ea40a5c9");
  });

  it("cannot be created with an empty key", () => {
    expect(() => signCallback("", T))
      .to.throw(CallbackError)
      .with.property("code", "invalid_configuration");
  });
});

describe("verifyCallback", () => {
  it("accepts text, bytes and the object that a framework parsed", () => {
    const text = JSON.stringify(signed());
    expect([verdict(text), verdict(Buffer.from(text)), verdict(signed())]).to.deep.equal(Array(3).fill("accepted"));
  });

  it("accepts t as text", () => {
    expect(verdict({ ...signed(), t: "1588040109" })).to.equal("accepted");
  });

  it("accepts the old and the new key during a rotation, but no third key", () => {
    const underNew = { ...signed(), sign: "aa526142a1de03baa8fd3ef908dc445f" };
    const key = ["newKey2026", KEY];
    expect([verdict(signed(), { key }), verdict(underNew, { key })]).to.deep.equal(["accepted", "accepted"]);
    expect(verdict(underNew, { key: [KEY, "third"] })).to.equal("invalid_signature");
  });

  it("accepts a message up to 10 minutes after t, as copies may be that late", () => {
    expect([verdict(signed(), at(600)), verdict(signed(), at(601))]).to.deep.equal(["accepted", "signature_expired"]);
  });

  it("accepts a message only until t if the leeway is 0", () => {
    const strict = { leewaySeconds: 0 };
    expect(verdict(signed(), { ...at(0), ...strict })).to.equal("accepted");
    expect(verdict(signed(), { ...at(1), ...strict })).to.equal("signature_expired");
  });

  it("rejects a signature in which any one character differs", () => {
    const verdicts = [...SIGN].map((character, index) => {
      const other = character === "0" ? "1" : "0";
      return verdict({ ...signed(), sign: SIGN.slice(0, index) + other + SIGN.slice(index + 1) });
    });
    expect(verdicts).to.deep.equal(Array(32).fill("invalid_signature"));
  });

  it("rejects a signature that is longer, shorter, in capitals or not text", () => {
    const signs = [`${SIGN}0`, SIGN.slice(1), SIGN.toUpperCase(), 42, { length: 32 }, `${SIGN.slice(1)}é`];
    for (const sign of signs) expect(verdict({ ...signed(), sign }), String(sign)).to.equal("invalid_signature");
  });

  it("rejects another t, and a key in which one character differs", () => {
    expect(verdict({ ...signed(), t: T + 1 })).to.equal("invalid_signature");
    expect(verdict(signed(), { key: "Xz4ZgayTr7rMgWQrh" })).to.equal("invalid_signature");
  });

  it("rejects a t that is not a time in seconds, even if it is signed", () => {
    for (const t of ["1588040109.0", "01588040109", " 1588040109", 1588040109.5, 1e300, true, [T]]) {
      const sign = signCallback(KEY, String(t));
      expect(verdict({ ...signed(), t, sign }), JSON.stringify(t)).to.equal("invalid_signature");
    }
  });

  it("rejects a t that is further in the future than the cloud sets it", () => {
    expect([verdict(signed(), at(-1200)), verdict(signed(), at(-1201))]).to.deep.equal([
      "accepted",
      "signature_too_new",
    ]);
  });

  it("rejects a t or sign that is missing, null or empty, with its name", () => {
    for (const missing of [{ t: undefined }, { sign: undefined }, { t: null }, { sign: "" }]) {
      expect(verdict({ ...signed(), ...missing }), JSON.stringify(missing)).to.equal("missing_signature");
    }
    expect(() => verifyCallback({ event_type: 1, t: T }, { key: KEY })).to.throw("it has no sign.");
    expect(() => verifyCallback({ event_type: 1 }, { key: KEY })).to.throw("it has no t and no sign.");
  });

  it("has reasons that do not contain the key", () => {
    const reasons = [signed({}), { ...signed(), sign: "0" }, {}].map((body) => {
      try {
        verifyCallback(body, { key: [KEY, "newKey2026"] });
        return "accepted";
      } catch (error) {
        return `${error}${JSON.stringify(error)}`;
      }
    });
    for (const reason of reasons)
      expect(reason)
        .to.match(/signature|signed/)
        .and.not.match(/Xz4Zgay|newKey2026/);
  });

  it("rejects a signature in a list, even if the list converts to the correct signature", () => {
    expect(verdict({ ...signed(), sign: [SIGN] })).to.equal("invalid_signature");
  });

  it("rejects an early or late signature with its seconds to or since expiry, which reveal a wrong clock", () => {
    const early = { key: KEY, ...at(-1_300) };
    expect(() => verifyCallback(signed(), early)).to.throw("The signature expires in 1300 s, but the cloud sets 600 s");
    const late = { key: KEY, ...at(700) };
    expect(() => verifyCallback(signed(), late)).to.throw("The signature expired 700 s ago");
  });
});

describe("an unsigned callback", () => {
  const unsigned = { event_type: 1 };

  it("is rejected unless it is explicitly allowed", () => {
    expect(verdict(unsigned)).to.equal("missing_signature");
    expect(verdict(unsigned, { allowUnsigned: true })).to.equal("accepted");
    expect(verdict(unsigned, { key: undefined, allowUnsigned: true })).to.equal("accepted");
  });

  it("is distinguished from a callback with a wrong or incomplete signature", () => {
    expect(verdict({ ...streamBegin, t: T, sign: "0" }, { allowUnsigned: true })).to.equal("invalid_signature");
    expect(verdict({ ...unsigned, t: T }, { allowUnsigned: true })).to.equal("missing_signature");
  });

  it("is accepted without a key, as is a callback with a correct or wrong signature", () => {
    for (const body of [signed(), { ...signed(), sign: "0" }])
      expect(verdict(body, { key: undefined, allowUnsigned: true })).to.equal("accepted");
  });
});

describe("the options of verification", () => {
  it("must have a key that is not empty, even if unsigned messages are allowed", () => {
    const wrong: VerifyOptions[] = [
      { key: undefined },
      { key: "" },
      { key: [] },
      { key: [KEY, ""] },
      { key: "", allowUnsigned: true },
      { key: [], allowUnsigned: true },
    ];
    for (const options of wrong) expect(verdict(signed(), options)).to.equal("invalid_configuration");
  });

  it("must have a leeway that is a number, because no comparison with NaN would reject a message", () => {
    for (const leewaySeconds of [Number.NaN, -1, Number.POSITIVE_INFINITY, "600" as unknown as number]) {
      expect(verdict(signed(), { leewaySeconds })).to.equal("invalid_configuration");
    }
  });

  it("must have strings as keys, and an invalid leeway is named in the error", () => {
    const key = [42] as unknown as string[];
    expect(verdict(signed(), { key })).to.equal("invalid_configuration");
    expect(() => verifyCallback(signed(), { key: KEY, leewaySeconds: -1 })).to.throw("leewaySeconds must be");
  });
});
