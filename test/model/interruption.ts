import type { Cloud } from "../support/cloud";

/** How a deployment is ended before its time, once so many calls of it have been answered. */
export interface Interruption {
  /**
   * `killedBefore`, `killedAfter`: everything at once, before or after the next call takes effect. `cliKilled`: the
   * provider lives on and finishes its calls, and nobody records them. `stopped`: as by SIGINT; running calls are saved.
   */
  kind: "killedBefore" | "killedAfter" | "cliKilled" | "stopped";
  calls: number;
}

/** A final answer, after which a provider does not go on: so it does nothing that a dead process could not do. */
const DEAD = { kind: "error", code: "AuthFailure.SecretIdNotFound" } as const;

/** Watches one deployment, and ends it. */
export class Watch {
  readonly #atStart: number;

  constructor(
    private readonly cloud: Cloud,
    private readonly interruption: Interruption | undefined,
  ) {
    this.#atStart = this.#calls();
    if (!interruption) return;
    const { kind, calls } = interruption;
    if (kind === "killedAfter") cloud.addFault({ ...DEAD, applied: true, skip: calls });
    const skip = kind === "killedAfter" ? calls + 1 : calls;
    if (kind.startsWith("killed")) cloud.addFault({ ...DEAD, skip, times: "always" });
  }

  #calls(): number {
    return Object.values(this.cloud.calls()).reduce((sum, count) => sum + count, 0);
  }

  /** No step begins any more. */
  ended(): boolean {
    return this.interruption !== undefined && this.#calls() - this.#atStart > this.interruption.calls;
  }

  /** What steps that are still running come to is not saved. */
  blind(): boolean {
    return this.ended() && this.interruption?.kind !== "stopped";
  }
}
