import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { FORMATS } from "../../../cli/export/formats";
import { useEmulator } from "../../support/emulatorClient";
import { useExport } from "../../support/exportCommand";
import { leaksIn } from "../../support/provider/canaries";
import { ACCOUNTS } from "./accounts";

/** Files that are the same in every project, or that the test of examples/adopt-existing checks. */
const COMMON = ["package.json", "tsconfig.json", "README.md"];
const GOLDEN = join(__dirname, "golden");

describe("tencentcloud-live export of a small account", function () {
  this.timeout(60_000);
  const emulator = useEmulator({ dialect: { uniqueTemplateNames: false } });
  const { exportHere, filesIn } = useExport(emulator);

  for (const [account, fill] of Object.entries(ACCOUNTS)) {
    for (const format of Object.keys(FORMATS)) {
      it(`writes the files in golden/${account}/${format} without keys, and identically each time`, async () => {
        fill(emulator);
        const first = await exportHere("first/hooks", "--format", format);
        const second = await exportHere("second/hooks", "--format", format);
        expect(second.code).to.equal(first.code);
        expect(first.code).to.equal(account === "odd" || (account === "chinese" && format === "import") ? 1 : 0);
        const files = filesIn("first/hooks");
        expect(filesIn("second/hooks")).to.deep.equal(files);
        expect(leaksIn(JSON.stringify([first, files]))).to.deep.equal([]);
        const report = first.stdout.replaceAll(/(to|cd) \S+\/hooks/g, "$1 hooks");
        const kept = Object.entries(files).filter(([name]) => !COMMON.includes(name));
        expectGolden(join(account, format), { ...Object.fromEntries(kept), "report.txt": report });
      });
    }
  }
});

/** Compares files with those in a folder, or writes them if `UPDATE_GOLDEN` is set. */
function expectGolden(name: string, files: Record<string, string>): void {
  const folder = join(GOLDEN, name);
  if (process.env["UPDATE_GOLDEN"]) {
    mkdirSync(folder, { recursive: true });
    for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), content);
  }
  expect(existsSync(folder), `run with UPDATE_GOLDEN=1 to write ${name}`).to.equal(true);
  const golden = readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), "utf8")]);
  expect(files).to.deep.equal(Object.fromEntries(golden));
}
