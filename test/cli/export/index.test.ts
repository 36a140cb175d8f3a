import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { EMULATOR_CREDENTIALS } from "../../../emulator";
import { runCommand } from "../../support/callbackCommand";
import { emulatorEnvironment } from "../../support/cloud";
import { useEmulator } from "../../support/emulatorClient";
import { useExport } from "../../support/exportCommand";
import { CANARIES, leaksIn } from "../../support/provider/canaries";

const CANARY = { secretId: "export-user", secretKey: CANARIES.secretKey };
const HOOKS = "https://hooks.example.com/live";

describe("tencentcloud-live export", function () {
  this.timeout(30_000);
  const emulator = useEmulator({ credentials: [EMULATOR_CREDENTIALS, CANARY] });
  const { exportTo, filesIn, pathOf } = useExport(emulator);
  const put = (TemplateName: string) =>
    emulator.putTemplate({ TemplateName, StreamBeginNotifyUrl: HOOKS, CallbackKey: CANARIES.callbackKey }).TemplateId;
  const bind = (DomainName: string, TemplateId: number) => emulator.putRule({ DomainName, TemplateId });
  const programOf = async (...args: string[]) => {
    const name = args.join("");
    const { code, stderr } = await exportTo(name, ...args);
    expect([code, stderr]).to.deep.equal([0, ""]);
    return filesIn(name)["index.ts"] ?? "";
  };
  const namesIn = (program: string) => program.match(/new CallbackTemplate\("[^"]*"|"[^"]*\.example\.com"/g) ?? [];

  it("writes only what --template and --domain select, with the names from the whole account", async () => {
    put("hooks");
    const second = put("hooks!");
    const third = put("third");
    bind("b.example.com", second);
    bind("a.example.com", second);
    bind("c.example.com", third);
    const SECOND = `new CallbackTemplate("hooks-${second}"`;
    expect(namesIn(await programOf(`--template=${second}`))).to.deep.equal([
      SECOND,
      '"a.example.com"',
      '"b.example.com"',
    ]);
    expect(namesIn(await programOf("--domain=B.example.com."))).to.deep.equal([SECOND, '"b.example.com"']);
    const both = await programOf(`--template=${second}`, `--template=${third}`, "--domain=c.example.com");
    expect(namesIn(both)).to.deep.equal([SECOND, 'new CallbackTemplate("third"', '"c.example.com"']);
  });

  it("exits with 1 and one line for an empty account, and for an unknown template or domain", async () => {
    const empty = await exportTo("empty");
    const id = put("hooks");
    bind("b.example.com", put("other"));
    const [template, domain, both] = await Promise.all([
      exportTo("t", "--template", "99"),
      exportTo("d", "--domain", "a.example.com"),
      exportTo("b", `--template=${id}`, "--domain=b.example.com"),
    ]);
    expect([empty, template, domain, both].map(({ code, stdout, stderr }) => [code, stdout, stderr])).to.deep.equal([
      [
        1,
        "",
        "tencentcloud-live export: the account has no callback templates and no rules: there is nothing to export\n",
      ],
      [1, "", "tencentcloud-live export: the account has no template 99\n"],
      [1, "", "tencentcloud-live export: the account has no rule of the domain a.example.com\n"],
      [1, "", "tencentcloud-live export: the templates of --template have no rule of the domain b.example.com\n"],
    ]);
    expect(["empty", "t", "d", "b"].filter((name) => existsSync(pathOf(name)))).to.deep.equal([]);
  });

  it("exits with 1 and lists the templates and rules if none can be exported", async () => {
    emulator.putTemplate({ TemplateName: "no-url" });
    bind("gone.example.com", 1);
    const { code, stderr } = await exportTo("none");
    expect([code, stderr.split("\n").length]).to.deep.equal([1, 2]);
    expect(stderr).to.match(/: nothing can be exported: template \d+ "no-url": .*; rule gone\.example\.com: /);
    expect(existsSync(pathOf("none"))).to.equal(false);
  });

  it("prints the result as JSON without keys, with --json", async () => {
    const id = put("hooks");
    const none = emulator.putTemplate({ TemplateName: "no-url" }).TemplateId;
    bind("a.example.com", id);
    bind("b.example.com", id);
    bind("gone.example.com", 1);
    const { code, stdout, stderr } = await exportTo("p", "--json");
    expect([code, stderr, leaksIn(stdout)]).to.deep.equal([1, "", []]);
    const { leftOut, ...written } = JSON.parse(stdout);
    expect(written).to.deep.equal({
      ...{ folder: pathOf("p"), format: "typescript", templates: 1, rules: 2, secrets: ["callbackKey"] },
      next: [
        `cd ${pathOf("p")}`,
        "npm install && pulumi stack init dev",
        "pulumi config set --secret callbackKey",
        "pulumi up",
      ],
    });
    expect(leftOut.map(({ reason, ...what }: { reason: string }) => [what, /^[^\n]+$/.test(reason)])).to.deep.equal([
      [{ templateId: none, templateName: "no-url" }, true],
      [{ rule: "gone.example.com", templateId: 1 }, true],
    ]);
  });

  it("prints commands that a shell can run, even for a folder name with spaces and quotes", async () => {
    put("hooks");
    for (const name of ["my 'live' hooks", '$HOME `id` "x"', "直播", "plain-1.0"]) {
      const { stdout } = await exportTo(name);
      const [, command = ""] = /^ {2}(cd .*)$/m.exec(stdout) ?? [];
      const { stdout: folder } = spawnSync("sh", ["-c", `${command} && pwd`], { encoding: "utf8" });
      expect(folder).to.equal(`${pathOf(name)}\n`);
    }
  });

  it("names the project after its folder, even if YAML would read the name as a number or null", async () => {
    put("hooks");
    for (const [folder, name] of Object.entries({
      "2024": "2024",
      Null: "null",
      直播: "live-callbacks",
      "a b_": "a-b",
    })) {
      await exportTo(folder, "--format=yaml");
      const files = filesIn(folder);
      const names = [parse(files["Pulumi.yaml"] ?? "").name, JSON.parse(files["package.json"] ?? "").name];
      expect(names).to.deep.equal([name, name]);
    }
  });

  it("does not change an existing folder or file, and makes no API call", async () => {
    put("hooks");
    mkdirSync(pathOf("folder"));
    writeFileSync(pathOf("file"), "kept");
    for (const name of ["folder", "file"]) {
      const { code, stdout, stderr } = await exportTo(name);
      expect([code, stdout]).to.deep.equal([1, ""]);
      expect(stderr).to.match(/^tencentcloud-live export: [^\n]* exists and is never overwritten[^\n]*\n$/);
    }
    expect(readdirSync(pathOf("folder"))).to.deep.equal([]);
    expect(emulator.calls()).to.deep.equal({});
  });

  it("exits with 1 and one line without credentials, and without the permission", async () => {
    put("hooks");
    const environment = { TENCENTCLOUD_LIVE_ENDPOINT: emulator.url, TENCENTCLOUD_METADATA_ENDPOINT: emulator.url };
    const files = {
      TENCENTCLOUD_CREDENTIALS_FILE: pathOf("none"),
      TENCENTCLOUD_SHARED_CREDENTIALS_DIR: pathOf("none"),
    };
    const none = await runCommand(["export", "--out", pathOf("p")], { ...environment, ...files });
    emulator.addFault({ kind: "error", code: "UnauthorizedOperation", message: CANARIES.secretKey, times: 10 });
    const keys = { TENCENTCLOUD_SECRET_ID: CANARY.secretId, TENCENTCLOUD_SECRET_KEY: CANARY.secretKey };
    const secret = { ...emulatorEnvironment(emulator), ...keys };
    const forbidden = await runCommand(["export", "--out", pathOf("p")], secret);
    for (const { code, stdout, stderr } of [none, forbidden]) {
      expect([code, stdout, leaksIn(stderr)]).to.deep.equal([1, "", []]);
      expect(stderr).to.match(/^tencentcloud-live export: [^\n]*\n$/);
    }
    expect(none.stderr).to.include("code=Provider.CredentialsNotFound");
    expect(forbidden.stderr).to.include("code=UnauthorizedOperation");
    expect(existsSync(pathOf("p"))).to.equal(false);
  });

  it("reports that the secrets are not set if the Pulumi CLI is missing or fails, and prints no key", async () => {
    put("hooks");
    const { code, stdout, stderr } = await runCommand(["export", "--out", pathOf("p"), "--set-secrets", "dev"], {
      ...emulatorEnvironment(emulator),
      PATH: pathOf("bin"),
    });
    expect([code, stdout, leaksIn(stderr)]).to.deep.equal([1, "", []]);
    const failed = "but pulumi stack select --create failed: it could not be started (ENOENT)";
    expect(stderr).to.equal(`tencentcloud-live export: the project is in ${pathOf("p")}, ${failed}\n`);
    expect(readdirSync(pathOf("p"))).to.include("index.ts");

    mkdirSync(pathOf("bin"));
    const script = '#!/bin/sh\n[ "$1" = config ] || exit 0\ncat >&2\nexit 1\n';
    writeFileSync(join(pathOf("bin"), "pulumi"), script, { mode: 0o755 });
    const failing = await runCommand(["export", "--out", pathOf("q"), "--set-secrets", "dev"], {
      ...emulatorEnvironment(emulator),
      PATH: `${pathOf("bin")}:${process.env["PATH"]}`,
    });
    expect([failing.code, failing.stdout, leaksIn(failing.stderr)]).to.deep.equal([1, "", []]);
    expect(failing.stderr).to.match(/ but pulumi config set --secret callbackKey failed: [^\n]+\n$/);
  });

  it("exits with 2 for an invalid command line, and makes no API call", async () => {
    const wrong: [args: string[], message: string][] = [
      [["--format", "go"], "--format must be one of typescript, native-typescript, yaml, import"],
      [["--template", "hooks"], '--template takes the id of a template, a positive integer; got "hooks"'],
      [["--domain", "a b"], '--domain takes a push domain, for example push.example.com; got "a b"'],
      [["--format", "import", "--set-secrets", "dev"], "--set-secrets requires a format that has a program"],
      [["--diff", "--template", "1"], "--diff compares the whole account: omit --template and --domain"],
      [["--diff", "--set-secrets", "dev"], "--diff writes nothing: omit --set-secrets"],
      [["--set-secrets", ""], "--set-secrets must not be empty"],
      [["--out", "a\nb"], "--out must not contain control characters"],
    ];
    for (const [args, message] of wrong) {
      const { code, stderr } = await exportTo("p", ...args);
      expect([code, stderr.split("\n")[0]]).to.deep.equal([2, `tencentcloud-live export: ${message}`]);
    }
    expect(emulator.calls()).to.deep.equal({});
    expect(existsSync(join(pathOf("p")))).to.equal(false);
  });
});
