import { type ChildProcess, spawn } from "node:child_process";
import { findPulumi } from "./findPulumi";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

// npm, tsx and the sender may each deliver the same signal; a deliberate second one comes later than this.
const SAME_SIGNAL_MS = 500;

// The CLI takes a second signal as "stop at once, save nothing": exactly one must reach it for one that was sent.
// A terminal sends Ctrl-C to every process in it, so there the CLI has it already. Elsewhere the CLI gets a process
// group of its own, hence only what is passed on here.
function passOnSignals(child: ChildProcess, inTerminal: boolean): void {
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
  passOnSignals(child, inTerminal);
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
