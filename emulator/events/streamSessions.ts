import { newId, type Occurrence } from "./payloads/occurrence";
import type { CompleteEvent } from "./streamEvent";

/** How many pushes are remembered. */
const KEPT = 10_000;

/** The pushes that are going on, so that begin, errors and end of one carry the same sequence. */
export class StreamSessions {
  private readonly going = new Map<string, { sequence: string; begunAt: number }>();

  /** What an event at this time says of the push that it belongs to. */
  part(
    { event, domainName, appName, streamName }: CompleteEvent,
    now: number,
  ): Pick<Occurrence, "sequence" | "pushedMs"> {
    const key = JSON.stringify([domainName.toLowerCase(), appName, streamName]);
    const known = event === "streamBegin" ? undefined : this.going.get(key);
    const { sequence, begunAt } = known ?? { sequence: newId(), begunAt: now };
    if (event === "streamEnd") this.going.delete(key);
    else if (event === "streamBegin") this.keep(key, { sequence, begunAt });
    return { sequence, pushedMs: Math.max(0, now - begunAt) };
  }

  clear(): void {
    this.going.clear();
  }

  private keep(key: string, push: { sequence: string; begunAt: number }): void {
    this.going.delete(key);
    this.going.set(key, push);
    for (const oldest of this.going.keys()) {
      if (this.going.size <= KEPT) return;
      this.going.delete(oldest);
    }
  }
}
