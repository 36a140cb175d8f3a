/** The settings of the service, from environment variables. */
export interface Settings {
  /** The template's callback key, and during a rotation also the previous one. */
  keys: readonly string[];
  host: string;
  port: number;
}

/** Reads the settings. The error for a missing or invalid variable contains its name, but never a key. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const { CALLBACK_KEY, CALLBACK_KEY_PREVIOUS, HOST = "127.0.0.1", PORT = "8080" } = environment;
  // A file from a secret store often ends with a line break.
  const [key, previous] = [CALLBACK_KEY, CALLBACK_KEY_PREVIOUS].map((one) => one?.trim());
  if (!key) throw new Error("CALLBACK_KEY is missing: set it to the callback key of the template");
  if (!/^\d{1,5}$/.test(PORT) || Number(PORT) > 65_535) throw new Error("PORT must be a number from 0 to 65535");
  return { keys: previous ? [key, previous] : [key], host: HOST, port: Number(PORT) };
}
