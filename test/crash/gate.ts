import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { isWriting } from "../../emulator/http/callRecord";
import type { Call } from "./point";

/** A held call: it has not been executed yet, or it has been executed and its response is not sent yet. */
export interface Held {
  reached: Promise<void>;
  /** Continues the call: it is executed, and gets its response if the client is still connected. */
  release(): void;
  /** Drops a call before its execution, as if its client had died before it sent the call. */
  drop(): void;
}

/** Which calls are held, and what happens to them. */
interface Hold {
  holds: (action: string) => boolean;
  applied: boolean;
  arrived: (call: string) => void;
  released: Promise<void>;
}

/** The call to hold. Without an action, its number counts all calls. */
type HeldCall = Omit<Call, "action"> & Partial<Pick<Call, "action">>;

const POLL_MS = 10;

/**
 * A proxy of the emulator that can hold calls before or after their execution, so that the client can be
 * killed at this point. A held call is executed even if its client has ended.
 */
export class Gate {
  /** The actions of all calls so far, in the order of their arrival. */
  readonly actions: string[] = [];
  #hold: Hold | undefined;
  #inFlight = 0;
  #lastActivity = 0;
  readonly #agent = new Agent({ keepAlive: true });

  private constructor(
    private readonly target: string,
    private readonly server: Server,
  ) {
    server.on("request", (incoming, outgoing) => {
      this.#pass(incoming, outgoing).catch(() => outgoing.destroy());
    });
  }

  static async start(target: string): Promise<Gate> {
    const gate = new Gate(target, createServer({ keepAliveTimeout: 60_000 }));
    gate.server.listen(0, "127.0.0.1");
    await once(gate.server, "listening");
    return gate;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Holds the call when it arrives: before its execution or, with `applied`, after it. */
  hold({ action: held, nth }: HeldCall, applied: boolean): Held {
    const holds = (action: string): boolean => {
      const counted = held === undefined ? this.actions : this.actions.filter((other) => other === action);
      return (held ?? action) === action && nth === counted.length;
    };
    return this.#holdCalls(holds, applied, 1);
  }

  /** Holds the responses of this many writes, so that each resource with changes is held at its first write. */
  holdWrites(count: number): Held {
    return this.#holdCalls(isWriting, true, count);
  }

  #holdCalls(holds: Hold["holds"], applied: boolean, count: number): Held {
    const arrival = deferred();
    const permission = deferred();
    // A call that is sent again is the same call.
    const held = new Set<string>();
    const arrived = (call: string) => held.add(call).size === count && arrival.resolve();
    this.#hold = { holds, applied, arrived, released: permission.promise };
    const drop = () => permission.reject(new Error("the call was dropped"));
    return { reached: arrival.promise, release: permission.resolve, drop };
  }

  /** Waits until no call was running for a time. */
  async quiet(ms: number): Promise<void> {
    while (this.#inFlight > 0 || performance.now() - this.#lastActivity < ms) await sleep(POLL_MS);
  }

  /** Waits until this many calls have got their responses. */
  async responded(calls: number): Promise<void> {
    while (this.actions.length - this.#inFlight < calls) await sleep(POLL_MS);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    this.#agent.destroy();
    await closed;
  }

  async #pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    const action = String(incoming.headers["x-tc-action"]);
    const hold = this.#arrived(action);
    const call = `${action} ${body}`;
    this.#inFlight++;
    try {
      if (hold?.applied === false) await holdHere(hold, call);
      const response = await this.#forward(incoming, body);
      if (hold?.applied === true) await holdHere(hold, call);
      outgoing.writeHead(response.status, response.headers).end(response.body);
    } finally {
      this.#inFlight--;
      this.#lastActivity = performance.now();
    }
  }

  /** Records a call, and returns the hold for it. */
  #arrived(action: string): Hold | undefined {
    this.actions.push(action);
    return this.#hold?.holds(action) ? this.#hold : undefined;
  }

  async #forward({ method, url, headers }: IncomingMessage, body: Buffer) {
    const options = { method, path: url, headers, agent: this.#agent };
    const forwarded = request(this.target, options).end(body);
    const [response] = (await once(forwarded, "response")) as [IncomingMessage];
    return { status: response.statusCode ?? 502, headers: response.headers, body: await buffer(response) };
  }
}

function holdHere({ arrived, released }: Hold, call: string): Promise<void> {
  arrived(call);
  return released;
}

function deferred(): { promise: Promise<void>; resolve: () => void; reject: (error: Error) => void } {
  let resolve = (): void => {};
  let reject = (_: Error): void => {};
  const promise = new Promise<void>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  return { promise, resolve, reject };
}
