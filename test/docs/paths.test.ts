import { existsSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect } from "chai";
import { scripts } from "../../package.json";
import { documentText, quoted, tableOf } from "../support/markdown";

const ROOT = resolve(__dirname, "../..");

/** The folders in a folder, without what is installed, built or hidden, and without empty ones: git leaves those behind. */
const foldersIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^(\.|node_modules$|dist$)/.test(entry.name))
    .map(({ name }) => `${folder}${name}/`)
    .filter((path) => path !== "plugin/")
    .filter((path) => readdirSync(join(ROOT, path)).length > 0);

const TOP = foldersIn("");
const EXAMPLES = foldersIn("examples/").map((folder) => `${folder}README.md`);
const DOCUMENTS = [
  ...[
    "README.md",
    "CONTRIBUTING.md",
    ...readdirSync(join(ROOT, "docs"))
      .filter((file) => file.endsWith(".md"))
      .map((file) => `docs/${file}`),
  ],
  ...EXAMPLES.filter((file) => existsSync(join(ROOT, file))),
];

const FENCED = /^```.*?^```$/gms;

/** What stands in code in a document: fenced blocks and words in backquotes. */
const codeOf = (markdown: string): string[] => [
  ...(markdown.match(FENCED) ?? []),
  ...quoted(markdown.replace(FENCED, "")),
];

/** The paths in a text that begin with a folder at the root of the repository. */
const pathsIn = (text: string): string[] =>
  text.match(new RegExp(`(?<![\\w./-])(${TOP.join("|")})[\\w./*-]*`, "g")) ?? [];

describe("the documents", () => {
  for (const document of DOCUMENTS) {
    const text = documentText(document);

    it(`name only paths that exist: ${document}`, () => {
      const missing = codeOf(text)
        .flatMap(pathsIn)
        .filter((path) => !existsSync(join(ROOT, path)));
      expect(missing).to.deep.equal([]);
    });

    it(`link only to files that exist: ${document}`, () => {
      const targets = [...text.matchAll(/\]\(([^)#:]+)(#[^)]*)?\)/g)].map(([, target = ""]) => target);
      const missing = targets.filter((target) => !existsSync(join(ROOT, dirname(document), target)));
      expect(missing).to.deep.equal([]);
    });
  }

  it("name only scripts of package.json, where they are about working on the package", () => {
    const named = [...documentText("CONTRIBUTING.md").matchAll(/npm run ([\w:-]+)/g)].map(([, script = ""]) => script);
    expect(scripts).to.include.keys(...named);
  });
});

describe("the table of folders", () => {
  const rows = tableOf(documentText("CONTRIBUTING.md"), "folder", "what is there").map(([cell = "", text = ""]) => ({
    folder: quoted(cell)[0] ?? "",
    text,
  }));
  const listed = rows.map(({ folder }) => folder);

  it("has each folder of the repository, and those in the ones of the product and the tests", () => {
    const inner = ["provider/", "sdk/", "receiver/", "emulator/", "cli/", "test/"].flatMap(foldersIn);
    expect(listed).to.include.members([...TOP, ...inner]);
  });

  it("has only folders that exist, each once and with what is there", () => {
    expect(listed.filter((folder) => !existsSync(join(ROOT, folder)))).to.deep.equal([]);
    expect(listed).to.deep.equal([...new Set(listed)]);
    for (const { folder, text } of rows) expect(text, folder).to.match(/^[A-Z].{10}/);
  });
});
