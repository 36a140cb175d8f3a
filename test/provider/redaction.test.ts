import { expect } from "chai";
import { redactor, secretsOf, withoutUrlSecrets } from "../../provider/redaction";

describe("the redaction of a URL", () => {
  const shown: [string, string][] = [
    ["https://a.example.com/hook", "https://a.example.com/hook"],
    ["https://user:pass@a.example.com/hook", "https://[hidden]@a.example.com/hook"],
    ["https://:pass@a.example.com/", "https://[hidden]@a.example.com/"],
    ["https://user@a.example.com/", "https://[hidden]@a.example.com/"],
    ["https://a.example.com/hook?token=1", "https://a.example.com/hook?[hidden]"],
    ["https://a.example.com/hook#part", "https://a.example.com/hook#[hidden]"],
    ["https://u:p@a.example.com/hook?x=a@b#c", "https://[hidden]@a.example.com/hook?[hidden]"],
    ["https://a.example.com/@user", "https://a.example.com/@user"],
    ["https://a.example.com/?mail=a@b", "https://a.example.com/?[hidden]"],
    ["//user:pass@a.example.com", "//[hidden]@a.example.com"],
    ["user:pass@a.example.com", "[hidden]@a.example.com"],
    ["  https://user:pass@a.example.com", "  https://[hidden]@a.example.com"],
    ["https:/user:pass@a.example.com", "https:/[hidden]@a.example.com"],
    ["https:\\\\user:pass@a.example.com", "https:\\\\[hidden]@a.example.com"],
    ["https://user:pa/ss@a.example.com/", "https://[hidden]@a.example.com/"],
    ["https://user:pa?ss@a.example.com/", "https://[hidden]@a.example.com/"],
    ["https://user:pa@ss@a.example.com/", "https://[hidden]@a.example.com/"],
    ["https://us er:pass@a.example.com/\nx?y=z", "https://[hidden]@a.example.com/\nx?[hidden]"],
    ["", ""],
  ];
  for (const [url, expected] of shown) {
    it(`shows ${JSON.stringify(url)} as ${JSON.stringify(expected)}`, () => {
      expect(withoutUrlSecrets(url)).to.equal(expected);
    });
  }
});

describe("the redaction of a message", () => {
  it("hides every secret wherever it occurs", () => {
    expect(redactor(["abc123", "tok"])("key abc123 (abc123) and tok")).to.equal("key [hidden] ([hidden]) and [hidden]");
  });

  it("hides the whole of a secret that contains another one", () => {
    expect(redactor(["abc", "abcdef"])("it is abcdef")).to.equal("it is [hidden]");
  });

  const forms: [string, string, string][] = [
    ["in JSON", 'a"b\\c', String.raw`a\"b\\c`],
    ["in JSON as Go writes it", "a&b<c>", String.raw`a\u0026b\u003cc\u003e`],
    ["in a URL", "a&b c", "a%26b%20c"],
    ["in a URL with lower-case digits", "a/b=c", "a%2fb%3dc"],
    ["from a URL, without its encoding", "a%2Fb%3dc", "a/b=c"],
    ["that looks like an encoded one", "100%sure", "100%sure"],
    ["with special characters of a pattern", "a^b|c$", "a^b|c$"],
    ["that no URL can contain", "a\ud800b", "a\ud800b"],
  ];
  for (const [what, secret, form] of forms) {
    it(`hides the whole of a secret ${what}`, () => {
      expect(redactor([secret])(`it is ${form}.`)).to.equal("it is [hidden].");
    });
  }

  it("treats a secret as text, not as a pattern, and ignores empty ones", () => {
    expect(redactor(["a.c", "", "$&"])("a.c and abc, $& too")).to.equal("[hidden] and abc, [hidden] too");
  });
});

describe("the secrets of a resource", () => {
  it("are its callback key, and the user info and query of its URLs", () => {
    const properties = {
      callbackKey: "key1",
      templateName: "not?secret",
      streamBeginNotifyUrl: "https://user:pass@a.example.com/hook",
      streamEndNotifyUrl: "https://a.example.com/hook?token=9#part",
      recordNotifyUrl: "https://a.example.com/hook",
      recordExceptionLevels: ["error"],
      templateId: 7,
    };
    expect(secretsOf(properties)).to.have.members(["key1", "user:pass@", "user", "pass", "?token=9#part"]);
  });

  it("include each part of the user info, and each query value of at least 6 characters", () => {
    const url = "https://u:pass@a.example.com/?a=sixlet&b=fives";
    expect(secretsOf({ recordNotifyUrl: url })).to.have.members([
      ...["u:pass@", "u", "pass", "?a=sixlet&b=fives", "sixlet"],
    ]);
  });

  it("are none if nothing is set", () => {
    expect(secretsOf({})).to.deep.equal([]);
    expect(secretsOf({ callbackKey: 5, streamBeginNotifyUrl: null })).to.deep.equal([]);
  });
});
