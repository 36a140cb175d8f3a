import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { closeAfterTest } from "../lifetime";

const FOLDER = resolve(__dirname, "../../../examples/receiver");

/** A line of its log. */
export type Line = { message: string } & Record<string, unknown>;

/** `examples/receiver` as a process of its own, as `npm start` runs it. Killed after the test. */
export class ExampleReceiver {
  /** All that it printed, standard error too. */
  output = "";
  private readonly ended: Promise<number | null>;
  private changed: () => void = () => {};

  private constructor(private readonly child: ChildProcess) {
    closeAfterTest({ close: () => this.stop("SIGKILL") });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk) => {
        this.output += chunk;
        this.changed();
      });
    }
    this.ended = once(child, "close").then(([code]) => code);
    void this.ended.then(() => this.changed());
  }

  /** Starts it with these variables, and no other. */
  static run(environment: Record<string, string>): ExampleReceiver {
    return new ExampleReceiver(
      spawn(process.execPath, ["--import", "tsx", "index.ts"], {
        cwd: FOLDER,
        env: { PATH: process.env["PATH"], PORT: "0", ...environment },
      }),
    );
  }

  /** Starts it, and waits until it listens. */
  static async start(environment: Record<string, string>): Promise<ExampleReceiver> {
    const receiver = ExampleReceiver.run(environment);
    await receiver.line("listening");
    return receiver;
  }

  get lines(): Line[] {
    const complete = this.output.slice(0, this.output.lastIndexOf("\n") + 1).trim();
    return complete === "" ? [] : complete.split("\n").map((line) => JSON.parse(line));
  }

  /** Where it takes callbacks. */
  get url(): string {
    return String(this.lines.find(({ message }) => message === "listening")?.["url"]);
  }

  /** The lines of events, in the order of their arrival. */
  get events(): Line[] {
    return this.lines.filter(({ id, code }) => id !== undefined && code === undefined);
  }

  /** Waits until it has logged such a line. */
  async line(message: string): Promise<Line> {
    for (;;) {
      const found = this.lines.find((line) => line.message === message);
      if (found) return found;
      if (this.child.exitCode !== null) throw new Error(`it ended without a line "${message}": ${this.output}`);
      await new Promise<void>((changed) => {
        this.changed = changed;
      });
    }
  }

  async health(): Promise<unknown> {
    return (await fetch(new URL("/health", this.url))).json();
  }

  /** Sends a signal, and resolves with its exit code when it has ended. */
  stop(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal);
    return this.ended;
  }

  /** Its exit code, when it has ended by itself. */
  exitCode(): Promise<number | null> {
    return this.ended;
  }
}
