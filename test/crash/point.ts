import { isWriting } from "../../emulator/http/callRecord";
/** How the run is killed, and when the recovery begins. */
export const WAYS = {
  all: "all processes killed",
  cli: "CLI killed, recovery after its provider has finished",
  "cli-at-once": "the CLI killed, and recovery while its provider goes on",
} as const;

export type Way = keyof typeof WAYS;

const ALL_WAYS = Object.keys(WAYS) as Way[];

/**
 * A call of a run, by its action and its number among the calls of this action. The order differs between
 * runs.
 */
export interface Call {
  action: string;
  /** From 1. */
  nth: number;
}

/** Where and how a deployment is killed. */
export interface Point extends Call {
  scenario: string;
  /** Whether the call was executed when the run is killed. Its response is never sent. */
  applied: boolean;
  way: Way;
}

export function nameOf({ scenario, action, nth, applied, way }: Point): string {
  return [scenario, `${action}.${nth}`, applied ? "applied" : "arrived", way].join(":");
}

/** @throws Error with the format of a point */
export function parsePoint(name: string): Point {
  const [scenario = "", call = "", when = "", way = ""] = name.split(":");
  const [, action = "", nth = ""] = /^([A-Za-z]+)\.([1-9]\d*)$/.exec(call) ?? [];
  if (nth === "" || !["applied", "arrived"].includes(when) || !Object.hasOwn(WAYS, way)) {
    const form = `<scenario>:<Action>.<nth>:arrived|applied:${Object.keys(WAYS).join("|")}`;
    throw new Error(`a point must be ${form}; got "${name}"`);
  }
  return { scenario, action, nth: Number(nth), applied: when === "applied", way: way as Way };
}

/**
 * Returns the points of a scenario with these calls. A read does not change the cloud, and a provider that
 * survives continues with the next write. At a read, everything is therefore killed on one side only. At a
 * write, every other point waits for a surviving provider. `thorough` includes all points.
 */
export function pointsOf(scenario: string, actions: readonly string[], thorough: boolean): Point[] {
  const calls = numbered(actions);
  const point = (call: Call, applied: boolean) => (way: Way) => ({ scenario, ...call, applied, way });
  if (thorough) return calls.flatMap((call) => [false, true].flatMap((applied) => ALL_WAYS.map(point(call, applied))));
  const survivor = (index: number): Way => (index % 2 === 0 ? "cli" : "cli-at-once");
  return calls.flatMap((call, index) => {
    if (!isWriting(call.action)) return point(call, false)("all");
    const ways = (applied: boolean): Way[] => ["all", survivor(index + Number(applied))];
    return [false, true].flatMap((applied) => ways(applied).map(point(call, applied)));
  });
}

function numbered(actions: readonly string[]): Call[] {
  return actions.map((action, index) => ({
    action,
    nth: actions.slice(0, index + 1).filter((other) => other === action).length,
  }));
}
