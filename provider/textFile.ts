import { readFile } from "node:fs/promises";

/** The byte-order marks that Windows editors and PowerShell write, and the encoding that each stands for. */
const MARKS = [
  { bytes: [0xff, 0xfe], encoding: "utf-16le" },
  { bytes: [0xfe, 0xff], encoding: "utf-16be" },
] as const;

/** Decodes the content of a text file: UTF-8 with or without a byte-order mark, or UTF-16 with one. */
export function decodeText(content: Uint8Array): string {
  const mark = MARKS.find(({ bytes }) => bytes.every((byte, index) => content[index] === byte));
  // The decoder drops the mark.
  return new TextDecoder(mark?.encoding ?? "utf-8").decode(content);
}

/** Reads a file as text. @throws the error of Node, with its `code` */
export async function readTextFile(path: string): Promise<string> {
  return decodeText(await readFile(path));
}
