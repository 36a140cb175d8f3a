import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { pathToFileURL } from "node:url";
import { closeAfterTest } from "../lifetime";

/** Also where the folder of the service has none. */
const TSX = pathToFileURL(require.resolve("tsx")).href;

/** A line of the log. */
export type Line = { message: string } & Record<string, unknown>;

/** Starts a program with only these variables. */
export const startProgram = (folder: string, environment: Record<string, string>, ...program: string[]) =>
  spawn(process.execPath, ["--import", TSX, ...program], {
    cwd: folder,
    env: { PATH: process.env["PATH"], ...environment },
  });

/** Runs a shell command, which may start several processes, on free ports. */
export function runScript(folder: string, script: string): ExampleProcess {
  const env = { PATH: process.env["PATH"], HOME: process.env["HOME"], PORT: "0" };
  return new ExampleProcess(spawn("bash", ["-c", script], { cwd: folder, env, detached: true }), true);
}

/** A service of the examples in a separate process, which logs JSON lines. It is killed after the test. */
export class ExampleProcess {
  /** The whole output, including standard error. */
  output = "";
  readonly #child: ChildProcess;
  readonly #isGroup: boolean;
  readonly #ended: Promise<number | null>;
  readonly #waiting = new Set<() => void>();

  /** @param isGroup whether the process leads a group, to which signals are then sent */
  constructor(child: ChildProcess, isGroup = false) {
    this.#isGroup = isGroup;
    this.#child = child;
    closeAfterTest({ close: () => this.stop("SIGKILL") });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk) => {
        this.output += chunk;
        this.#changed();
      });
    }
    this.#ended = once(child, "close").then(([code]) => code);
    void this.#ended.then(() => this.#changed());
  }

  get lines(): Line[] {
    const complete = this.output.slice(0, this.output.lastIndexOf("\n") + 1).trim();
    // npm also prints its own lines.
    return complete.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line)] : []));
  }

  /** The URL for callbacks. */
  get url(): string {
    return String(this.lines.find(({ message }) => message === "listening")?.["url"]);
  }

  /** Waits until the service has logged a number of matching lines. @returns the last of them */
  async line(message: string, details: Record<string, unknown> = {}, count = 1): Promise<Line> {
    const wanted = Object.entries({ message, ...details });
    for (;;) {
      const found = this.lines.filter((line) => wanted.every(([name, value]) => line[name] === value))[count - 1];
      if (found) return found;
      const { exitCode, signalCode } = this.#child;
      if (exitCode !== null || signalCode !== null)
        throw new Error(`it ended without a line "${message}": ${this.output}`);
      await new Promise<void>((changed) => this.#waiting.add(changed));
    }
  }

  /** Sends a signal. Resolves with the exit code when the service has ended. */
  stop(signal: NodeJS.Signals): Promise<number | null> {
    const { pid, exitCode, signalCode } = this.#child;
    if (!this.#isGroup || pid === undefined) this.#child.kill(signal);
    else if (exitCode === null && signalCode === null) process.kill(-pid, signal);
    return this.#ended;
  }

  /** Resolves with the exit code when the service has ended by itself. */
  exitCode(): Promise<number | null> {
    return this.#ended;
  }

  #changed(): void {
    for (const changed of this.#waiting) changed();
    this.#waiting.clear();
  }
}
