import { expect } from "chai";
import { EMULATOR_CREDENTIALS } from "../../emulator";
import { dynamicType } from "../../sdk/resourceTypes";
import { documentText, quoted, tableOf } from "../support/markdown";
import { expectFailure, template, URL, useProjects } from "../support/pulumi/cliProject";

describe("a failure, with the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project, start } = useProjects();

  describe("of the program", () => {
    beforeEach(() => start());

    it("shows the id of a get that finds nothing", async () => {
      project.program('CallbackTemplate.get("read", "99");');
      expect((await expectFailure(project, "preview")).output).to.contain("there is no template 99. Check the id");
    });

    it("is shown at preview for a domain in two lists", async () => {
      project.program(`
        const hooks = ${template(`streamBeginNotifyUrl: "${URL}"`)};
        hooks.bindTo(["a.example.com"]); hooks.bindTo(["A.example.com"]);`);
      expect((await expectFailure(project, "preview")).output).to.match(
        /duplicate resource URN|Duplicate resource URN/i,
      );
    });

    it("is the documented error of Pulumi for pulumi import of either resource", async () => {
      const symptoms = tableOf(documentText("docs/troubleshooting.md"), "symptom", "cause", "what to do");
      const [symptom = ""] =
        symptoms.map(([cell = ""]) => quoted(cell)).find((texts) => texts[1] === "pulumi import") ?? [];
      const { TemplateId } = emulator.putTemplate({ TemplateName: "console", StreamBeginNotifyUrl: URL });
      emulator.putRule({ DomainName: "a.example.com", TemplateId });
      for (const [type, id] of [
        ["CallbackTemplate", String(TemplateId)],
        ["DomainBinding", "a.example.com"],
      ] as const) {
        const { output } = await expectFailure(project, "import", dynamicType(type), "console", id, "--yes");
        expect(output).to.contain(symptom);
      }
      expect(emulator.calls()).to.deep.equal({});
      expect(project.resources()).to.deep.equal({});
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
          "callbackKey must be at most 32 letters and digits; given: 18 characters, some of them neither a letter nor a digit (not shown)",
          'streamBeginNotifyUrl must be an absolute http or https URL with a host and without spaces; given: "ftp://hooks.example.com"',
          'given: "https://[hidden]@/x?[hidden]"',
          'recordExceptionLevels must come with recordExceptionNotifyUrl; given: ["error"] without that URL',
          "callbackkey is not a property of this resource; did you mean callbackKey?",
        ],
      ],
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
      it(`reports at preview every invalid input ${what} with its limit and value, without a call`, async () => {
        project.program(program);
        const { output } = await expectFailure(project, "preview");
        for (const reason of reasons) expect(output).to.contain(reason);
        expect(output).to.not.match(/hunter2|t0psecret|S3cret/);
        expect(emulator.calls()).to.deep.equal({});
      });
    }
  });

  describe("on the way to the API, in one line,", () => {
    /** Returns the error line of an update, after this many API calls. */
    const failing = async (calls: number): Promise<string> => {
      project.program(template(`streamBeginNotifyUrl: "${URL}"`));
      const { output } = await expectFailure(project, "up", "--yes", "--skip-preview");
      const lines = output.split("\n").filter((line) => line.includes("cannot create"));
      expect(lines, output).to.not.be.empty;
      expect(output).to.not.contain(EMULATOR_CREDENTIALS.secretKey);
      expect(output).to.not.match(/\n\s+at .*\.js:\d+/);
      expect(project.resources()).to.deep.equal({});
      expect(emulator.callRecord().filter(({ action }) => action !== "GetCallerIdentity")).to.have.length(calls);
      return lines[0] ?? "";
    };

    it("lists every source that was searched for credentials, without a call", async () => {
      await start();
      project.environment["TENCENTCLOUD_SECRET_ID"] = "";
      project.environment["TENCENTCLOUD_SECRET_KEY"] = "";
      const line = await failing(0);
      expect(line).to.contain("tencentcloud-live:secretId").and.contain("TENCENTCLOUD_SECRET_ID");
      expect(line).to.contain("code=Provider.CredentialsNotFound");
    });

    it("recommends --run-program for an old key in the stack configuration", async () => {
      await start();
      const old = [
        ...["--plaintext", "tencentcloud-live:secretId=AKIDold"],
        ...["--secret", "tencentcloud-live:secretKey=oldsecretkeyoldsecretkey"],
      ];
      await project.succeed("config", "set-all", ...old);
      const line = await failing(1);
      expect(line).to.contain("(credentials from the stack configuration)").and.contain("--run-program");
      expect(line).to.contain("code=AuthFailure.SecretIdNotFound");
      expect(line).to.not.contain("oldsecretkey");
    });

    it("reports a setting that is no number at preview", async () => {
      await start();
      await project.succeed("config", "set", "tencentcloud-live:retrySeconds", "soon");
      project.program(template(`streamBeginNotifyUrl: "${URL}"`));
      const { output } = await expectFailure(project, "preview");
      expect(output).to.contain(
        'tencentcloud-live:retrySeconds must be a number of seconds from 0 to 3600; given: "soon"',
      );
    });
  });
});
