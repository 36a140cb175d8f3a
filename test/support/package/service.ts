import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { type PackedPackage, receiverAlone } from "./packed";

/** The output of a running program. */
export interface Output {
  /** Waits for output that matches, and returns the captured group. */
  printed(pattern: RegExp): Promise<string>;
}

/** A running program. */
export interface RunningProgram extends Output {
  ended: Promise<unknown>;
  /** Ends the program. @param signal @default "SIGKILL" */
  stop(signal?: NodeJS.Signals): void;
}

/**
 * Runs an ES module with only the packed package and the dependencies of its receiver. The module may call
 * `ready`, which prints the port, when it listens.
 */
export function serviceOf(packed: PackedPackage, program: string): RunningProgram {
  const folder = receiverAlone(packed);
  const ready = 'function ready() { console.log("port " + this.address().port); }';
  writeFileSync(join(folder, "service.mjs"), `${program}\n${ready}\n`);
  const env = { PATH: process.env["PATH"], CALLBACK_KEY: "ReadmeKey1" };
  const child = spawn(process.execPath, ["service.mjs"], { cwd: folder, env });
  const running = outputOf(child);
  return {
    ...running,
    stop() {
      running.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Reads the output of a running program. */
export function outputOf(child: ChildProcessWithoutNullStreams): RunningProgram {
  const { printed } = outputOfStreams(child.stdout, child.stderr);
  return { printed, ended: once(child, "close"), stop: (signal = "SIGKILL") => child.kill(signal) };
}

/** Collects the data of two streams. */
export function outputOfStreams(...streams: Readable[]): Output {
  let output = "";
  let open = streams.length;
  const changed = new EventEmitter();
  for (const stream of streams) {
    stream.on("data", (chunk) => {
      output += chunk;
      changed.emit("more");
    });
    stream.once("close", () => {
      open -= 1;
      changed.emit("more");
    });
  }
  return {
    async printed(pattern) {
      for (;;) {
        const found = pattern.exec(output)?.[1];
        if (found !== undefined) return found;
        if (open === 0) throw new Error(`it ended: ${output}`);
        await once(changed, "more");
      }
    },
  };
}
