/** Chooses one of several options. The choice depends only on the seed; seed 0 always chooses the first. */
export class Chooser {
  #state: number;

  constructor(private readonly seed: number) {
    this.#state = seed;
  }

  pick<T>(choices: readonly T[]): T | undefined {
    if (this.seed === 0) return choices[0];
    // mulberry32
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return choices[((mixed ^ (mixed >>> 14)) >>> 0) % choices.length];
  }
}
