import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { join } from "node:path";

/** The key in Redis that lists the instances that have handled an event. */
export const handledKey = (eventId: string): string => `handled:${eventId}`;

interface Instance {
  name: string;
  process: ChildProcess;
  port: number;
}

const anyOf = <T>(members: readonly T[]): T | undefined => members[Math.floor(Math.random() * members.length)];

/** Instances of one service. A killed instance is replaced by a new one. */
export class Fleet {
  /** The names of the killed instances. */
  readonly killed = new Set<string>();
  readonly #parameters: readonly string[];
  readonly #agent = new Agent({ keepAlive: true });
  #instances: Instance[] = [];
  #started = 0;

  private constructor(...parameters: string[]) {
    this.#parameters = parameters;
  }

  /** Starts `count` instances with one Redis and one callback key. */
  static async start(count: number, redisUrl: string, key: string): Promise<Fleet> {
    const fleet = new Fleet(redisUrl, key);
    await Promise.all(Array.from({ length: count }, () => fleet.#startOne()));
    return fleet;
  }

  /** Posts a message to a random instance. @returns the status; 0 if there is no response */
  post(body: string): Promise<number> {
    const port = anyOf(this.#instances)?.port;
    if (port === undefined) return Promise.resolve(0);
    return new Promise((resolve) => {
      const headers = { "content-length": Buffer.byteLength(body) };
      const sent = request({ host: "127.0.0.1", port, method: "POST", agent: this.#agent, headers }, (response) => {
        response.resume().on("close", () => resolve(response.complete ? (response.statusCode ?? 0) : 0));
      });
      sent.on("error", () => resolve(0)).end(body);
    });
  }

  /** Kills a random instance, as a power failure would, and starts another in its place. */
  async killOne(): Promise<void> {
    const victim = anyOf(this.#instances);
    if (!victim) return;
    this.#instances = this.#instances.filter((one) => one !== victim);
    this.killed.add(victim.name);
    victim.process.kill("SIGKILL");
    await this.#startOne();
  }

  close(): void {
    for (const { process } of this.#instances) process.disconnect();
    this.#instances = [];
    this.#agent.destroy();
  }

  async #startOne(): Promise<void> {
    const name = `instance ${++this.#started}`;
    const args = [name, ...this.#parameters];
    const child = fork(join(__dirname, "instance.ts"), args, { execArgv: ["--require", "tsx/cjs"] });
    const [port] = (await once(child, "message")) as [number];
    this.#instances.push({ name, process: child, port });
  }
}
