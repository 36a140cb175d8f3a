import { version } from "../../../package.json";
import { engineLog } from "./engineLog";
import { Plugin } from "./plugin";
import schema from "./schema.json";
import { servePlugin } from "./server";

/**
 * Starts the plugin as the engine does: with the engine's address as the last argument. The first line of standard
 * output is the port.
 */
async function main(): Promise<void> {
  const logOf = engineLog(process.argv.slice(2).find((argument) => !argument.startsWith("-")));
  const server = await servePlugin(new Plugin({ schema: JSON.stringify({ ...schema, version }), version, logOf }));
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    server.stop().finally(() => process.exit(0));
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, end);
  // The end of the engine, also one that was killed.
  process.stdin.on("end", end).on("error", end).resume();
  // Last: the engine may end it as soon as it knows the port.
  process.stdout.write(`${server.port}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
});
