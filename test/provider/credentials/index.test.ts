import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { ProviderError } from "../../../provider/api/errors";
import { parseIni } from "../../../provider/credentials/profiles";
import { perTest } from "../../support/lifetime";
import { CredentialWorld } from "../../support/provider/credentialWorld";

const inConfig = { secretId: "id-of-config", secretKey: "key-of-config" };
const inEnvironment = { TENCENTCLOUD_SECRET_ID: "id-of-env", TENCENTCLOUD_SECRET_KEY: "key-of-env" };

describe("credentials from a key pair", () => {
  let home: string;
  const world = perTest(() => CredentialWorld.start());
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "credentials-"));
    world.environment["HOME"] = home;
  });
  afterEach(() => rmSync(home, { recursive: true }));

  const find = (config: Record<string, string>, environment: Record<string, string> = {}) => {
    Object.assign(world.environment, environment);
    Object.assign(world.config, config);
    return world.found();
  };
  const failure = async (config: Record<string, string>, environment: Record<string, string> = {}) => {
    try {
      await find(config, environment);
    } catch (error) {
      if (error instanceof ProviderError) return error;
      throw error;
    }
    throw new Error("credentials were found");
  };
  const write = (path: string, text: string | Buffer): string => {
    const file = join(home, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };

  describe("in configuration and environment", () => {
    it("are those of the configuration first, with the advice that it may be stale", async () => {
      const found = await find(inConfig, { ...inEnvironment, TENCENTCLOUD_SECURITY_TOKEN: "token-of-env" });
      expect(found).to.include({ ...inConfig, securityToken: undefined, source: "the stack configuration" });
      expect(found.remedy).to.contain("--run-program").and.to.contain("A refresh or destroy");
      expect(await find({ securityToken: "token-of-config" })).to.include({ securityToken: "token-of-config" });
      expect(world.secrets).to.include.members(["key-of-config", "token-of-config"]);
    });

    it("are those of the environment otherwise", async () => {
      expect(await find({ securityToken: "unpaired" }, inEnvironment)).to.deep.equal({
        secretId: "id-of-env",
        secretKey: "key-of-env",
        securityToken: undefined,
        source: "the environment",
      });
    });

    it("have the token of the first of three variables that is set", async () => {
      Object.assign(world.environment, inEnvironment);
      for (const name of ["TENCENTCLOUD_TOKEN", "TENCENTCLOUD_SESSION_TOKEN", "TENCENTCLOUD_SECURITY_TOKEN"]) {
        expect((await find({}, { [name]: `token in ${name}` })).securityToken).to.equal(`token in ${name}`);
      }
      const { securityToken } = await find({}, { TENCENTCLOUD_SECURITY_TOKEN: "", TENCENTCLOUD_SESSION_TOKEN: "" });
      expect(securityToken).to.equal("token in TENCENTCLOUD_TOKEN");
    });

    const id = "tencentcloud-live:secretId";
    const key = "tencentcloud-live:secretKey";
    const halves: [Record<string, string>, Record<string, string>, string][] = [
      [{ secretId: "i" }, inEnvironment, `${id} is set, but ${key} is not`],
      [{ secretKey: "k" }, inEnvironment, `${key} is set, but ${id} is not`],
      [{}, { TENCENTCLOUD_SECRET_ID: "i" }, "TENCENTCLOUD_SECRET_ID is set, but TENCENTCLOUD_SECRET_KEY is not"],
      [{}, { TENCENTCLOUD_SECRET_KEY: "k" }, "TENCENTCLOUD_SECRET_KEY is set, but TENCENTCLOUD_SECRET_ID is not"],
    ];
    for (const [config, environment, message] of halves) {
      it(`are never combined from two sources: ${message}`, async () => {
        const error = await failure(config, environment);
        expect(error).to.include({ message, code: "Provider.InvalidConfiguration" });
        expect(error.remedy).to.match(
          message.startsWith("tencentcloud-live") ? /--run-program/ : /^Set both or none\.$/,
        );
      });
    }
  });

  describe("in a file", () => {
    const SHARED =
      "; comment\n[default]\nsecret_id = id-of-file\nsecret_key=key-of-file\n\n[prod]\nsecret_id=id-of-prod\nsecret_key=key-of-prod\ntoken = token-of-prod\n";
    const cli = (id: string, more: object = {}) => JSON.stringify({ secretId: id, secretKey: "key-of-cli", ...more });

    it("are those of the profile default, in the file of the SDKs first, then in that of tccli", async () => {
      const theirs = write(".tccli/default.credential", cli("id-of-cli", { token: null }));
      expect(await find({})).to.include({ secretId: "id-of-cli", source: `profile "default" of ${theirs}` });
      const shared = write(".tencentcloud/credentials", SHARED);
      expect(await find({})).to.include({ secretId: "id-of-file", source: `profile "default" of ${shared}` });
      expect(world.secrets).to.include.members(["key-of-file", "key-of-cli"]);
    });

    it("are those of a profile, with its token; the name in the configuration wins over the environment", async () => {
      write(".tencentcloud/credentials", SHARED);
      write(".tccli/dev.credential", cli("id-of-dev", { token: "token-of-dev" }));
      const dev = await find({}, { TENCENTCLOUD_PROFILE: "dev" });
      expect(dev).to.include({ secretId: "id-of-dev", securityToken: "token-of-dev" });
      expect(dev.remedy).to.contain("tccli configure --profile dev");
      const prod = await find({ profile: "prod" });
      expect(prod).to.include({ secretId: "id-of-prod", securityToken: "token-of-prod" });
    });

    it("are found in the files that the variables of other programs set", async () => {
      const shared = write("elsewhere", SHARED);
      expect(await find({}, { TENCENTCLOUD_CREDENTIALS_FILE: shared })).to.include({ secretId: "id-of-file" });
      const folder = dirname(write("cli/ci.credential", cli("id-of-ci")));
      const named = { TENCENTCLOUD_SHARED_CREDENTIALS_DIR: folder, TENCENTCLOUD_PROFILE: "ci" };
      expect(await find({}, named)).to.include({ secretId: "id-of-ci" });
    });

    it("cause an error on one line with the file or the profile, and without its content", async () => {
      const shared = write(".tencentcloud/credentials", "[default]\nsecret_id = AKIDhalf\n");
      expect((await failure({})).message).to.equal(
        `secret_id in profile "default" of ${shared} is set, but secret_key is not`,
      );
      write(".tencentcloud/credentials", "");
      const file = write(".tccli/default.credential", '{"secretKey": "K3y-of-the-cli", ');
      expect((await failure({})).message).to.equal(`the credentials file ${file} is not in the format of tccli`);
      rmSync(file);
      mkdirSync(file);
      expect((await failure({})).message).to.equal(`the credentials file ${file} cannot be read (EISDIR)`);
      const absent = await failure({ profile: "absent" });
      expect(absent.message).to.equal(
        `the profile "absent" (set by tencentcloud-live:profile) is not in ${shared} or ${join(home, ".tccli/absent.credential")}`,
      );
      expect(absent.code).to.equal("Provider.CredentialsNotFound");
      expect((await failure({ profile: "../../etc/passwd" })).message).to.contain("is not in any file");
    });

    it("are found in the Windows home folder, and are not found if a part of the path is a file", async () => {
      write(".tencentcloud/credentials", SHARED);
      const { HOME: _, ...environment } = world.environment;
      for (const name of Object.keys(world.environment)) delete world.environment[name];
      Object.assign(world.environment, environment, { USERPROFILE: home });
      expect(await find({})).to.include({ secretId: "id-of-file" });
      rmSync(join(home, ".tencentcloud"), { recursive: true });
      write(".tencentcloud", "no folder");
      expect((await failure({})).code).to.equal("Provider.CredentialsNotFound");
    });

    it("cause an error with the code Provider.InvalidConfiguration if the file cannot be parsed", async () => {
      write(".tccli/default.credential", "{");
      expect((await failure({})).code).to.equal("Provider.InvalidConfiguration");
    });
  });

  it("cause an error that lists every source, without a wait, if none is configured", async () => {
    const error = await failure(
      {},
      { TENCENTCLOUD_SECRET_ID: "", TENCENTCLOUD_SECRET_KEY: "", TENCENTCLOUD_TOKEN: "t" },
    );
    expect(world.clock.monotonic()).to.equal(0);
    expect(error.code).to.equal("Provider.CredentialsNotFound");
    for (const place of [
      ...["tencentcloud-live:secretId", "tencentcloud-live:secretKey", "TENCENTCLOUD_SECRET_ID"],
      ...["TENCENTCLOUD_SECRET_KEY", "TENCENTCLOUD_ASSUME_ROLE_WEB_IDENTITY_TOKEN"],
      ...[join(home, ".tencentcloud/credentials"), join(home, ".tccli/default.credential")],
      `the role of this instance (${world.emulator.url} responded with HTTP status 404)`,
    ]) {
      expect(error.message).to.contain(place);
    }
    expect(error.remedy).not.to.equal("");
  });

  it("are parsed from every common form of an INI file", () => {
    const { sections, syntaxErrors } = parseIni(
      "top = 1\r\n [ a b ] \r\n x=1 = 2\n# y = 3\n\ty = 4 ; not a comment\nbroken\n=5\n[c]\n[a b]\nZ=\n",
    );
    expect([...sections.keys()]).to.deep.equal(["a b", "c"]);
    expect(Object.fromEntries(sections.get("a b") ?? [])).to.deep.equal({ x: "1 = 2", y: "4 ; not a comment", z: "" });
    expect(syntaxErrors).to.deep.equal([
      "line 1 has a key, but no section such as [default] precedes it",
      "line 6 is neither a section, a key with a value, nor a comment",
      "line 7 is neither a section, a key with a value, nor a comment",
    ]);
  });

  describe("in a shared file that people write by hand", () => {
    const keys = { secretId: "AKIDshared", secretKey: "K3y=of:the;file" };
    const spellings: [string, string][] = [
      ["quoted values", `[default]\nsecret_id = "AKIDshared"\nsecret_key = 'K3y=of:the;file'\n`],
      ["a colon as the separator", "[default]\nsecret_id: AKIDshared\nsecret_key : K3y=of:the;file\n"],
      ["upper-case keys", "[default]\nSECRET_ID=AKIDshared\nSECRET_KEY=K3y=of:the;file\n"],
      ["the keys of tccli", "[default]\nsecretId=AKIDshared\nsecretKey=K3y=of:the;file\n"],
      ["an invalid line in another place", "hello\n[default]\nsecret_id=AKIDshared\nsecret_key=K3y=of:the;file\n"],
    ];
    for (const [what, content] of spellings) {
      it(`are read with ${what}`, async () => {
        write(".tencentcloud/credentials", content);
        expect(await world.credentials()()).to.include(keys);
      });
    }

    const encodings: [string, (text: string) => Buffer][] = [
      ["UTF-8 with a byte-order mark", (text) => Buffer.from(`\uFEFF${text}`)],
      ["UTF-16, as PowerShell writes it", (text) => Buffer.from(`\uFEFF${text}`, "utf16le")],
      ["big-endian UTF-16", (text) => Buffer.from(`\uFEFF${text}`, "utf16le").swap16()],
    ];
    for (const [what, encode] of encodings) {
      it(`are read in ${what}, also from a file of tccli`, async () => {
        write(".tencentcloud/credentials", encode("[default]\nsecret_id=AKIDshared\nsecret_key=K3y=of:the;file\n"));
        expect(await world.credentials()()).to.include(keys);
        write(".tencentcloud/credentials", "");
        write(".tccli/default.credential", encode(JSON.stringify(keys)));
        expect(await world.credentials()()).to.include(keys);
      });
    }

    it("cause an error with the number of a line that cannot be parsed, and without its content", async () => {
      const shared = write(".tencentcloud/credentials", "# mine\nsecret_id = AKIDshared\nsecret_key = K3y\n");
      const error = await failure({});
      expect(error.message).to.contain(
        `${shared} (it exists, but cannot be parsed: line 2 has a key, but no section such as [default] precedes it)`,
      );
      expect(error.message).to.not.contain("AKIDshared").and.not.contain("K3y");
      write(".tencentcloud/credentials", "[default]\nsecret_id AKIDshared\n");
      const named = await failure({ profile: "prod" });
      expect(named.message).to.contain("line 2 is neither a section, a key with a value, nor a comment)");
    });

    it("do not block another source if a line cannot be parsed", async () => {
      write(".tencentcloud/credentials", "// my keys\n[other]\nsecret_id = AKIDother\nsecret_key = K3y\n");
      write(".tccli/default.credential", JSON.stringify(keys));
      expect(await world.credentials()()).to.include(keys);
    });
  });
});
