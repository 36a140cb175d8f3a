import { RecentByKey } from "../recent";
import { newId, type Occurrence } from "./payloads/occurrence";
import type { CompleteEvent } from "./streamEvent";

/** The pushes that are going on, so that begin, errors and end of one carry the same sequence. */
export class StreamSessions {
  readonly #sessions = new RecentByKey<{ sequence: string; begunAt: number }>();

  /** What an event at this time says of the push that it belongs to. */
  part(
    { event, domainName, appName, streamName }: CompleteEvent,
    now: number,
  ): Pick<Occurrence, "sequence" | "pushedMs"> {
    const key = JSON.stringify([domainName.toLowerCase(), appName, streamName]);
    const known = event === "streamBegin" ? undefined : this.#sessions.get(key);
    const { sequence, begunAt } = known ?? { sequence: newId(), begunAt: now };
    if (event === "streamEnd") this.#sessions.delete(key);
    else if (event === "streamBegin") this.#sessions.set(key, { sequence, begunAt });
    return { sequence, pushedMs: Math.max(0, now - begunAt) };
  }

  clear(): void {
    this.#sessions.clear();
  }
}
