import type { LiveDialect } from "../../../emulator/dialect";
import type { Answer, Answers, Switch } from "../answers";
import type { Lab } from "../lab";

/** One question: what it asks, and how the answer is found. */
export interface Question<S extends Switch> {
  asks: string;
  find(lab: Lab, answers: Answers): Promise<Answer<LiveDialect[S]>>;
}

export type Questions<Names extends Switch = Switch> = { [S in Names]: Question<S> };
