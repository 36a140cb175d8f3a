import { isDeepStrictEqual, styleText } from "node:util";

/** A line of the demo: what it is, and its text without indentation. */
export interface Line {
  kind: "step" | "output" | "receiver" | "check";
  text: string;
}

/** All lines that the demo has printed. */
export const transcript: Line[] = [];

let steps = 0;

/** Announces a step and what it shows. */
export function step(title: string): void {
  steps += 1;
  transcript.push({ kind: "step", text: `${steps}. ${title}` });
  console.log(`\n${styleText("bold", `${steps}. ${title}`)}`);
}

/** Shows what the CLI has printed, without empty lines. */
export function show(output: string): void {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  transcript.push(...lines.map((text): Line => ({ kind: "output", text })));
  console.log(styleText("dim", lines.map((line) => `   | ${line}`).join("\n")));
}

/** Shows a line of the receiver. */
export function hear(line: string): void {
  transcript.push({ kind: "receiver", text: `receiver ${line}` });
  console.log(`   ${styleText("cyan", "receiver")} ${line}`);
}

/** Compares what the emulator holds with what it should; a difference ends the demo. */
export function verify(what: string, actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) {
    const [found, wanted] = [actual, expected].map((value) => JSON.stringify(value, null, 2));
    throw new Error(`${what}: expected ${wanted}, but found ${found}`);
  }
  transcript.push({ kind: "check", text: `✔ ${what}` });
  console.log(`   ${styleText("green", "✔")} ${what}`);
}
