import { eventSwitches, stsSwitches } from "../../../emulator/dialect";
import { bindingQuestions } from "./binding";
import { limitsQuestions } from "./limits";
import { missingQuestions } from "./missing";
import { modifyingQuestions } from "./modifying";
import type { Questions } from "./question";
import { readingQuestions } from "./reading";

/** Every question, one for each switch of the emulator's dialect; one that builds on another's answer comes after it. */
export const questions: Questions = {
  ...modifyingQuestions,
  ...bindingQuestions,
  ...missingQuestions,
  ...readingQuestions,
  ...limitsQuestions,
};

const STREAM = "needs a stream, a public receiver and the minutes until rules take effect";

/** What the documents leave open as well, and no call of the API shows; some of it is a switch of the emulator too. */
export const beyondTheApi: readonly (readonly [name: string, question: string, why: string])[] = [
  ...Object.keys(eventSwitches).map((name) => [name, "About callbacks and their record", STREAM] as const),
  ...Object.keys(stsSwitches).map(
    (name) => [name, "About temporary keys", "needs a role, and the time until they expire"] as const,
  ),
  ["-", "Which addresses and headers do callbacks have?", STREAM],
  ["-", "How does a rule made in the console read?", "needs somebody at the console"],
  ["-", "May a domain of another account be bound?", "needs a second account"],
  ["-", "Which code comes after the 50th template?", "would fill the account for everybody else"],
];
