import { isHostName } from "../../provider/api/contract/hosts";

/** A domain of the emulated account. */
export interface EmulatorDomain {
  /** For example `push.example.com`. */
  name: string;
  /** 0 push, 1 play. @default 0 */
  type?: 0 | 1;
  /** 0 disabled, 1 enabled. @default 1 */
  status?: 0 | 1;
  /** 1 for a domain of delayed live streaming, which lists contain only on request. @default 0 */
  isDelayLive?: 0 | 1;
  /** The region of a play domain: 1 mainland China, 2 global, 3 outside mainland China. @default 1 */
  playType?: 1 | 2 | 3;
}

/**
 * The account's domains. Without a list, every well-formed domain exists as an enabled push domain, and none
 * is listed.
 */
export class Domains {
  readonly #listed: Required<EmulatorDomain>[];
  readonly #known: boolean;

  constructor(domains?: readonly (string | EmulatorDomain)[]) {
    this.#known = domains !== undefined;
    this.#listed = (domains ?? []).map((domain) => complete(typeof domain === "string" ? { name: domain } : domain));
  }

  list(): Required<EmulatorDomain>[] {
    return this.#listed;
  }

  find(name: string): Required<EmulatorDomain> | undefined {
    if (this.#known) return this.#listed.find((domain) => domain.name.toLowerCase() === name.toLowerCase());
    return isHostName(name) ? complete({ name }) : undefined;
  }
}

function complete(domain: EmulatorDomain): Required<EmulatorDomain> {
  return { type: 0, status: 1, isDelayLive: 0, playType: 1, ...domain };
}
