import { listen } from "./listen";

/**
 * Starts the plugin as the engine does: with the engine's address as the last argument. The first line of standard
 * output is the port.
 */
async function main(): Promise<void> {
  const serving = listen().then(({ server, port }) => {
    // The engine goes on while the rest is loaded, and a call waits for that.
    process.stdout.write(`${port}\n`);
    const { serve } = require("./serve") as typeof import("./serve");
    return serve(server, process.argv.slice(2));
  });
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    serving.then(({ stop }) => stop()).finally(() => process.exit(0));
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, end);
  // The end of the engine, also one that was killed.
  process.stdin.on("end", end).on("error", end).resume();
  await serving;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
});
