import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Reads a document of this repository. */
export const documentText = (path: string): string => readFileSync(join(__dirname, "../..", path), "utf8");

/**
 * Returns the cells of the table with these headings, without the head. A missing table is an error, because
 * a test of each row would pass.
 */
export function tableOf(markdown: string, ...headings: string[]): string[][] {
  const lines = markdown.split("\n");
  const start = lines.indexOf(`| ${headings.join(" | ")} |`.replace("|  |", "| |"));
  if (start < 0) throw new Error(`there is no table with the headings ${headings.join(", ")}`);
  const rows = lines.slice(start + 2);
  const end = rows.findIndex((line) => !line.startsWith("|"));
  return rows.slice(0, end < 0 ? rows.length : end).map((row) => row.slice(2, -2).split(" | "));
}

/** Returns the texts in backquotes. */
export const quoted = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text ?? "");

/** Returns the code blocks of one language. */
export const codeBlocks = (markdown: string, language: string): string[] =>
  [...markdown.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, "gms"))].map(([, code]) => code ?? "");

/** The code blocks with their fences, including those in lists. */
export const FENCED = /^( *)```.*?^\1```$/gms;

/** Returns the targets of the links within the repository: paths, headings, or both. */
export const linksIn = (markdown: string): string[] =>
  [...markdown.replace(FENCED, "").matchAll(/\]\(([^()\s:]+)\)/g)].map(([, target]) => target ?? "");

/** Returns the anchors of the headings, like GitHub and npm. */
export function anchorsIn(markdown: string): string[] {
  const seen = new Map<string, number>();
  const headings = [...markdown.replace(FENCED, "").matchAll(/^#{1,6} (.*)$/gm)];
  return headings.map(([, heading = ""]) => {
    const shown = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[`*]/g, "");
    const anchor = shown
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-");
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
}
