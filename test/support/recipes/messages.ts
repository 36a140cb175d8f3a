import { gzipSync } from "node:zlib";
import { signCallback } from "../../../receiver";
import type { Output } from "../package/service";
import { streamBegin } from "../receiverSamples";

export const KEY = "RecipeKey1";

/** A message, and the expected response of a receiver. */
export interface SentMessage {
  what: string;
  stream: string;
  body: Uint8Array;
  headers: Record<string, string>;
  /** The status and the `code` of the body. */
  response: string;
}

/** A genuine message. */
export function signedText(stream: string, key = KEY): string {
  const t = Math.floor(Date.now() / 1000) + 600;
  return JSON.stringify({ ...streamBegin, stream_id: stream, sequence: stream, t, sign: signCallback(key, t) });
}

const FORM = { "content-type": "application/x-www-form-urlencoded" };

/** Messages that each receiver must accept or reject in every framework. */
export function messages(): SentMessage[] {
  const message = (
    what: string,
    response: string,
    headers = {},
    encode = (text: string): string | Uint8Array => text,
  ) => {
    const stream = what.replaceAll(" ", "-");
    const body = encode(signedText(stream, what === "forged" ? "OtherKey1" : KEY));
    return { what, response, stream, headers, body: typeof body === "string" ? new TextEncoder().encode(body) : body };
  };
  return [
    message("signed as JSON", "200 0", { "content-type": "application/json" }),
    message("signed without a content type", "200 0"),
    message("signed with the content type of a form", "200 0", FORM),
    message("compressed", "200 0", { "content-type": "application/json", "content-encoding": "gzip" }, gzipSync),
    message("forged", "403 invalid_signature", { "content-type": "application/json" }),
    message("a form", "400 invalid_json", FORM, (text) => `message=${encodeURIComponent(text)}`),
  ];
}

async function responseTo(url: string, { body, headers }: Pick<SentMessage, "body" | "headers">): Promise<string> {
  const response = await fetch(url, { method: "POST", body, headers });
  const { code } = (await response.json()) as { code: unknown };
  return `${response.status} ${code}`;
}

/** The responses that each receiver must return, by message. */
export const EXPECTED = Object.fromEntries(messages().map(({ what, response }) => [what, response]));

/** Sends every message, and waits until the handler has printed each accepted one. */
export async function responsesAt(url: string, program: Output): Promise<Record<string, string>> {
  const responses: Record<string, string> = {};
  for (const message of messages()) {
    responses[message.what] = await responseTo(url, message);
    if (responses[message.what] === "200 0") await program.printed(new RegExp(`^(${message.stream}) has begun$`, "m"));
  }
  return responses;
}
