import { connect } from "node:net";
import { EMULATOR_CREDENTIALS } from "../../../emulator";
import { API_VERSION, SERVICE } from "../../../provider/api/contract/live";
import { authorization } from "../../../provider/api/signature";

const LATEST_MS = 10_000;

/**
 * Sends bytes over a new connection and closes this side. Returns what arrives until the other side closes.
 */
export function exchange(port: number, bytes: Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, "127.0.0.1");
    socket.setTimeout(LATEST_MS, () => {
      reject(new Error(`neither a response nor an end within ${LATEST_MS} ms`));
      socket.destroy();
    });
    socket.on("data", (chunk) => chunks.push(chunk));
    // A reset also ends the response.
    socket.on("error", () => {});
    socket.on("close", () => resolve(String(Buffer.concat(chunks))));
    socket.end(bytes);
  });
}

/** Formats an HTTP request, valid or not. */
export function onWire(
  method: string,
  path: string,
  headers: Record<string, string>,
  body: string | Uint8Array,
): Buffer {
  const payload = Buffer.from(body);
  const all = { host: "127.0.0.1", connection: "close", "content-length": String(payload.length), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n`), payload]);
}

/** Returns a request that the gateway accepts, whatever its body is. */
export function signed(action: string, body: string): Buffer {
  const timestamp = Math.floor(Date.now() / 1000);
  const headers = { "content-type": "application/json", host: "127.0.0.1" };
  const signable = { method: "POST", query: "", headers, signedHeaders: Object.keys(headers), payload: body };
  return onWire(
    "POST",
    "/",
    {
      ...headers,
      "x-tc-action": action,
      "x-tc-version": API_VERSION,
      "x-tc-timestamp": String(timestamp),
      authorization: authorization(EMULATOR_CREDENTIALS, timestamp, SERVICE, signable),
    },
    body,
  );
}
