import type { Cloud } from "../support/cloud";

/** How a deployment is interrupted, after a number of responses. */
export interface Interruption {
  /**
   * `killedBefore`, `killedAfter`: all processes are killed before or after the next call is executed.
   * `cliKilled`: the provider survives and finishes its calls, which are not recorded. `stopped`: as by
   * SIGINT, running calls are saved.
   */
  kind: "killedBefore" | "killedAfter" | "cliKilled" | "stopped";
  calls: number;
}

/** A final response that stops the provider, so that it does nothing that a dead process could not do. */
const DEAD = { kind: "error", code: "AuthFailure.SecretIdNotFound" } as const;

/** Observes one deployment, and interrupts it. */
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

  /** Whether no further step may begin. */
  ended(): boolean {
    return this.interruption !== undefined && this.#calls() - this.#atStart > this.interruption.calls;
  }

  /** Whether the results of running steps are not saved. */
  blind(): boolean {
    return this.ended() && this.interruption?.kind !== "stopped";
  }
}
