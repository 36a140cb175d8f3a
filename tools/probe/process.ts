import { runCommand, type Tool } from "./command";

/** Runs a tool as this process. */
export async function runAsProcess(tool: Tool): Promise<void> {
  const interruption = new AbortController();
  // Further signals change nothing: a terminal and npm both deliver Ctrl-C, and cleaning up must not be cut short.
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => interruption.abort());
  // A reader that goes away must not end the process before it has cleaned up.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  process.exitCode = await runCommand(tool, process.argv.slice(2), {
    environment: process.env,
    signal: interruption.signal,
    stdout: (line) => process.stdout.write(`${line}\n`),
    stderr: (line) => process.stderr.write(`${line}\n`),
  });
}
