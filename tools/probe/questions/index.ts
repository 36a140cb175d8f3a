import type { Questions } from "../answers";
import { bindingQuestions } from "./binding";
import { limitsQuestions } from "./limits";
import { missingQuestions } from "./missing";
import { modifyingQuestions } from "./modifying";
import { readingQuestions } from "./reading";

/** Every question, one for each switch of the emulator's dialect; one that builds on another's answer comes after it. */
export const questions: Questions = {
  ...modifyingQuestions,
  ...bindingQuestions,
  ...missingQuestions,
  ...readingQuestions,
  ...limitsQuestions,
};

/** What the documents leave open as well, and no call of the API shows. */
export const beyondTheApi: readonly (readonly [question: string, why: string])[] = [
  ["Which rule wins, the domain's or the app's?", "needs a stream, and minutes until rules take effect"],
  [
    "What are t and sign in a retried callback; which headers, which addresses?",
    "needs a stream and a public receiver",
  ],
  ["How does a rule made in the console read?", "needs somebody at the console"],
  ["May a domain of another account be bound?", "needs a second account"],
  ["Which code comes after the 50th template?", "would fill the account for everybody else"],
];
