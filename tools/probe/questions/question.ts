import type { LiveDialect } from "../../../emulator/dialect";
import type { Answer, Answers, Switch } from "../answers";
import type { Lab } from "../lab";

/** A question, and the function that finds its answer. */
export interface Question<S extends Switch> {
  text: string;
  find(lab: Lab, answers: Answers): Promise<Answer<LiveDialect[S]>>;
}

export type Questions<Names extends Switch = Switch> = { [S in Names]: Question<S> };
