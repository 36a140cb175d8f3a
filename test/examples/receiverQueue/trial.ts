import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "redis";
import { Chooser } from "../../model/chooser";
import type { ExampleProcess } from "../../support/examples/exampleProcess";
import type { InstalledExample } from "./installed";
import { type SignedEvent, signedBegin, statusOf } from "./messages";
import { countEvents, type Fates, type Tally } from "./tally";

/** The size of a trial. */
export interface TrialSize {
  events: number;
  receivers: number;
  workers: number;
  /** The number of processes that are killed one after another, each during its share of the events. */
  kills: number;
  /** Chooses which processes are killed. */
  seed: number;
}

/** The delay of each copy: two at the same time, and one after the work, as if the response was lost. */
const COPIES_AFTER_MS = [0, 0, 1_000];
/** The duration of the events between two kills. */
const SHARE_MS = 600;
/** The cloud waits for a minute between attempts. */
const RETRY_AFTER_MS = 100;
const FAILING_EVERY = 10;

/** Processes of one kind, which are killed one at a time and replaced. */
class Processes implements Fates {
  readonly killed: ExampleProcess[] = [];
  readonly living: ExampleProcess[] = [];
  readonly #start: () => Promise<ExampleProcess>;

  constructor(start: () => Promise<ExampleProcess>) {
    this.#start = start;
  }

  async add(): Promise<void> {
    this.living.push(await this.#start());
  }

  /** Kills a process like a power failure, and starts another. */
  async replace(victim: ExampleProcess | undefined): Promise<void> {
    if (!victim) return;
    this.living.splice(this.living.indexOf(victim), 1);
    this.killed.push(victim);
    await victim.stop("SIGKILL");
    await this.add();
  }
}

/**
 * Receivers and workers that are killed at random, and a cloud that repeats each copy until it is accepted.
 */
export class Trial {
  readonly #size: TrialSize;
  readonly #receivers: Processes;
  readonly #workers: Processes;
  readonly #redisUrl: string;
  readonly #responses: Record<string, number> = {};

  constructor(example: InstalledExample, redisUrl: string, size: TrialSize) {
    this.#size = size;
    this.#redisUrl = redisUrl;
    this.#receivers = new Processes(() => example.startReceiver(redisUrl));
    this.#workers = new Processes(() => example.startWorker(redisUrl));
  }

  async run(): Promise<Tally> {
    const { events, receivers, workers } = this.#size;
    await Promise.all([
      ...Array.from({ length: receivers }, () => this.#receivers.add()),
      ...Array.from({ length: workers }, () => this.#workers.add()),
    ]);
    const signed = Array.from({ length: events }, (_, index) =>
      signedBegin(`${index % FAILING_EVERY === 0 ? "failing" : "stream"}-${index}`),
    );
    await this.#sendAndKill(signed);
    const deadLetters = new Set((await this.#untilFinished()).map((jobId) => decodeURIComponent(jobId)));
    return { ...countEvents(signed, deadLetters, this.#receivers, this.#workers), responses: this.#responses };
  }

  /** Ends all processes. */
  async close(): Promise<void> {
    await Promise.all([...this.#receivers.living, ...this.#workers.living].map((one) => one.stop("SIGKILL")));
  }

  async #sendAndKill(signed: readonly SignedEvent[]): Promise<void> {
    const { events, kills, seed } = this.#size;
    const chooser = new Chooser(seed);
    const sending: Promise<unknown>[] = [];
    for (let kill = 0; kill < kills; kill++) {
      const share = signed.slice((kill * events) / kills, ((kill + 1) * events) / kills);
      sending.push(...share.map((event, index) => this.#send(event, (index / share.length) * SHARE_MS)));
      await sleep(SHARE_MS / 2);
      const kind = chooser.pick([this.#receivers, this.#workers]);
      await kind?.replace(chooser.pick(kind.living));
    }
    await Promise.all(sending);
  }

  async #send({ body }: SignedEvent, afterMs: number): Promise<void> {
    await sleep(afterMs);
    await Promise.all(COPIES_AFTER_MS.map((delayMs) => this.#sendUntilAccepted(body, delayMs)));
  }

  async #sendUntilAccepted(body: string, delayMs: number): Promise<void> {
    await sleep(delayMs);
    for (;;) {
      const { living } = this.#receivers;
      const receiver = living[Math.floor(Math.random() * living.length)];
      const status = receiver ? await statusOf(receiver.url, body) : 0;
      this.#responses[status] = (this.#responses[status] ?? 0) + 1;
      if (status === 200) return;
      await sleep(RETRY_AFTER_MS);
    }
  }

  /** Waits until no job is waiting, active or delayed, and returns the job ids of the dead letters. */
  async #untilFinished(): Promise<string[]> {
    const redis = await createClient({ url: this.#redisUrl }).on("error", console.error).connect();
    const key = (state: string): string => `bull:live-callbacks:${state}`;
    try {
      for (;;) {
        const counting = redis.multi().lLen(key("wait")).lLen(key("active")).zCard(key("delayed"));
        if ((await counting.execTyped()).every((count) => count === 0)) return await redis.zRange(key("failed"), 0, -1);
        await sleep(50);
      }
    } finally {
      redis.destroy();
    }
  }
}
