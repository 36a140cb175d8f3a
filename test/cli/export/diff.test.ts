import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { useEmulator } from "../../support/emulatorClient";
import { useExport } from "../../support/exportCommand";
import { ACCOUNTS } from "./accounts";

describe("tencentcloud-live export --diff", function () {
  this.timeout(30_000);
  const emulator = useEmulator({ dialect: { uniqueTemplateNames: false } });
  const { exportTo, pathOf } = useExport(emulator);
  const program = () => join(pathOf("p"), "index.ts");
  const edit = (change: (text: string) => string) => writeFileSync(program(), change(readFileSync(program(), "utf8")));
  const diff = async () => {
    const { code, stdout, stderr } = await exportTo("p", "--diff");
    expect(stderr).to.equal("");
    return { code, lines: stdout.trim().replaceAll(pathOf("p"), "p").split("\n") };
  };
  const EQUAL = { code: 0, lines: ["p has the templates and rules of the account."] };

  it("finds no difference from what it has written, also without the lines with adopt", async () => {
    for (const fill of [ACCOUNTS["chinese"], ACCOUNTS["events"]]) fill?.(emulator);
    await exportTo("p");
    expect(await diff()).to.deep.equal(EQUAL);
    edit((text) => text.replaceAll(/\n *adopt: .*/g, ""));
    expect(await diff()).to.deep.equal(EQUAL);
  });

  it("lists what is only in the account and only in the folder, and writes nothing", async () => {
    ACCOUNTS["events"]?.(emulator);
    await exportTo("p");
    const { TemplateId } = emulator.putTemplate({
      TemplateName: "new",
      StreamEndNotifyUrl: "https://hooks.example.com",
    });
    emulator.putRule({ DomainName: "new.example.com", AppName: "live", TemplateId });
    edit((text) => text.replaceAll("385623", "1").replace('appName: "sports"', 'appName: "music"'));
    const before = readFileSync(program(), "utf8");
    expect(await diff()).to.deep.equal({
      code: 1,
      lines: [
        "Only in the account, not in p:",
        "  template 385623 (moderation).",
        `  template ${TemplateId} (new).`,
        "  rule a.example.com/sports.",
        "  rule new.example.com/live.",
        "Only in p, not in the account:",
        "  template 1.",
        "  rule a.example.com/music.",
      ],
    });
    expect(readFileSync(program(), "utf8")).to.equal(before);
  });

  it("names what cannot be declared", async () => {
    ACCOUNTS["odd"]?.(emulator);
    await exportTo("p");
    const { code, lines } = await diff();
    expect([code, lines.slice(0, 2)]).to.deep.equal([1, [...EQUAL.lines, "Cannot be declared:"]]);
    expect(lines).to.have.length(7);
  });

  it("ends with 1 and one line for a folder that is not there or holds no such program", async () => {
    ACCOUNTS["events"]?.(emulator);
    mkdirSync(pathOf("empty"));
    const outcomes = await Promise.all(["none", "empty"].map((name) => exportTo(name, "--diff")));
    expect(outcomes.map(({ code, stdout }) => [code, stdout])).to.deep.equal([
      [1, ""],
      [1, ""],
    ]);
    expect(outcomes[0]?.stderr).to.match(/^tencentcloud-live export: \S+ cannot be read \(ENOENT\): [^\n]*\n$/);
    expect(outcomes[1]?.stderr).to.match(/^tencentcloud-live export: \S+ holds no TypeScript program [^\n]*\n$/);
  });
});
