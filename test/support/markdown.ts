import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A document of this repository. */
export const documentText = (path: string): string => readFileSync(join(__dirname, "../..", path), "utf8");

/**
 * The rows of the table with these headings, without heading and rule: the text of each cell. A table that is not
 * there is an error: a test of each of its rows would pass.
 */
export function tableOf(markdown: string, ...headings: string[]): string[][] {
  const lines = markdown.split("\n");
  const start = lines.indexOf(`| ${headings.join(" | ")} |`.replace("|  |", "| |"));
  if (start < 0) throw new Error(`there is no table with the headings ${headings.join(", ")}`);
  const rows = lines.slice(start + 2);
  const end = rows.findIndex((line) => !line.startsWith("|"));
  return rows.slice(0, end < 0 ? rows.length : end).map((row) => row.slice(2, -2).split(" | "));
}

/** What stands in backquotes. */
export const quoted = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text ?? "");

/** The blocks of code of one language. */
export const codeBlocks = (markdown: string, language: string): string[] =>
  [...markdown.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, "gms"))].map(([, code]) => code ?? "");

/** The blocks of code, with their fences; those within a list too. */
export const FENCED = /^( *)```.*?^\1```$/gms;

/** The targets of the links within the repository: paths, headings, or both. */
export const linksIn = (markdown: string): string[] =>
  [...markdown.replace(FENCED, "").matchAll(/\]\(([^()\s:]+)\)/g)].map(([, target]) => target ?? "");

/** The anchors of the headings, as GitHub and npm make them. */
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
