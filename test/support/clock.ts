import { type Clock, sleepBy, systemClock, type Timer } from "../../provider/api/clock";

/** The clock of this machine, but for the time of day. */
export const clockAt = (now: () => number): Clock => ({ ...systemClock, now });

/** A moment at which something wakes up, or a request has taken too long. */
interface Alarm {
  at: number;
  ring: () => void;
  ofRequest: boolean;
}

/**
 * Time that passes at once: whenever all that is under way sleeps, it is the moment at which the first one wakes up.
 * Requests take no time. While one is under way, time stands still, unless its server says that it will never answer.
 */
export class VirtualClock implements Clock {
  #passed = 0;
  #unanswered = 0;
  #checking = false;
  readonly #start: number;
  readonly #alarms = new Set<Alarm>();

  /** With the time of day at which it starts, in milliseconds since 1970. */
  constructor(start = Date.now()) {
    this.#start = start;
  }

  now(): number {
    return this.#start + this.#passed;
  }

  monotonic(): number {
    return this.#passed;
  }

  readonly sleep = sleepBy((ms, ring) => this.#set({ at: this.#passed + ms, ring, ofRequest: false }));

  readonly timer: Timer = (ms, ring) => this.#set({ at: this.#passed + ms, ring, ofRequest: true });

  /** Lets time pass that nothing sleeps for. */
  advance(ms: number): void {
    this.#passed += ms;
  }

  /** A server says this of a request that it has received: only the time-out will end it. */
  neverAnswered(): void {
    this.#unanswered++;
    this.#check();
  }

  #set(alarm: Alarm): () => void {
    this.#alarms.add(alarm);
    this.#check();
    return () => {
      this.#alarms.delete(alarm);
      this.#check();
    };
  }

  /** Looks, once all has run that needs no time, whether it is time to go on. */
  #check(): void {
    if (this.#checking) return;
    this.#checking = true;
    setImmediate(() => {
      this.#checking = false;
      this.#goOn();
    });
  }

  #goOn(): void {
    const alarms = [...this.#alarms];
    if (alarms.filter(({ ofRequest }) => ofRequest).length > this.#unanswered) return;
    const [first, ...others] = alarms;
    if (!first) return;
    const next = others.reduce((one, other) => (other.at < one.at ? other : one), first);
    if (next.ofRequest) this.#unanswered--;
    this.#passed = Math.max(this.#passed, next.at);
    this.#alarms.delete(next);
    next.ring();
    this.#check();
  }
}
