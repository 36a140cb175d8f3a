import { z } from "zod";
import { MAX_TIMER_MS } from "../../provider/api/clock";
import { contracts, type EmulatedAction } from "../actions";
import { ApiError } from "../apiError";
import { errorResponse, type HttpResponse } from "../http/messages";

const actionNames = Object.keys(contracts) as EmulatedAction[];

const which = {
  /** The action that it affects. Default: every action. */
  action: z.enum(actionNames as [EmulatedAction, ...EmulatedAction[]]).optional(),
  /** How many calls of the action pass before it takes effect, counted from now. Default: 0. */
  skip: z.int().nonnegative().optional(),
  /** How many calls it affects. Default: 1. */
  times: z.union([z.int().positive(), z.literal("always")]).optional(),
};
/** Whether the action has taken effect when the fault occurs. */
const applied = z.boolean().optional();

/** The schema of a fault, for the library and for `POST /_emulator/faults`. */
export const faultSchema = z.discriminatedUnion("kind", [
  /**
   * The call waits before it takes effect, even if the client has disconnected; with `applied`, it waits
   * afterwards.
   */
  z.strictObject({
    kind: z.literal("latency"),
    ...which,
    applied,
    /** How long the call waits, in milliseconds. */
    ms: z.number().nonnegative().max(MAX_TIMER_MS),
  }),
  /** An error of the API, for example `RequestLimitExceeded`. The action is not applied by default. */
  z.strictObject({
    kind: z.literal("error"),
    ...which,
    applied,
    /** The code of the error. */
    code: z.string().min(1),
    /** The message of the error. Default: a message about the fault. */
    message: z.string().optional(),
  }),
  /** A response with this HTTP status, as from a failing gateway. The action is not applied by default. */
  z.strictObject({
    kind: z.literal("status"),
    ...which,
    applied,
    /** The HTTP status, 300 to 599. */
    status: z.int().min(300).max(599),
  }),
  /**
   * The connection is reset without a response. The action is not applied by default; if it is, its response
   * is lost.
   */
  z.strictObject({ kind: z.literal("reset"), ...which, applied }),
  /** The connection ends after half of the response. The action is applied by default. */
  z.strictObject({ kind: z.literal("resetMidBody"), ...which, applied }),
  /** A complete HTTP response with half of the JSON. The action is applied by default. */
  z.strictObject({ kind: z.literal("truncated"), ...which, applied }),
  /** Status 200 with a page of another content type, as from a proxy. The action is applied by default. */
  z.strictObject({
    kind: z.literal("contentType"),
    ...which,
    applied,
    /** The content type of the page. Default: `text/html`. */
    contentType: z.string().min(1).optional(),
  }),
  /** A Describe returns stale data: from before the last `writes` writes. */
  z.strictObject({
    kind: z.literal("stale"),
    ...which,
    /** How many writes the data is behind, 1 to 100. */
    writes: z.int().min(1).max(100),
  }),
]);

/** A fault, for example `{ kind: "reset", action: "CreateLiveCallbackRule", applied: true }`. */
export type Fault = z.input<typeof faultSchema>;
/** A fault that replaces the response. */
export type Failure = Exclude<Fault, { kind: "latency" | "stale" }>;

/** The faults that affect one call. */
export interface FaultHit {
  waits: Extract<Fault, { kind: "latency" }>[];
  /** How many writes the data of a Describe is behind. */
  staleWrites: number;
  failure: Failure | undefined;
}

const NOTHING: FaultHit = { waits: [], staleWrites: 0, failure: undefined };

/** The pending faults. */
export class Faults {
  #pending: { fault: Fault; skip: number; left: number }[] = [];

  /** Adds a fault after the existing ones. @throws Error if the fault is invalid */
  add(fault: Fault): void {
    const checked = faultSchema.safeParse(fault);
    if (!checked.success) throw new Error(`invalid fault: ${z.prettifyError(checked.error)}`);
    const { skip = 0, times = 1 } = checked.data;
    this.#pending.push({ fault, skip, left: times === "always" ? Number.POSITIVE_INFINITY : times });
  }

  /**
   * Returns the faults for this call of an action. Delays add up. Of several failures, only the first one
   * takes effect; the others stay pending.
   */
  take(action: EmulatedAction): FaultHit {
    if (this.#pending.length === 0) return NOTHING;
    const hit: FaultHit = { waits: [], staleWrites: 0, failure: undefined };
    for (const entry of this.#pending) {
      if (!concerns(entry.fault, action)) continue;
      if (entry.skip > 0) entry.skip--;
      else if (addTo(hit, entry.fault)) entry.left--;
    }
    this.#pending = this.#pending.filter(({ left }) => left > 0);
    return hit;
  }

  clear(): void {
    this.#pending = [];
  }
}

function concerns(fault: Fault, action: EmulatedAction): boolean {
  return (fault.action ?? action) === action && (fault.kind !== "stale" || action.startsWith("Describe"));
}

function addTo(hit: FaultHit, fault: Fault): boolean {
  if (fault.kind === "latency") hit.waits.push(fault);
  else if (fault.kind === "stale") hit.staleWrites = Math.max(hit.staleWrites, fault.writes);
  else if (hit.failure) return false;
  else hit.failure = fault;
  return true;
}

/** Returns whether the action takes effect before this failure. */
export function isApplied({ kind, applied }: Failure): boolean {
  return applied ?? (kind === "resetMidBody" || kind === "truncated" || kind === "contentType");
}

/** Returns the response that the client receives with this failure. */
export function faultResponse(failure: Failure, response: HttpResponse): HttpResponse {
  switch (failure.kind) {
    case "error":
      return errorResponse(new ApiError(failure.code, failure.message ?? "This error was injected by a fault."));
    case "status":
      return { status: failure.status, contentType: "text/html", body: page(`${failure.status}`) };
    case "contentType":
      return { contentType: failure.contentType ?? "text/html", body: page("A proxy's page") };
    case "truncated":
      return { body: response.body.slice(0, response.body.length / 2) };
    case "reset":
    case "resetMidBody":
      return { ...response, ending: failure.kind };
  }
}

function page(title: string): string {
  return `<!doctype html><title>${title}</title><h1>${title}</h1>\n`;
}
