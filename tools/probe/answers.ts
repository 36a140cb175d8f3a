import { dialectSwitches, type LiveDialect } from "../../emulator/dialect";

/** A question that the public documents leave open, named after its switch in the emulator's dialect. */
export type Switch = keyof LiveDialect;

/** The answer to a question. */
export type Answer<Value> =
  /** The API behaves like this. The remark describes a smaller difference. */
  | { kind: "settled"; value: Value; found: string; remark?: string | undefined }
  /** The answers to other questions make this question irrelevant. */
  | { kind: "moot"; why: string }
  | { kind: "open"; why: string };

/** The answers found so far. */
export type Answers = { [S in Switch]?: Answer<LiveDialect[S]> };

/** The question could not be settled. The run continues with the next question. */
export class Unsettled extends Error {
  override readonly name = "Unsettled";
}

export function settled<const Value>(value: Value, found: string, remark?: string): Answer<Value> {
  return { kind: "settled", value, found, remark };
}

export const moot = (why: string): Answer<never> => ({ kind: "moot", why });

/** Returns the value of a settled question. */
export function settledValue<S extends Switch>(answers: Answers, name: S): LiveDialect[S] | undefined {
  const answer = answers[name] as Answer<LiveDialect[S]> | undefined;
  return answer?.kind === "settled" ? answer.value : undefined;
}

/**
 * Returns the answer to a question about an error code.
 *
 * @throws Unsettled if the emulator has no such value.
 */
export function settledCode<S extends Switch>(name: S, code: string, found: string): Answer<LiveDialect[S]> {
  const values: readonly unknown[] = dialectSwitches[name];
  if (values.includes(code)) return settled(code as LiveDialect[S], found);
  throw new Unsettled(`${found}, for which the emulator has no value (it has ${values.join(", ")})`);
}
