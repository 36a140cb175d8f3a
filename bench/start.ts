import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { inTurns, type Row, row } from "./measure";

const PLUGIN = resolve(__dirname, "../plugin/pulumi-resource-tencentcloud-live");

/** The milliseconds from the start of a server to the port that it prints. */
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

/** The start of the plugin, against that of an empty gRPC server, in one file as well. */
export async function startRow(node: string, runs: number): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), "tencentcloud-live-start-"));
  const outfile = join(folder, "emptyServer.js");
  try {
    const entryPoints = [join(__dirname, "emptyServer.ts")];
    await build({ entryPoints, outfile, bundle: true, platform: "node", minifyWhitespace: true });
    const [plugin, empty] = await inTurns(
      runs,
      () => timeToPort(node, PLUGIN),
      () => timeToPort(node, outfile),
    );
    return row("start to port, plugin ÷ an empty gRPC server", "ms", plugin, empty);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
