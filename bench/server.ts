import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** The callback key of the servers that take one. */
export const KEY = "BenchKey2026";

/** A server in a process of its own; it ends when it is disconnected. */
export interface Server {
  process: ChildProcess;
  port: number;
}

/** Starts a script of this folder that sends its port once it listens. */
export async function startServer(script: string, ...args: string[]): Promise<Server> {
  const server = fork(join(__dirname, script), args, {
    execArgv: ["--require", "tsx/cjs", "--expose-gc"],
    env: { PATH: process.env["PATH"], CALLBACK_KEY: KEY },
  });
  const [port] = (await once(server, "message")) as [number];
  return { process: server, port };
}
