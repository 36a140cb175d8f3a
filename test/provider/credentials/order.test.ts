import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { LiveError } from "../../../provider/api/errors";
import { failureOf, raw, type Seen, serve } from "../../support/api/apiServer";
import { perTest } from "../../support/lifetime";
import { CredentialWorld } from "../../support/provider/credentialWorld";

const ROLE = "qcs::cam::uin/100000000001:roleName/deployer";
const TOKEN_FILE = "TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN_FILE";

describe("the order of credential sources", () => {
  const home = mkdtempSync(join(tmpdir(), "credentials-"));
  const file = (name: string, text: string): string => {
    writeFileSync(join(home, name), text);
    return join(home, name);
  };
  const ini = (id: string): string => `secret_id=${id}\nsecret_key=k\n`;
  const shared = file("shared", `[default]\n${ini("d")}[one]\n${ini("1")}[two]\n${ini("2")}`);
  const world = perTest(() => CredentialWorld.start({ instanceRole: "cvm-live" }));
  beforeEach(() => {
    world.environment["HOME"] = home;
  });
  after(() => rmSync(home, { recursive: true }));

  /** Each source, in order, and the beginning of its name in messages. */
  const SOURCES: [config: Record<string, string>, environment: Record<string, string>, source: string][] = [
    [{ secretId: "i", secretKey: "k" }, {}, "the stack configuration"],
    [
      { assumeRoleWebIdentityTokenFile: file("t1", "t") },
      {},
      `the role ${ROLE}, assumed with the web identity token in ${home}/t1`,
    ],
    [{ profile: "one" }, {}, 'profile "one"'],
    [{}, { TENCENTCLOUD_SECRET_ID: "i", TENCENTCLOUD_SECRET_KEY: "k" }, "the environment"],
    [{}, { [TOKEN_FILE]: file("t2", "t") }, `the role ${ROLE}, assumed with the web identity token in ${home}/t2`],
    [{}, { TENCENTCLOUD_PROFILE: "two" }, 'profile "two"'],
    [
      {},
      { TKE_ROLE_ARN: `${ROLE}-of-tke`, TKE_PROVIDER_ID: "p", TKE_WEB_IDENTITY_TOKEN_FILE: file("t3", "t") },
      `the role ${ROLE}-of-tke`,
    ],
    [{}, { TENCENTCLOUD_CREDENTIALS_FILE: shared }, 'profile "default"'],
    [{}, {}, "the role cvm-live of this instance"],
  ];

  SOURCES.forEach(([, , expected], first) => {
    it(`places ${expected.replace(home, "~")} before all later sources`, async () => {
      for (const [config, environment] of SOURCES.slice(first)) {
        Object.assign(world.config, config);
        Object.assign(world.environment, environment);
      }
      if (expected.includes("token in")) world.config["assumeRoleArn"] = ROLE;
      world.environment["TENCENTCLOUD_CREDENTIALS_FILE"] = first < SOURCES.length - 1 ? shared : join(home, "none");
      expect((await world.found()).source).to.match(new RegExp(`^${expected}`));
    });
  });

  it("ends at the instance, which times out after 1 s with an error", async () => {
    const { url } = await serve([() => world.clock.neverResponds()]);
    world.environment["TENCENTCLOUD_METADATA_ENDPOINT"] = url.href;
    const { message } = await failureOf(Promise.resolve(world.credentials()()), LiveError);
    expect(world.clock.monotonic()).to.equal(1_000);
    expect(message).to.contain(`the role of this instance (${url.origin} did not respond within 1 s)`);
  });

  it("ends at the instance, whose response must be a role name, and whose redirect is not followed", async () => {
    const other = await serve([raw(200, "cvm-live")]);
    const responses: [Parameters<typeof raw>, string][] = [
      [[302, "", { location: other.url.href }], "responded with HTTP status 302"],
      [[500, ""], "responded with HTTP status 500"],
      [[200, "<html>Sign in to this network</html>"], "returned no role name"],
    ];
    for (const [response, why] of responses) {
      const { url, seen } = await serve([raw(...response)]);
      world.environment["TENCENTCLOUD_METADATA_ENDPOINT"] = url.href;
      const { message } = await failureOf(Promise.resolve(world.credentials()()), LiveError);
      expect(message).to.contain(why);
      const [request] = seen as [Seen];
      expect(request.headers).to.not.have.any.keys("authorization", "x-tc-token");
    }
    expect(other.seen).to.deep.equal([]);
  });

  it("ends at the instance, which is never called through a proxy", async () => {
    const proxy = await serve([raw(502, "")]);
    const before = process.env["http_proxy"];
    process.env["http_proxy"] = proxy.url.href;
    try {
      expect((await world.found()).source).to.equal("the role cvm-live of this instance");
    } finally {
      if (before === undefined) delete process.env["http_proxy"];
      else process.env["http_proxy"] = before;
    }
    expect(proxy.seen).to.deep.equal([]);
  });

  it("ends at the instance, with an error on one line that shows no key, if its role has no usable keys", async () => {
    for (const body of ['{"Code":"Failed"}', '{"Code":"Success","TmpSecretKey":"half-a-secret"}', "half-a-secret"]) {
      const { url } = await serve([raw(200, "cvm-live"), raw(200, body)]);
      world.environment["TENCENTCLOUD_METADATA_ENDPOINT"] = url.href;
      const { message } = await failureOf(Promise.resolve(world.credentials()()), LiveError);
      expect(message).to.equal(
        `there are no credentials for the role cvm-live of this instance: ${url.origin} returned no usable keys`,
      );
    }
  });
});
