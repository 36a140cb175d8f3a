import { existsSync, readdirSync } from "node:fs";
import { dirname, join, normalize, resolve } from "node:path";
import { expect } from "chai";
import { DOCUMENTS } from "../support/documents";
import { anchorsIn, documentText, FENCED, linksIn, quoted, tableOf } from "../support/markdown";

const ROOT = resolve(__dirname, "../..");

/** The folders at the root that scripts create. */
const GENERATED = documentText(".gitignore")
  .split("\n")
  .filter((line) => line.startsWith("/"))
  .map((line) => line.slice(1));

/** Returns the subfolders that are not installed, built, hidden or empty. Git leaves empty folders behind. */
const foldersIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^(\.|node_modules$|dist$)/.test(entry.name))
    .map(({ name }) => `${folder}${name}/`)
    .filter((path) => !GENERATED.includes(path))
    .filter((path) => readdirSync(join(ROOT, path)).length > 0);

const TOP = foldersIn("");
/** Returns the code in a document: fenced blocks and words in backquotes. */
const codeOf = (markdown: string): string[] => [
  ...(markdown.match(FENCED) ?? []),
  ...quoted(markdown.replace(FENCED, "")),
];

/** Returns the paths in a text that begin with a folder at the root of the repository. */
const pathsIn = (text: string): string[] =>
  text.match(new RegExp(`(?<![\\w./-])(${TOP.join("|")})[\\w./*-]*`, "g")) ?? [];

/** A document with paths that existed once. */
const HISTORY = "CHANGELOG.md";

describe("the documents", () => {
  it("are searched for paths in code and for links, and a target that does not exist is found", () => {
    const text =
      "# Title\n`provider/none.ts`, provider/plain.ts and [this](docs/none.md#one)\n```sh\nnode tools/none.js\n```\n";
    expect(codeOf(text).flatMap(pathsIn)).to.deep.equal(["tools/none.js", "provider/none.ts"]);
    expect(linksIn(text)).to.deep.equal(["docs/none.md#one"]);
    const targets = ["docs/none.md", "CONTRIBUTING.md#none", "CONTRIBUTING.md#release", "docs/errors.md"];
    expect(targets.map((target) => exists("README.md", target))).to.deep.equal([false, false, true, true]);
  });

  for (const document of DOCUMENTS) {
    const text = documentText(document);

    if (document !== HISTORY)
      it(`contain only paths that exist: ${document}`, () => {
        const missing = codeOf(text)
          .flatMap(pathsIn)
          .filter((path) => !existsSync(join(ROOT, path)));
        expect(missing).to.deep.equal([]);
      });

    it(`link only to files and headings that exist: ${document}`, () => {
      const missing = linksIn(text).filter((link) => !exists(document, link));
      expect(missing).to.deep.equal([]);
    });
  }
});

/** Returns whether the target of a link from a document exists, with its heading. */
function exists(document: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? document : normalize(join(dirname(document), path));
  if (!existsSync(join(ROOT, target))) return false;
  return anchor === undefined || (target.endsWith(".md") && anchorsIn(documentText(target)).includes(anchor));
}

describe("the table of folders", () => {
  const rows = tableOf(documentText("CONTRIBUTING.md"), "folder", "what is there").map(([cell = "", text = ""]) => ({
    folder: quoted(cell)[0] ?? "",
    text,
  }));
  const listed = rows.map(({ folder }) => folder);

  it("has each folder of the repository, and the subfolders of the product and the tests", () => {
    const inner = ["provider/", "sdk/", "receiver/", "emulator/", "cli/", "test/"].flatMap(foldersIn);
    expect(listed).to.include.members([...TOP, ...inner]);
  });

  it("has only existing folders, each once and with a description", () => {
    expect(listed.filter((folder) => !existsSync(join(ROOT, folder)))).to.deep.equal([]);
    expect(listed).to.deep.equal([...new Set(listed)]);
    for (const { folder, text } of rows) expect(text, folder).to.match(/^[A-Z].{10}/);
  });
});
