import { EMULATOR_CREDENTIALS, type Emulator, type EmulatorOptions, startEmulator } from "../../emulator";
import { API_VERSION, SERVICE } from "../../provider/api/contract/live";
import { authorization, type SigningKeys } from "../../provider/api/signature";
import { closeAfterTest, perTest } from "./lifetime";

/** Starts an emulator, which is closed after the test. */
export async function startForTest(options?: EmulatorOptions): Promise<Emulator> {
  return closeAfterTest(await startEmulator(options));
}

/** Starts an emulator before each test of the suite, and closes it afterwards. */
export const useEmulator = (options?: EmulatorOptions): Emulator => perTest(() => startEmulator(options));

/** The changes of a test to an otherwise valid call. */
export interface CallChanges {
  keys?: SigningKeys;
  /** Signing time in seconds. */
  timestamp?: number;
  method?: string;
  /** The body that is sent if it differs from the signed one. */
  sentBody?: string;
  /** Replaces headers after signing. `undefined` removes a header. */
  headers?: Record<string, string | undefined>;
}

/** The content of the response's envelope. */
export interface ApiResponse {
  RequestId: string;
  Error?: { Code: string; Message: string };
  [name: string]: unknown;
}

/** Sends one signed call over HTTP, without retries or conversions. */
export async function send(
  emulator: Pick<Emulator, "url">,
  action: string,
  request: unknown = {},
  changes: CallChanges = {},
): Promise<globalThis.Response> {
  const { keys = EMULATOR_CREDENTIALS, timestamp = Math.floor(Date.now() / 1000), method = "POST" } = changes;
  const payload = typeof request === "string" ? request : JSON.stringify(request);
  const signed = { "content-type": "application/json", host: new URL(emulator.url).host };
  const headers = {
    "content-type": signed["content-type"],
    "x-tc-action": action,
    "x-tc-version": API_VERSION,
    "x-tc-timestamp": String(timestamp),
    authorization: authorization(keys, timestamp, SERVICE, {
      ...{ method, query: "", headers: signed, signedHeaders: Object.keys(signed), payload },
    }),
    ...changes.headers,
  };
  const present = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const body = method === "GET" ? undefined : (changes.sentBody ?? payload);
  return fetch(emulator.url, { method, headers: present, body });
}

/** Returns the response to one signed call. */
export async function call(...args: Parameters<typeof send>): Promise<ApiResponse> {
  const response = await send(...args);
  return ((await response.json()) as { Response: ApiResponse }).Response;
}

/** Returns the error code of one signed call, or `undefined` if it succeeded. */
export async function codeOf(...args: Parameters<typeof send>): Promise<string | undefined> {
  return (await call(...args)).Error?.Code;
}
