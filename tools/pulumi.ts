import { type ChildProcess, spawn } from "node:child_process";
import { findPulumi } from "./findPulumi";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

// npm, tsx and the sender may each deliver the same signal. A deliberate second signal comes later than this.
const SAME_SIGNAL_MS = 500;

// A second signal makes the CLI stop without saving, so each signal must reach it exactly once. A terminal
// sends Ctrl-C to all its processes, including the CLI. Without a terminal the CLI runs in its own process
// group, and receives only the signals that are forwarded here.
function forwardSignals(child: ChildProcess, inTerminal: boolean): void {
  const last = new Map<NodeJS.Signals, number>();
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (inTerminal && signal === "SIGINT") return;
      const now = Date.now();
      if (now - (last.get(signal) ?? 0) < SAME_SIGNAL_MS) return;
      last.set(signal, now);
      child.kill(signal);
    });
  }
}

function endAs(code: number | null, signal: NodeJS.Signals | null): void {
  if (signal === null) {
    process.exitCode = code ?? 1;
    return;
  }
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

async function main(args: string[]): Promise<void> {
  const { command, env } = await findPulumi();
  const inTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  const child = spawn(command, args, {
    stdio: "inherit",
    env: { ...process.env, ...env },
    detached: !inTerminal && process.platform !== "win32",
  });
  forwardSignals(child, inTerminal);
  await new Promise<void>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      endAs(code, signal);
      resolve();
    });
  });
}

main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
