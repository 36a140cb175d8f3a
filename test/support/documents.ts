import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { documentText } from "./markdown";

const ROOT = resolve(__dirname, "../..");

const markdownIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `${folder}${name}`);

/** The folders in `examples/`. */
export const EXAMPLES: readonly string[] = readdirSync(join(ROOT, "examples"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "node_modules")
  .map(({ name }) => name);

/** All documents of the repository: at its root, in `docs/`, and in each example. */
export const DOCUMENTS: readonly string[] = ["", "docs/", ...EXAMPLES.map((name) => `examples/${name}/`)]
  .flatMap(markdownIn)
  .sort();

/** A block of code in a document. */
export interface Block {
  document: string;
  /** The line of its beginning, from 1. */
  line: number;
  /** The language after the fence: `ts`, `sh`, or nothing. */
  language: string;
  code: string;
}

/** Returns all code blocks of a document in order, including those in lists. */
export function blocksOf(document: string): Block[] {
  const text = documentText(document);
  return [...text.matchAll(/^( *)```(\w*)[^\n]*\n(.*?)^\1```$/gms)].map(
    ({ index, 1: indent, 2: language, 3: code }) => ({
      document,
      line: text.slice(0, index).split("\n").length,
      language: language ?? "",
      code: (code ?? "").replaceAll(new RegExp(`^${indent}`, "gm"), ""),
    }),
  );
}
