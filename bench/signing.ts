import Sign from "tencentcloud-sdk-nodejs/tencentcloud/common/sign";
import { authorization } from "../provider/api/signature";
import { inTurns, type Row, row } from "./measure";

const KEYS = { secretId: "AKIDEXAMPLE", secretKey: "ExampleSecretKey" };
const SIGNATURES = 20_000;
const BODY = { TemplateName: "hooks", StreamBeginNotifyUrl: "https://hooks.example.com/live" };
const HOST = "live.tencentcloudapi.com";
const CONTENT_TYPE = "application/json";

function perSecond(sign: (timestamp: number) => unknown): number {
  const started = performance.now();
  for (let n = 0; n < SIGNATURES; n++) sign(1_790_000_000 + n);
  return SIGNATURES / ((performance.now() - started) / 1000);
}

const ours = (timestamp: number): string => {
  const headers = { "content-type": CONTENT_TYPE, host: HOST };
  const signable = {
    method: "POST",
    query: "",
    headers,
    signedHeaders: Object.keys(headers),
    payload: JSON.stringify(BODY),
  };
  return authorization(KEYS, timestamp, "live", signable);
};

const official = (timestamp: number): string =>
  Sign.sign3({
    ...KEYS,
    method: "POST",
    url: `https://${HOST}/`,
    payload: BODY,
    timestamp,
    service: "live",
    multipart: false,
    boundary: "",
    headers: { "Content-Type": CONTENT_TYPE },
  });

/** Compares signatures per second with the official SDK's signer, for the same request. */
export async function signingRows(runs: number): Promise<Row[]> {
  if (ours(1) !== official(1)) throw new Error("the two signers return different signatures");
  const [mine, theirs] = await inTurns(
    runs,
    async () => perSecond(ours),
    async () => perSecond(official),
  );
  return [row("signatures ÷ the official SDK's", "/s", mine, theirs, "more")];
}
