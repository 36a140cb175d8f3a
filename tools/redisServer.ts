import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Returns the reason why no server can be started, or `undefined` if one can. */
export const redisMissing = (): string | undefined =>
  spawnSync("redis-server", ["--version"]).error && "redis-server is not installed: apt-get install redis-server";

/** A separate `redis-server` for a test or a benchmark, on a free port and without persistence. */
export class RedisServer {
  readonly port: number;
  readonly #folder = mkdtempSync(join(tmpdir(), "tencentcloud-live-redis-"));
  #process: ChildProcess | undefined;

  private constructor(port: number) {
    this.port = port;
  }

  static async start(): Promise<RedisServer> {
    const server = new RedisServer(await freePort());
    await server.restart();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Restarts the server on its port, without data. */
  async restart(): Promise<void> {
    await this.kill();
    const options = { port: this.port, bind: "127.0.0.1", dir: this.#folder, save: "", appendonly: "no" };
    const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const child = spawn("redis-server", args, { stdio: ["ignore", "pipe", "inherit"] });
    this.#process = child;
    let log = "";
    for await (const chunk of child.stdout) {
      log += chunk;
      if (log.includes("Ready to accept connections")) break;
    }
    if (!log.includes("Ready to accept connections")) throw new Error(`redis-server does not start: ${log}`);
  }

  /** Kills the server, like a power failure. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }

  /** Suspends the server: it accepts commands but does not respond until `resume`. */
  suspend(): void {
    this.#process?.kill("SIGSTOP");
  }

  resume(): void {
    this.#process?.kill("SIGCONT");
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
