import { type Clock, sleepBy, systemClock, type Timer } from "../../provider/api/clock";

/** The clock of this machine, with another time of day. */
export const clockAt = (now: () => number): Clock => ({ ...systemClock, now });

/** A time at which a sleep ends or a request times out. */
interface Alarm {
  at: number;
  ring: () => void;
  ofRequest: boolean;
}

/**
 * A clock with virtual time. When everything that runs is asleep, time jumps to the end of the first sleep.
 * Requests take no time: while one is running, time does not advance unless its server reports that it will
 * never respond.
 */
export class VirtualClock implements Clock {
  #passed = 0;
  #awaited = 0;
  #checking = false;
  readonly #start: number;
  readonly #alarms = new Set<Alarm>();

  /** Creates a clock that starts at a time of day, in milliseconds since 1970. */
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

  /** Advances the time without waiting for a sleep to end. */
  advance(ms: number): void {
    this.#passed += ms;
  }

  /**
   * Called by a server for a request that it has received and never responds to: only the time-out ends it.
   */
  neverResponds(): void {
    this.#awaited++;
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

  /** Advances the time, if possible, after all work that takes no time. */
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
    if (alarms.filter(({ ofRequest }) => ofRequest).length > this.#awaited) return;
    const [first, ...others] = alarms;
    if (!first) return;
    const next = others.reduce((one, other) => (other.at < one.at ? other : one), first);
    if (next.ofRequest) this.#awaited--;
    this.#passed = Math.max(this.#passed, next.at);
    this.#alarms.delete(next);
    next.ring();
    this.#check();
  }
}
