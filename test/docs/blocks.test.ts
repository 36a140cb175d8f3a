import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { expect } from "chai";
import ts from "typescript";
import { parseAllDocuments } from "yaml";
import { problemOf } from "../support/documentedCommands";
import { type Block, blocksOf, DOCUMENTS } from "../support/documents";
import { documentText, FENCED, quoted } from "../support/markdown";
import { diagnosticsOf } from "../support/package/compile";
import { pulumiCommands } from "../support/pulumi/commands";
import { commandsOf } from "../support/shellWords";

const ROOT = resolve(__dirname, "../..");

/** The languages that this test compiles or parses. */
const CHECKED = ["ts", "sh", "json", "yaml"];
/** The languages of diagrams and of command output. */
const OUTPUT = ["text", ""];
/** Documents whose blocks of a language are run by another test. */
const RUN = ["ts docs/receiver.md", "sh docs/errors.md", "diff docs/refactoring.md", "nginx docs/receiver.md"];

/** Declarations of the names that a block may use because the text around it introduces them. */
const GIVEN = `
declare const key: string;
declare const createCallbackHandler: typeof import("pulumi-tencentcloud-live/receiver").createCallbackHandler;
declare const onRecord: import("pulumi-tencentcloud-live/receiver").CallbackHandlers["onRecord"];
declare const hooks: import("pulumi-tencentcloud-live").CallbackTemplate;
`;

const BLOCKS = DOCUMENTS.flatMap(blocksOf);
const whereIs = ({ document, line }: Pick<Block, "document" | "line">) => `${document}:${line}`;
const checkedBlocks = (language: string): Block[] =>
  BLOCKS.filter((block) => block.language === language && !RUN.includes(`${language} ${block.document}`));

/** Commands within the text of a document. */
const inlineCommands = (document: string): Pick<Block, "document" | "line" | "code">[] =>
  documentText(document)
    .replace(FENCED, (block) => block.replace(/[^\n]/g, ""))
    .split("\n")
    .flatMap((text, index) => quoted(text).map((code) => ({ document, line: index + 1, code })))
    .filter(({ code }) => /^(pulumi|npm|npx|tencentcloud-live) /.test(code));

describe("the code blocks of the documents", function () {
  this.timeout(180_000);

  it("are in languages that a test checks", () => {
    const isChecked = ({ language, document }: Block) =>
      [...CHECKED, ...OUTPUT].includes(language) || RUN.includes(`${language} ${document}`);
    expect(BLOCKS.filter((block) => !isChecked(block)).map(whereIs)).to.deep.equal([]);
  });

  it("compile with the types of the built package if they are TypeScript", () => {
    mkdirSync(join(ROOT, ".cache"), { recursive: true });
    // Within the repository, because the package can be imported there by its own name.
    const folder = mkdtempSync(join(ROOT, ".cache/documents-"));
    try {
      const given = join(folder, "given.d.ts");
      writeFileSync(given, GIVEN);
      const files = checkedBlocks("ts").map((block) => {
        const path = join(folder, `${block.document.replaceAll("/", "_")}_${block.line}.mts`);
        writeFileSync(path, block.code);
        return path;
      });
      const options: ts.CompilerOptions = {
        ...{ module: ts.ModuleKind.Node20, target: ts.ScriptTarget.ES2022, lib: ["lib.es2023.d.ts"] },
        ...{ types: ["node", "mocha"], skipLibCheck: true, moduleDetection: ts.ModuleDetectionKind.Force },
      };
      const problems = diagnosticsOf([given, ...files], options, (file) => file.includes(basename(folder)));
      expect(problems.map((problem) => problem.replace(/^.*documents-\w+\//, ""))).to.deep.equal([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("use only existing commands, options and scripts if they are for a shell", async () => {
    const pulumi = await pulumiCommands();
    const inText = DOCUMENTS.filter((document) => document !== "CHANGELOG.md").flatMap(inlineCommands);
    const problems = [...checkedBlocks("sh"), ...inText].flatMap((block) =>
      commandsOf(block.code)
        .map((words) => ({ words, problem: problemOf(words, pulumi, block.document) }))
        .filter(({ problem }) => problem)
        .map(({ words, problem }) => `${whereIs(block)} ${words.join(" ")}: ${problem}`),
    );
    expect(problems).to.deep.equal([]);
  });

  it("can be parsed if they are JSON or YAML", () => {
    for (const block of checkedBlocks("json")) expect(() => JSON.parse(block.code), whereIs(block)).to.not.throw();
    for (const block of checkedBlocks("yaml")) {
      const errors = parseAllDocuments(block.code).flatMap((document) => document.errors);
      expect(errors, whereIs(block)).to.deep.equal([]);
    }
  });

  it("are run by a recipe if they are TypeScript in docs/receiver.md", () => {
    const sections = documentText("docs/receiver.md").split("\n### ").slice(1);
    const withProgram = sections
      .filter((section) => section.includes("```ts\n"))
      .map((text) => text.split("\n")[0] ?? "");
    const recipes = documentText("test/docs/recipes.test.ts");
    expect(withProgram.filter((title) => !recipes.includes(`"${title}"`))).to.deep.equal([]);
  });
});
