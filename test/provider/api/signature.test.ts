import { createHash } from "node:crypto";
import { expect } from "chai";
import {
  authorization,
  canonicalRequest,
  credentialScope,
  type SignableRequest,
  signature,
  signingKey,
  stringToSign,
  utcDate,
} from "../../../provider/api/signature";

const TIMESTAMP = 1551113065;
const BODY = String.raw`{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`;
const BODY_HASH = "35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064";

const REQUEST: SignableRequest = {
  method: "POST",
  query: "",
  headers: {
    "content-type": "application/json; charset=utf-8",
    host: "cvm.tencentcloudapi.com",
    "x-tc-action": "DescribeInstances",
  },
  signedHeaders: ["content-type", "host"],
  payload: BODY,
};

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The published examples, https://www.tencentcloud.com/document/api/267/30763 and its older editions. */
const vectors = [
  {
    title: "the oldest published example, which signs content-type and host",
    secretId: "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
    secretKey: "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE",
    signedHeaders: ["content-type", "host"],
    canonical: [
      ...["POST", "/", "", "content-type:application/json; charset=utf-8", "host:cvm.tencentcloudapi.com"],
      ...["", "content-type;host", BODY_HASH],
    ].join("\n"),
    canonicalHash: "5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031",
    key: "ac658d5dde49e9bfdd14e04e062f66b05d9f637d44b8a8d845327d4a77f666b1",
    signed: "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168",
    header:
      "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host, Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168",
  },
  {
    title: "the second published example, which signs x-tc-action too",
    secretId: "AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******",
    secretKey: "Gu5t9xGARNpq86cd98joQYCN3*******",
    signedHeaders: ["content-type", "host", "x-tc-action"],
    canonical: [
      ...["POST", "/", "", "content-type:application/json; charset=utf-8", "host:cvm.tencentcloudapi.com"],
      ...["x-tc-action:describeinstances", "", "content-type;host;x-tc-action", BODY_HASH],
    ].join("\n"),
    canonicalHash: "7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84",
    key: "8aa8ab5755582f576e94bcfe383b8e29325b0ca90c3590d569221c6a63a091ed",
    signed: "be4f67d323c78ab9acb7395e43c0dbcf822a9cfac32fea2449a7bc7726b770a3",
    header:
      "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host;x-tc-action, Signature=be4f67d323c78ab9acb7395e43c0dbcf822a9cfac32fea2449a7bc7726b770a3",
  },
  {
    title: "the current published example, with masked keys",
    secretId: "AKID********************************",
    secretKey: "********************************",
    signedHeaders: ["content-type", "host", "x-tc-action"],
    canonical: [
      ...["POST", "/", "", "content-type:application/json; charset=utf-8", "host:cvm.tencentcloudapi.com"],
      ...["x-tc-action:describeinstances", "", "content-type;host;x-tc-action", BODY_HASH],
    ].join("\n"),
    canonicalHash: "7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84",
    key: "b596b923aad85185e2d1f6659d2a062e0a86731226e021e61bfe06f7ed05f5af",
    signed: "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f",
    header:
      "TC3-HMAC-SHA256 Credential=AKID********************************/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host;x-tc-action, Signature=10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f",
  },
];

describe("the TC3-HMAC-SHA256 signature", () => {
  for (const vector of vectors) {
    describe(`of ${vector.title}`, () => {
      const { secretId, secretKey, signedHeaders, canonicalHash, key, signed } = vector;
      const request = { ...REQUEST, signedHeaders };
      const toSign = `TC3-HMAC-SHA256\n1551113065\n2019-02-25/cvm/tc3_request\n${canonicalHash}`;

      it("has the published canonical request", () => {
        expect(canonicalRequest(request)).to.equal(vector.canonical);
        expect(sha256(canonicalRequest(request))).to.equal(canonicalHash);
      });

      it("has the published string to sign", () => {
        expect(stringToSign(TIMESTAMP, "cvm", vector.canonical)).to.equal(toSign);
      });

      it("is made with the published signing key", () => {
        expect(signingKey(secretKey, "2019-02-25", "cvm").toString("hex")).to.equal(key);
      });

      it("equals the published one", () => {
        expect(signature(Buffer.from(key, "hex"), toSign)).to.equal(signed);
      });

      it("is in the published Authorization header", () => {
        expect(authorization({ secretId, secretKey }, TIMESTAMP, "cvm", request)).to.equal(vector.header);
      });
    });
  }

  it("is dated in UTC, to the second before and after midnight", () => {
    expect(utcDate(1551052799)).to.equal("2019-02-24");
    expect(utcDate(1551052800)).to.equal("2019-02-25");
    expect(credentialScope("2019-02-25", "live")).to.equal("2019-02-25/live/tc3_request");
  });

  it("does not depend on the order of the header names", () => {
    const reversed = { ...REQUEST, signedHeaders: ["x-tc-action", "host", "content-type"] };
    const keys = { secretId: "AKID********************************", secretKey: "********************************" };
    expect(authorization(keys, TIMESTAMP, "cvm", reversed)).to.equal(vectors[2]?.header);
    expect(reversed.signedHeaders).to.deep.equal(["x-tc-action", "host", "content-type"]);
  });

  it("trims header values and lower-cases them", () => {
    const headers = { "content-type": " Application/JSON ", host: "HOST" };
    const lines = canonicalRequest({ ...REQUEST, headers }).split("\n");
    expect(lines.slice(3, 5)).to.deep.equal(["content-type:application/json", "host:host"]);
  });

  it("covers the body byte for byte, as text or as bytes", () => {
    const text = canonicalRequest({ ...REQUEST, payload: "未命名" });
    expect(text.split("\n").at(-1)).to.equal("67bee6acfc3cbfedf4db63b02cf28e31ac8fdc9935fbf31f59029d2fe6d53ddb");
    expect(canonicalRequest({ ...REQUEST, payload: Buffer.from("未命名", "utf8") })).to.equal(text);
  });
});
