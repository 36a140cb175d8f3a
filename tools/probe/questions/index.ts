import { eventSwitches, stsSwitches } from "../../../emulator/dialect";
import { bindingQuestions } from "./binding";
import { limitsQuestions } from "./limits";
import { missingQuestions } from "./missing";
import { modifyingQuestions } from "./modifying";
import type { Questions } from "./question";
import { readingQuestions } from "./reading";

/**
 * The questions, one for each switch of the emulator's dialect. A question follows those on which it depends.
 */
export const questions: Questions = {
  ...modifyingQuestions,
  ...bindingQuestions,
  ...missingQuestions,
  ...readingQuestions,
  ...limitsQuestions,
};

const STREAM = "requires a stream, a public receiver and minutes until rules take effect";

/** Further open questions that API calls cannot settle. Some of them are switches of the emulator. */
export const beyondTheApi: readonly (readonly [name: string, question: string, why: string])[] = [
  ...Object.keys(eventSwitches).map((name) => [name, "About callbacks and their record", STREAM] as const),
  ...Object.keys(stsSwitches).map(
    (name) => [name, "About temporary keys", "requires a role, and the time until they expire"] as const,
  ),
  ["-", "Which addresses and headers do callbacks have?", STREAM],
  ["-", "How does a rule made in the console read?", "requires the console"],
  ["-", "May a domain of another account be bound?", "requires a second account"],
  ["-", "Which code comes after the 50th template?", "would fill the account for other users"],
];
