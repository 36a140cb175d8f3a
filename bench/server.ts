import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** The callback key of the receivers. */
export const KEY = "BenchKey2026";

/** A server in its own process, which ends when it is disconnected. */
export interface Server {
  process: ChildProcess;
  port: number;
}

/** Starts a script of this folder. Resolves when the script has sent its port. */
export async function startServer(script: string, ...args: string[]): Promise<Server> {
  const server = fork(join(__dirname, script), args, {
    execArgv: ["--require", "tsx/cjs", "--expose-gc"],
    env: { PATH: process.env["PATH"], CALLBACK_KEY: KEY },
  });
  const [port] = (await once(server, "message")) as [number];
  return { process: server, port };
}
