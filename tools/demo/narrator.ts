import { isDeepStrictEqual, styleText } from "node:util";

let steps = 0;

/** Announces a step and what it shows. */
export function step(title: string): void {
  steps += 1;
  console.log(`\n${styleText("bold", `${steps}. ${title}`)}`);
}

/** What the CLI printed, without empty lines. */
export function show(output: string): void {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  console.log(styleText("dim", lines.map((line) => `   | ${line}`).join("\n")));
}

/** What the receiver has to say. */
export function hear(line: string): void {
  console.log(`   ${styleText("cyan", "receiver")} ${line}`);
}

/** Compares what the emulator holds with what it should; a difference ends the demo. */
export function verify(what: string, actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) {
    const [found, wanted] = [actual, expected].map((value) => JSON.stringify(value, null, 2));
    throw new Error(`${what}: expected ${wanted}, but found ${found}`);
  }
  console.log(`   ${styleText("green", "✔")} ${what}`);
}
