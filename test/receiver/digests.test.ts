import { createHash } from "node:crypto";
import { expect } from "chai";
import { md5, sha256 } from "../../receiver/digests";

const expected = (algorithm: string, text: string): string => createHash(algorithm).update(text).digest("hex");

describe("the digests of the receiver", () => {
  it("match the examples of the standards", () => {
    expect(md5("")).to.equal("d41d8cd98f00b204e9800998ecf8427e");
    expect(md5("message digest")).to.equal("f96b697d7cb7938d525a2f31aaf161d0");
    expect(sha256("abc")).to.equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });

  it("match node:crypto for every length around the block sizes, with ASCII and other text", () => {
    for (let length = 0; length < 200; length++) {
      for (const text of ["a".repeat(length), `${"b".repeat(length)}直播🎥`]) {
        expect(md5(text), `md5 of ${length}`).to.equal(expected("md5", text));
        expect(sha256(text), `sha256 of ${length}`).to.equal(expected("sha256", text));
      }
    }
  });

  it("match node:crypto for a message of the maximum size", () => {
    const text = "0123456789abcde\n".repeat(65_536);
    expect([md5(text), sha256(text)]).to.deep.equal([expected("md5", text), expected("sha256", text)]);
  });
});
