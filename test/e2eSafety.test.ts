import { expect } from "chai";
import { EMULATOR_CREDENTIALS, type Emulator, type EmulatorOptions, startEmulator } from "../emulator";
import { type Run, ScratchProject } from "../tools/scratchProject";

const URL = "https://hooks.example.com/live";

describe("what goes wrong, seen through the real CLI", function () {
  this.timeout(180_000);
  let emulator: Emulator;
  let project: ScratchProject;
  const start = async (options: EmulatorOptions = {}) => {
    emulator = await startEmulator(options);
    project = await ScratchProject.start(emulator.url);
  };
  afterEach(async () => {
    project.close();
    await emulator.close();
  });

  const template = (args: string, opts = "") => `new CallbackTemplate("hooks", { ${args} }${opts})`;
  const refused = async (...args: string[]): Promise<Run> => {
    const run = await project.run(...args);
    expect(run.code, run.output).to.not.equal(0);
    return run;
  };
  const urnOf = async (name: string) => (await project.resources())[name]?.urn ?? "";

  describe("in the cloud, behind the program's back", () => {
    beforeEach(() => start());

    it("a template and a rule that were deleted are noticed by refresh, made anew by up, and are no trouble to destroy (L13, L14)", async () => {
      project.program(`${template(`streamBeginNotifyUrl: "${URL}"`)}.bindTo(["a.example.com", "b.example.com"]);`);
      await project.up();
      const [gone] = emulator.state().templates;
      emulator.removeRule("a.example.com");
      emulator.removeRule("b.example.com");
      emulator.removeTemplate(gone?.TemplateId ?? 0);
      const drift = await refused("refresh", "--preview-only", "--expect-no-changes");
      expect(drift.output).to.contain("delete");
      await project.refresh();
      expect(await project.resources()).to.deep.equal({});
      await project.up();
      expect(emulator.state().templates).to.have.length(1);
      expect(emulator.state().rules).to.have.length(2);
      await project.expectNoChanges();

      emulator.reset();
      await project.destroy();
      expect(await project.resources()).to.deep.equal({});
    });

    it("a field that was changed, and one that was set, are shown by refresh and repaired by up (L15, L16)", async () => {
      project.program(`${template(`streamBeginNotifyUrl: "${URL}"`)}`);
      await project.up();
      const id = emulator.state().templates[0]?.TemplateId ?? 0;
      emulator.patchTemplate(id, { StreamBeginNotifyUrl: "https://other.example.com", StreamEndNotifyUrl: URL });
      await project.refresh();
      const preview = await project.succeed("preview", "--diff");
      expect(preview.stdout).to.contain("other.example.com").and.contain("streamEndNotifyUrl");
      await project.up();
      expect(emulator.state().templates[0])
        .to.include({ StreamBeginNotifyUrl: URL })
        .and.not.have.property("StreamEndNotifyUrl");
      await project.expectNoChanges();
    });
  });

  describe("when the user forces it", () => {
    beforeEach(() => start());

    it("a replacement makes an unbound template anew", async () => {
      project.program(template(`streamBeginNotifyUrl: "${URL}"`));
      await project.up();
      const [before] = emulator.state().templates;
      await project.up("--replace", await urnOf("hooks"));
      const { templates } = emulator.state();
      expect(templates).to.have.length(1);
      expect(templates[0]?.TemplateId).to.not.equal(before?.TemplateId);
      await project.expectNoChanges();
    });

    it("a replacement of a bound template fails, and touches nothing", async () => {
      project.program(`${template(`streamBeginNotifyUrl: "${URL}"`)}.bindTo(["a.example.com"]);`);
      await project.succeed("config", "set", "tencentcloud-live:inUseTimeoutSeconds", "0.2");
      await project.up();
      const before = emulator.state();
      const run = await refused("up", "--yes", "--skip-preview", "--replace", await urnOf("hooks"));
      expect(run.output).to.contain("it is still bound to a.example.com");
      expect(emulator.state()).to.deep.equal(before);
      await project.expectNoChanges();
    });

    it("a replacement of a binding keeps its rule", async () => {
      project.program(`${template(`streamBeginNotifyUrl: "${URL}"`)}.bindTo(["a.example.com"]);`);
      await project.up();
      await project.up("--replace", await urnOf("a.example.com"));
      expect(emulator.state().rules).to.have.length(1);
      await project.expectNoChanges();
    });
  });

  describe("in the program", () => {
    beforeEach(() => start());

    it("a binding and its template removed together, or a binding renamed, need nothing else", async () => {
      const other = `const other = new CallbackTemplate("other", { streamBeginNotifyUrl: "${URL}" });`;
      project.program(
        `${other} other.bindTo(["b.example.com"]); ${template(`streamBeginNotifyUrl: "${URL}"`)}.bindTo(["a.example.com"]);`,
      );
      await project.up();
      emulator.reset({ calls: true });
      project.program(`${other} new DomainBinding("renamed", { domainName: "b.example.com", templateId: other.id });`);
      await project.up();
      expect(emulator.state().templates).to.have.length(1);
      expect(emulator.state().rules.map(({ DomainName }) => DomainName)).to.deep.equal(["b.example.com"]);
      expect(emulator.callRecord().filter(({ code }) => code)).to.deep.equal([]);
    });

    it("a domain moved between the lists of two templates is one update in place (L9)", async () => {
      const program = (one: string, two: string) =>
        project.program(`
          const one = new CallbackTemplate("one", { streamBeginNotifyUrl: "${URL}" });
          const two = new CallbackTemplate("two", { streamBeginNotifyUrl: "${URL}" });
          one.bindTo(${one}); two.bindTo(${two});`);
      program('["a.example.com"]', '["b.example.com"]');
      await project.up();
      program("[]", '["a.example.com", "b.example.com"]');
      const preview = await project.succeed("preview", "--json");
      const { changeSummary } = JSON.parse(preview.stdout) as { changeSummary: Record<string, number> };
      expect(changeSummary).to.deep.equal({ same: 4, update: 1 });
      await project.up();
      expect(new Set(emulator.state().rules.map(({ TemplateId }) => TemplateId)).size).to.equal(1);
    });

    it("templates and bindings that are children of one component do not wait for each other", async () => {
      project.program(`
        class Callbacks extends pulumi.ComponentResource {
          constructor(name) {
            super("my:index:Callbacks", name);
            const own = { parent: this };
            new CallbackTemplate("one", { streamBeginNotifyUrl: "${URL}" }, own);
            new CallbackTemplate("two", { streamBeginNotifyUrl: "${URL}" }, own).bindTo(["a.example.com"], own);
          }
        }
        new Callbacks("callbacks");`);
      await project.up();
      expect(emulator.state().templates.map(({ TemplateName }) => TemplateName.replace(/-.*/, ""))).to.have.members([
        "one",
        "two",
      ]);
      await project.expectNoChanges();
      await project.destroy();
      expect(emulator.state().templates).to.deep.equal([]);
    });

    it("a get of what is not there fails, and says so (L18)", async () => {
      project.program('CallbackTemplate.get("read", "99");');
      expect((await refused("preview")).output).to.contain("there is no template 99. Check the id");
      project.program('DomainBinding.get("read", "a.example.com/live");');
      expect((await refused("preview")).output).to.contain(
        "a.example.com/live is not bound to any template. Check the id",
      );
    });

    it("a domain in two lists is an error at preview", async () => {
      project.program(`
        const hooks = ${template(`streamBeginNotifyUrl: "${URL}"`)};
        hooks.bindTo(["a.example.com"]); hooks.bindTo(["A.example.com"]);`);
      expect((await refused("preview")).output).to.match(/duplicate resource URN|Duplicate resource URN/i);
    });

    const BAD_INPUTS: Record<string, [program: string, reasons: string[]]> = {
      "of a template": [
        `new CallbackTemplate("hooks", {
          templateName: "${"n".repeat(31)}", description: "no spaces", callbackKey: "not!allowed#S3cret",
          streamBeginNotifyUrl: "ftp://hooks.example.com", streamEndNotifyUrl: "https://user:hunter2@/x?token=t0psecret",
          recordExceptionLevels: ["error"], callbackkey: "MistypedS3cret",
        });`,
        [
          `templateName must be 1 to 30 Chinese characters, letters, digits, _ and -; given: "${"n".repeat(31)}"`,
          'description must be 1 to 100 Chinese characters, letters, digits, _ and -; given: "no spaces"',
          "callbackKey must be at most 32 letters and digits; given: 18 characters (not shown)",
          'streamBeginNotifyUrl must be an absolute http or https URL with a host and without spaces; given: "ftp://hooks.example.com"',
          'given: "https://[hidden]@/x?[hidden]"',
          'recordExceptionLevels must come with recordExceptionNotifyUrl; given: ["error"] without that URL',
          "callbackkey is not a property of this resource; did you mean callbackKey?",
        ],
      ],
      "of a template without a URL": [`new CallbackTemplate("hooks", {});`, ["at least one callback URL must be set"]],
      "of a binding": [
        `new DomainBinding("binding", { domainName: "https://push.example.com", appName: "a/b", templateId: 0 });`,
        [
          "domainName must be a host name without scheme, port, path and wildcard",
          'given: "https://push.example.com"',
          "appName must be at most 255 letters, digits, _, - and .",
          "templateId must be the id of a template: a positive integer; given: 0",
        ],
      ],
    };
    for (const [what, [program, reasons]] of Object.entries(BAD_INPUTS)) {
      it(`every bad input ${what} is named at preview with its limit and what was given, and no call is made (P1)`, async () => {
        project.program(program);
        const { output } = await refused("preview");
        for (const reason of reasons) expect(output).to.contain(reason);
        expect(output).to.not.match(/hunter2|t0psecret|S3cret/);
        expect(emulator.calls()).to.deep.equal({});
      });
    }
  });

  describe("on the way to the API", () => {
    const HOUR = 3_600_000;
    const failing = async (): Promise<string> => {
      project.program(template(`streamBeginNotifyUrl: "${URL}"`));
      const started = Date.now();
      const { output } = await refused("up", "--yes", "--skip-preview");
      expect(Date.now() - started).to.be.lessThan(30_000);
      const lines = output.split("\n").filter((line) => line.includes("cannot create"));
      expect(lines, output).to.not.be.empty;
      expect(output).to.not.contain(EMULATOR_CREDENTIALS.secretKey);
      expect(output).to.not.match(/\n\s+at .*\.js:\d+/);
      expect(await project.resources()).to.deep.equal({});
      return lines[0] ?? "";
    };

    it("no credentials: one line lists every place that was looked at", async () => {
      await start();
      project.environment["TENCENTCLOUD_SECRET_ID"] = "";
      project.environment["TENCENTCLOUD_SECRET_KEY"] = "";
      const line = await failing();
      expect(line).to.contain("tencentcloud-live:secretId").and.contain("TENCENTCLOUD_SECRET_ID");
      expect(line).to.contain("code=Provider.CredentialsNotFound");
    });

    it("wrong credentials: one line names where they are from", async () => {
      await start({ credentials: [{ secretId: "AKIDother", secretKey: "other" }] });
      const line = await failing();
      expect(line).to.contain("(credentials from the environment)").and.contain("code=AuthFailure.SecretIdNotFound");
    });

    it("a stale key in the stack configuration: one line names --run-program", async () => {
      await start();
      await project.succeed("config", "set", "tencentcloud-live:secretId", "AKIDold");
      await project.succeed("config", "set", "--secret", "tencentcloud-live:secretKey", "oldsecretkeyoldsecretkey");
      const line = await failing();
      expect(line).to.contain("(credentials from the stack configuration)").and.contain("--run-program");
      expect(line).to.not.contain("oldsecretkey");
    });

    it("a clock that is an hour off: one line names the difference", async () => {
      await start({ clock: () => Date.now() - HOUR });
      const line = await failing();
      expect(line).to.contain("code=AuthFailure.SignatureExpire").and.contain("Set the clock of this machine");
    });

    it("an endpoint that is down: one line, after the retries that were configured", async () => {
      await start();
      await project.succeed("config", "set", "tencentcloud-live:retrySeconds", "1");
      await emulator.close();
      const line = await failing();
      expect(line).to.contain(`the connection to ${emulator.url} failed (ECONNREFUSED)`);
      expect(line).to.contain("retryable=true");
    });

    it("a setting that is none: one line at preview", async () => {
      await start();
      await project.succeed("config", "set", "tencentcloud-live:retrySeconds", "soon");
      project.program(template(`streamBeginNotifyUrl: "${URL}"`));
      const { output } = await refused("preview");
      expect(output).to.contain(
        'tencentcloud-live:retrySeconds must be a number of seconds from 0 to 3600; given: "soon"',
      );
    });
  });
});
