import { textTable } from "../../cli/command";
import type { Answer, Answers, Switch } from "./answers";
import { beyondTheApi, questions } from "./questions";

/** Summarizes an answer. */
export function verdict(answer: Answer<unknown>): string {
  if (answer.kind === "settled") {
    return [`${answer.value} (${answer.found})`, answer.remark].filter(Boolean).join("; ");
  }
  return answer.kind === "moot" ? `irrelevant: ${answer.why}` : `not settled: ${answer.why}`;
}

/** Formats all answers as a table, with the open questions and the reasons. */
export function report(answers: Answers): string {
  const rows = Object.entries(answers).map(([name, answer]) => [
    name,
    questions[name as Switch].text,
    answer.kind === "settled" ? String(answer.value) : "-",
    confidence(answer),
  ]);
  const beyond = beyondTheApi.map(([name, question, why]) => [name, question, "-", `not by the API: ${why}`]);
  return textTable([["switch", "question", "answer", "confidence"], ...rows, ...beyond]);
}

function confidence(answer: Answer<unknown>): string {
  if (answer.kind !== "settled") return verdict(answer);
  return ["observed", answer.remark].filter(Boolean).join(", but ");
}
