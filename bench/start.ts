import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { withBundle } from "./bundle";
import { inTurns, type Row, row } from "./measure";

const PLUGIN = resolve(__dirname, "../plugin/pulumi-resource-tencentcloud-live");

/** Returns the milliseconds from the start of a server until it prints its port. */
async function timeToPort(node: string, script: string): Promise<number> {
  const started = performance.now();
  const server = spawn(node, [script], { stdio: ["pipe", "pipe", "inherit"] });
  await once(server.stdout, "data");
  const took = performance.now() - started;
  const ended = once(server, "exit");
  server.stdin.end();
  await ended;
  return took;
}

/**
 * Compares the start of the plugin with the start of an empty gRPC server that is also bundled into one file.
 */
export async function startRow(node: string, runs: number): Promise<Row> {
  return withBundle("emptyServer.ts", "emptyServer.js", async (server) => {
    const [plugin, empty] = await inTurns(
      runs,
      () => timeToPort(node, PLUGIN),
      () => timeToPort(node, server),
    );
    return row("start to port, plugin ÷ an empty gRPC server", "ms", plugin, empty);
  });
}
