import { dialectSwitches, type LiveDialect } from "../../emulator/dialect";

/** A question that the public documents leave open, named after its switch in the emulator's dialect. */
export type Switch = keyof LiveDialect;

/** What came of a question. */
export type Answer<Value> =
  /** The service was seen to behave like this; the remark says where it differs in something smaller. */
  | { kind: "settled"; value: Value; found: string; remark?: string | undefined }
  /** With the answers to other questions this one makes no difference. */
  | { kind: "moot"; why: string }
  | { kind: "open"; why: string };

/** The answers found so far. */
export type Answers = { [S in Switch]?: Answer<LiveDialect[S]> };

/** The question could not be settled; the run goes on with the next one. */
export class Unsettled extends Error {
  override readonly name = "Unsettled";
}

export function settled<const Value>(value: Value, found: string, remark?: string): Answer<Value> {
  return { kind: "settled", value, found, remark };
}

export const moot = (why: string): Answer<never> => ({ kind: "moot", why });

/** The value that a question was settled with. */
export function settledValue<S extends Switch>(answers: Answers, name: S): LiveDialect[S] | undefined {
  const response = answers[name] as Answer<LiveDialect[S]> | undefined;
  return response?.kind === "settled" ? response.value : undefined;
}

/**
 * The answer to a question about an error code.
 *
 * @throws Unsettled where the emulator has no such value.
 */
export function settledCode<S extends Switch>(name: S, code: string, found: string): Answer<LiveDialect[S]> {
  const values: readonly unknown[] = dialectSwitches[name];
  if (values.includes(code)) return settled(code as LiveDialect[S], found);
  throw new Unsettled(`${found}, for which the emulator has no value (it has ${values.join(", ")})`);
}
