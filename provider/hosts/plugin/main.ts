import { listen } from "./listen";

/**
 * Runs the plugin for the engine, which passes its own address as the last argument and reads the port from
 * the first line of standard output.
 */
async function main(): Promise<void> {
  const serving = listen().then(({ server, port }) => {
    // The engine continues while the rest is loaded. A call waits until that is done.
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
  // Standard input ends when the engine ends, even if it is killed.
  process.stdin.on("end", end).on("error", end).resume();
  await serving;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
});
