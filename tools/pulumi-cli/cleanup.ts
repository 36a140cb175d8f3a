const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const pending = new Set<() => void>();

// Without a listener Node.js dies of these signals at once, leaving child processes, locks and half-filled folders.
function onSignal(signal: NodeJS.Signals): void {
  for (const cleanUp of pending) cleanUp();
  pending.clear();
  stopListening();
  // Somebody else who listens, a test runner for instance, decides what the signal means.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

function startListening(): void {
  for (const signal of SIGNALS) process.on(signal, onSignal);
}

function stopListening(): void {
  for (const signal of SIGNALS) process.off(signal, onSignal);
}

/** Runs `body`, then `cleanUp`, which also runs if a signal ends this process meanwhile; so it must be synchronous. */
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
