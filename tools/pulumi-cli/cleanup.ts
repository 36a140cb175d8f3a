const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const pending = new Set<() => void>();

// Without a listener these signals end Node.js immediately, and leave child processes, locks and partial
// folders.
function onSignal(signal: NodeJS.Signals): void {
  for (const cleanUp of pending) cleanUp();
  pending.clear();
  stopListening();
  // Another listener, for example of a test runner, handles the signal itself.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

function startListening(): void {
  for (const signal of SIGNALS) process.on(signal, onSignal);
}

function stopListening(): void {
  for (const signal of SIGNALS) process.off(signal, onSignal);
}

/**
 * Runs `body`, then `cleanUp`. `cleanUp` must be synchronous, because it also runs if a signal ends the
 * process.
 */
export async function withCleanup<T>(cleanUp: () => void, body: () => Promise<T>): Promise<T> {
  if (pending.size === 0) startListening();
  pending.add(cleanUp);
  try {
    return await body();
  } finally {
    if (pending.delete(cleanUp)) cleanUp();
    if (pending.size === 0) stopListening();
  }
}
