import { textTable } from "../../cli/command";
import type { Answer, Answers, Switch } from "./answers";
import { beyondTheApi, questions } from "./questions";

/** An answer in a few words. */
export function verdict(response: Answer<unknown>): string {
  if (response.kind === "settled") {
    return [`${response.value} (${response.found})`, response.remark].filter(Boolean).join("; ");
  }
  return response.kind === "moot" ? `makes no difference: ${response.why}` : `not settled: ${response.why}`;
}

/** Formats all answers as a table, with what is left open and why. */
export function report(answers: Answers): string {
  const rows = Object.entries(answers).map(([name, answer]) => [
    name,
    questions[name as Switch].asks,
    answer.kind === "settled" ? String(answer.value) : "-",
    sureness(answer),
  ]);
  const beyond = beyondTheApi.map(([name, question, why]) => [name, question, "-", `not by the API: ${why}`]);
  return textTable([["switch", "question", "answer", "how sure"], ...rows, ...beyond]);
}

function sureness(response: Answer<unknown>): string {
  if (response.kind !== "settled") return verdict(response);
  return ["seen", response.remark].filter(Boolean).join(", but ");
}
