import type { ExampleProcess } from "../../support/examples/exampleProcess";
import type { SignedEvent } from "./messages";

/** The result of a trial. */
export interface Tally {
  killedReceivers: number;
  killedWorkers: number;
  /** Events whose work was done. */
  worked: number;
  /** Dead letters whose work always fails. */
  deadLetters: number;
  /** Dead letters whose work does not fail: their workers were killed too often. */
  gaveUp: number;
  /** Events that were neither processed nor became dead letters. */
  lost: number;
  /** Events whose work was begun more than once, without the dead letters. */
  begunAgain: number;
  /** Events whose work was done more than once. */
  twice: number;
  /** Events among `twice` of which no worker was killed between the work and its record. */
  unexplained: number;
  /** The statuses of the responses to all copies, 0 without a response. */
  responses: Record<string, number>;
}

/** The killed and the running processes of one kind. */
export interface Fates {
  readonly killed: readonly ExampleProcess[];
  readonly living: readonly ExampleProcess[];
}

/** One execution of the work on an event. */
interface Turn {
  id: unknown;
  /** Whether the worker recorded the work, or was still running. */
  recorded: boolean;
}

const idsOf = (worker: ExampleProcess, message: string): unknown[] =>
  worker.lines.filter((line) => line.message === message).map(({ id }) => id);

const turnsOf = (worker: ExampleProcess, living: boolean): Turn[] => {
  const done = new Set(idsOf(worker, "done"));
  return idsOf(worker, "worked").map((id) => ({ id, recorded: living || done.has(id) }));
};

/** Counts the outcomes of the events, from the logs of the workers and the dead letters in Redis. */
export function countEvents(
  events: readonly SignedEvent[],
  deadLetters: ReadonlySet<string>,
  receivers: Fates,
  workers: Fates,
): Omit<Tally, "responses"> {
  const turns = [
    ...workers.killed.flatMap((worker) => turnsOf(worker, false)),
    ...workers.living.flatMap((worker) => turnsOf(worker, true)),
  ];
  const begun = [...workers.killed, ...workers.living].flatMap((worker) => idsOf(worker, "begun"));
  const tally = { worked: 0, deadLetters: 0, gaveUp: 0, lost: 0, begunAgain: 0, twice: 0, unexplained: 0 };
  for (const { id, fails } of events) {
    const its = turns.filter((turn) => turn.id === id);
    const dead = deadLetters.has(id);
    if (its.length > 0) tally.worked += 1;
    if (dead) tally[fails ? "deadLetters" : "gaveUp"] += 1;
    if (its.length === 0 && !dead) tally.lost += 1;
    if (!fails && begun.indexOf(id) < begun.lastIndexOf(id)) tally.begunAgain += 1;
    if (its.length > 1) tally.twice += 1;
    // A second execution can begin only if the first worker was killed before it recorded the work.
    if (its.filter(({ recorded }) => recorded).length > 1) tally.unexplained += 1;
  }
  return { killedReceivers: receivers.killed.length, killedWorkers: workers.killed.length, ...tally };
}
