/** What the environment says. */
export interface Settings {
  /** The template's callback key, and while it is being changed the previous one too. */
  keys: readonly string[];
  host: string;
  port: number;
}

/** Reads the settings. What is missing or wrong is an error that names the variable, and never shows a key. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const { CALLBACK_KEY, CALLBACK_KEY_PREVIOUS, HOST = "127.0.0.1", PORT = "8080" } = environment;
  // A file of a secret store often ends with a line end.
  const [key, previous] = [CALLBACK_KEY, CALLBACK_KEY_PREVIOUS].map((one) => one?.trim());
  if (!key) throw new Error("CALLBACK_KEY is missing: set it to the callback key of the template");
  if (!/^\d{1,5}$/.test(PORT) || Number(PORT) > 65_535) throw new Error("PORT must be a number from 0 to 65535");
  return { keys: previous ? [key, previous] : [key], host: HOST, port: Number(PORT) };
}
