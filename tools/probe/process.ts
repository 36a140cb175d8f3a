import { runCommand, type Tool } from "./command";

/** Runs a tool in this process. */
export async function runAsProcess(tool: Tool): Promise<void> {
  const interruption = new AbortController();
  // Further signals have no effect: a terminal and npm both deliver Ctrl-C, and the cleanup must not be
  // interrupted.
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => interruption.abort());
  // If the reader of the output ends, the process still has to clean up.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  process.exitCode = await runCommand(tool, process.argv.slice(2), {
    environment: process.env,
    signal: interruption.signal,
    stdout: (line) => process.stdout.write(`${line}\n`),
    stderr: (line) => process.stderr.write(`${line}\n`),
  });
}
