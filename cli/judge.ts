import type { PostResponse } from "../emulator/events/post";

/** What the cloud makes of an answer. */
export interface Verdict {
  /** The cloud takes the event as received. */
  ok: boolean;
  /** What the reader should know or do: sentences. */
  hints: string[];
}

/** Beyond this much of the 20 s, a receiver is told of it. */
const SLOW_MS = 15_000;

const HINTS: readonly (readonly [from: number, to: number, hint: string])[] = [
  [201, 299, "Only status 200 counts as received."],
  [300, 399, "A redirect is not followed: give the template the URL that it leads to."],
  [401, 401, "The cloud sends no credentials but the signature."],
  [403, 403, "The receiver refuses the message: does it have the same callback key?"],
  [404, 405, "Is this the path of the receiver, and does it take POST?"],
  [413, 413, "The receiver's limit for a body is too low."],
  [415, 415, "The receiver should take any content type: the cloud's is not documented."],
  [500, 599, "The receiver failed: see its log."],
];

/** Judges an answer as the cloud does: by its status alone. */
export function judge({ status, body, failure }: PostResponse, durationMs: number): Verdict {
  if (failure !== undefined) return { ok: false, hints: [] };
  if (status !== 200) {
    const hint = HINTS.find(([from, to]) => status !== undefined && status >= from && status <= to)?.[2];
    return { ok: false, hints: hint ? [hint] : [] };
  }
  const slow = durationMs > SLOW_MS ? ["That is slow: the cloud waits 20 s."] : [];
  const bare = recommended(body) ? [] : ['The documents recommend the body {"code":0}; the status alone counts.'];
  return { ok: true, hints: [...slow, ...bare] };
}

function recommended(body: string): boolean {
  try {
    return JSON.parse(body)?.code === 0;
  } catch {
    return false;
  }
}
