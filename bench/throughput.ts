import { EMULATOR_CREDENTIALS } from "../emulator";
import { API_VERSION, SERVICE } from "../provider/api/contract/live";
import { authorization } from "../provider/api/signature";
import { load, post } from "./load";
import { inTurns, type Row, row } from "./measure";
import { startServer } from "./server";

const REQUESTS = 5_000;
const CONNECTIONS = 16;

/** Creates a signed call as the provider sends it. */
function signedCall(port: number): string {
  const body = "{}";
  const action = "DescribeLiveCallbackTemplates";
  const timestamp = Math.floor(Date.now() / 1000);
  const headers = { "content-type": "application/json", host: `127.0.0.1:${port}`, "x-tc-action": action };
  const signable = { method: "POST", query: "", headers, signedHeaders: Object.keys(headers), payload: body };
  return post("/", body, {
    ...headers,
    authorization: authorization(EMULATOR_CREDENTIALS, timestamp, SERVICE, signable),
    "x-tc-version": API_VERSION,
    "x-tc-timestamp": String(timestamp),
  });
}

/** Compares requests per second of the emulator, which verifies each signature, with a bare JSON server. */
export async function throughputRows(runs: number): Promise<Row[]> {
  const [emulator, echo] = await Promise.all([
    startServer("emulatorServer.ts"),
    startServer("receiverServer.ts", "echo"),
  ]);
  const perSecond = async (port: number, request: string): Promise<number> =>
    (
      await load(
        port,
        Array.from({ length: REQUESTS }, () => request),
        CONNECTIONS,
      )
    ).perSecond;
  try {
    const measure = () =>
      inTurns(
        runs,
        () => perSecond(emulator.port, signedCall(emulator.port)),
        () => perSecond(echo.port, post("/", "{}")),
      );
    await measure();
    const [ours, floor] = await measure();
    return [row("emulator requests ÷ a bare JSON server", "/s", ours, floor, "more")];
  } finally {
    for (const { process } of [emulator, echo]) process.disconnect();
  }
}
