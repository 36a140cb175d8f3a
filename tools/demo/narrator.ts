import { isDeepStrictEqual, styleText } from "node:util";

/** A line of the demo: its kind, and its text without indentation. */
export interface Line {
  kind: "step" | "output" | "receiver" | "check";
  text: string;
}

/** All lines that the demo has printed. */
export const transcript: Line[] = [];

let steps = 0;

/** Prints the title of a step. */
export function step(title: string): void {
  steps += 1;
  transcript.push({ kind: "step", text: `${steps}. ${title}` });
  console.log(`\n${styleText("bold", `${steps}. ${title}`)}`);
}

/** Prints the output of the CLI, without empty lines. */
export function show(output: string): void {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  transcript.push(...lines.map((text): Line => ({ kind: "output", text })));
  console.log(styleText("dim", lines.map((line) => `   | ${line}`).join("\n")));
}

/** Prints a line of the receiver. */
export function showReceiver(line: string): void {
  transcript.push({ kind: "receiver", text: `receiver ${line}` });
  console.log(`   ${styleText("cyan", "receiver")} ${line}`);
}

/** Compares the actual with the expected state. A difference ends the demo with an error. */
export function verify(what: string, actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) {
    const [found, wanted] = [actual, expected].map((value) => JSON.stringify(value, null, 2));
    throw new Error(`${what}: expected ${wanted}, but found ${found}`);
  }
  transcript.push({ kind: "check", text: `✔ ${what}` });
  console.log(`   ${styleText("green", "✔")} ${what}`);
}
