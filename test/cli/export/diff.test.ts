import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { useEmulator } from "../../support/emulatorClient";
import { useExport } from "../../support/exportCommand";
import { ACCOUNTS } from "./accounts";

describe("tencentcloud-live export --diff", function () {
  this.timeout(30_000);
  const emulator = useEmulator({ dialect: { uniqueTemplateNames: false } });
  const { exportHere, exportTo, filesIn, pathOf } = useExport(emulator);
  const edit = (change: (text: string) => string, name = "index.ts") => {
    const file = join(pathOf("p"), name);
    writeFileSync(file, change(readFileSync(file, "utf8")));
  };
  const diff = async () => {
    const { code, stdout } = await exportHere("p", "--diff");
    return { code, lines: stdout.trim().replaceAll(pathOf("p"), "p").split("\n") };
  };
  const EQUAL = { code: 0, lines: ["p has the templates and rules of the account."] };

  /** The program or the import list of each format. */
  const PROGRAMS = {
    typescript: "index.ts",
    "native-typescript": "index.ts",
    yaml: "Pulumi.yaml",
    import: "import.json",
  };

  for (const [format, name] of Object.entries(PROGRAMS)) {
    it(`finds no difference from a project of --format ${format}, even without adopt and without comments`, async () => {
      for (const fill of [ACCOUNTS["odd"], ACCOUNTS["events"]]) fill?.(emulator);
      await exportHere("p", "--format", format);
      expect((await diff()).lines.slice(0, 2)).to.deep.equal([...EQUAL.lines, "Cannot be declared:"]);
      edit((text) => text.replaceAll(/\n *adopt: .*/g, ""), name);
      expect((await diff()).lines[0]).to.equal(EQUAL.lines[0]);
      edit((text) => text.replaceAll(/\n *(\/\/|#) Template .*/g, ""), name);
      expect((await diff()).lines[0]).to.equal(EQUAL.lines[0]);
    });

    it(`lists what exists only in the account or only in the folder of --format ${format}, and writes nothing`, async () => {
      ACCOUNTS["events"]?.(emulator);
      await exportHere("p", "--format", format);
      const begin = { StreamEndNotifyUrl: "https://hooks.example.com" };
      const { TemplateId } = emulator.putTemplate({ TemplateName: "new", ...begin });
      emulator.putRule({ DomainName: "new.example.com", AppName: "live", TemplateId });
      edit((text) => text.replaceAll("385623", "1").replaceAll("sports", "music"), name);
      const before = filesIn("p");
      const { code, lines } = await diff();
      expect({ code, lines }).to.deep.equal({
        code: 1,
        lines: [
          "Only in the account, not in p:",
          "  template 385623 (moderation).",
          `  template ${TemplateId} (new).`,
          "  rule a.example.com/sports.",
          "  rule new.example.com/live.",
          "Only in p, not in the account:",
          "  template 1 (moderation).",
          "  rule a.example.com/music.",
        ],
      });
      expect(filesIn("p")).to.deep.equal(before);
    });
  }

  it("compares names if the program has no ids, and accepts declarations of what the export leaves out", async () => {
    ACCOUNTS["events"]?.(emulator);
    const { TemplateId } = emulator.putTemplate({ TemplateName: "no-url" });
    await exportHere("p");
    const more = `new CallbackTemplate("by-hand", { adopt: ${TemplateId} });\nnew CallbackTemplate("gone", {});\n`;
    edit((text) => `${text.replaceAll(/\n *(adopt: .*|\/\/ Template .*)/g, "")}${more}`);
    expect((await diff()).lines.slice(0, 2)).to.deep.equal(["Only in p, not in the account:", "  template gone."]);
  });

  it("prints the difference as JSON", async () => {
    ACCOUNTS["events"]?.(emulator);
    const { TemplateId } = emulator.putTemplate({ TemplateName: "no-url" });
    await exportHere("p");
    edit((text) => text.replaceAll("385623", "1").replaceAll("sports", "music"));
    const { code, stdout } = await exportHere("p", "--diff", "--json");
    const { leftOut, ...difference } = JSON.parse(stdout);
    expect([code, difference]).to.deep.equal([
      1,
      {
        folder: pathOf("p"),
        onlyInAccount: { templates: [{ templateId: 385623, name: "moderation" }], rules: ["a.example.com/sports"] },
        onlyInFolder: { templates: [{ templateId: 1, name: "moderation" }], rules: ["a.example.com/music"] },
      },
    ]);
    expect(leftOut).to.have.length(1);
    expect(leftOut[0]).to.include({ templateId: TemplateId, templateName: "no-url" });
  });

  it("lists what cannot be declared", async () => {
    ACCOUNTS["odd"]?.(emulator);
    await exportHere("p");
    const { code, lines } = await diff();
    expect([code, lines.slice(0, 2)]).to.deep.equal([1, [...EQUAL.lines, "Cannot be declared:"]]);
    expect(lines).to.have.length(7);
  });

  it("exits with 1 and one line for a folder that does not exist or has no such program", async () => {
    ACCOUNTS["events"]?.(emulator);
    mkdirSync(pathOf("empty"));
    const outcomes = await Promise.all(["none", "empty"].map((name) => exportTo(name, "--diff")));
    expect(outcomes.map(({ code, stdout }) => [code, stdout])).to.deep.equal([
      [1, ""],
      [1, ""],
    ]);
    expect(outcomes[0]?.stderr).to.match(/^tencentcloud-live export: \S+ cannot be read \(ENOENT\): [^\n]*\n$/);
    expect(outcomes[1]?.stderr).to.match(/^tencentcloud-live export: \S+ has no program [^\n]*\n$/);
  });
});
