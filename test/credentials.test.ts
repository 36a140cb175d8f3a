import { expect } from "chai";
import { ProviderError } from "../provider/api/errors";
import { findCredentials } from "../provider/credentials";

const find = (config: Record<string, string>, environment: Record<string, string> = {}) =>
  findCredentials((key) => config[key], environment);

/** What the search for credentials ends with. */
function failure(config: Record<string, string>, environment: Record<string, string> = {}): ProviderError {
  try {
    find(config, environment);
  } catch (error) {
    if (error instanceof ProviderError) return error;
    throw error;
  }
  throw new Error("some were found");
}

const inConfig = { secretId: "id-of-config", secretKey: "key-of-config" };
const inEnvironment = { TENCENTCLOUD_SECRET_ID: "id-of-env", TENCENTCLOUD_SECRET_KEY: "key-of-env" };

describe("the credentials", () => {
  it("come from the configuration first, whole, and say how a stored configuration gets stale", () => {
    const found = find(inConfig, { ...inEnvironment, TENCENTCLOUD_SECURITY_TOKEN: "token-of-env" });
    expect(found).to.include({ ...inConfig, securityToken: undefined, source: "the stack configuration" });
    expect(found.remedy).to.contain("--run-program").and.to.contain("A refresh or destroy");
    expect(find({ ...inConfig, securityToken: "token-of-config" })).to.include({ securityToken: "token-of-config" });
  });

  it("come from the environment otherwise", () => {
    expect(find({ securityToken: "unpaired" }, inEnvironment)).to.deep.equal({
      secretId: "id-of-env",
      secretKey: "key-of-env",
      securityToken: undefined,
      source: "the environment",
    });
  });

  it("take the token from the first of its three variables", () => {
    const tokens: [string, string][] = [
      ["TENCENTCLOUD_SECURITY_TOKEN", "first"],
      ["TENCENTCLOUD_SESSION_TOKEN", "second"],
      ["TENCENTCLOUD_TOKEN", "third"],
    ];
    tokens.forEach(([, token], from) => {
      const environment = { ...inEnvironment, ...Object.fromEntries(tokens.slice(from)) };
      expect(find({}, environment).securityToken).to.equal(token);
    });
    const empty = { ...inEnvironment, TENCENTCLOUD_SECURITY_TOKEN: "", TENCENTCLOUD_TOKEN: "third" };
    expect(find({}, empty).securityToken).to.equal("third");
  });

  it("are never put together from two places: half a pair is an error that names both halves", () => {
    const id = "tencentcloud-live:secretId";
    const key = "tencentcloud-live:secretKey";
    const cases: [ProviderError, string][] = [
      [failure({ secretId: "i" }, inEnvironment), `${id} is set, but ${key} is not`],
      [failure({ secretKey: "k" }, inEnvironment), `${key} is set, but ${id} is not`],
      [
        failure({}, { TENCENTCLOUD_SECRET_ID: "i" }),
        "TENCENTCLOUD_SECRET_ID is set, but TENCENTCLOUD_SECRET_KEY is not",
      ],
      [
        failure({}, { TENCENTCLOUD_SECRET_KEY: "k" }),
        "TENCENTCLOUD_SECRET_KEY is set, but TENCENTCLOUD_SECRET_ID is not",
      ],
      [
        failure({}, { ...inEnvironment, TENCENTCLOUD_SECRET_KEY: "" }),
        "TENCENTCLOUD_SECRET_ID is set, but TENCENTCLOUD_SECRET_KEY is not",
      ],
    ];
    for (const [error, message] of cases) {
      expect(error).to.include({ message, code: "Provider.InvalidConfiguration" });
      expect(error.remedy).to.match(
        message.startsWith(id) || message.startsWith(key) ? /--run-program/ : /^Set both or none\.$/,
      );
    }
  });

  it("that are nowhere are an error that lists every place looked at", () => {
    const error = failure({}, { TENCENTCLOUD_SECRET_ID: "", TENCENTCLOUD_SECRET_KEY: "", TENCENTCLOUD_TOKEN: "t" });
    expect(error.code).to.equal("Provider.CredentialsNotFound");
    for (const place of [
      ...["tencentcloud-live:secretId", "tencentcloud-live:secretKey"],
      ...["TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY"],
    ]) {
      expect(error.message).to.contain(place);
    }
    expect(error.remedy).not.to.equal("");
  });
});
