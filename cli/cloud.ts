import { Client } from "../provider/api/client";
import { live } from "../provider/api/contract/live";
import { LiveError } from "../provider/api/errors";
import { type Budget, DEFAULT_BACKOFF, startBudget } from "../provider/api/retry";
import { createCredentials } from "../provider/credentials";
import { redact } from "../provider/redaction";
import { readSettings } from "../provider/settings";
import type { Terminal } from "./terminal";

/** A command has no stack, hence no stack configuration. */
const noConfiguration = () => undefined;

/** What no message may show: the secrets that were found on the way to the API. */
const secrets = new Set<string>();

/** The API, with the provider's settings and credentials as the environment has them. */
export function cloud({ environment, now }: Terminal): { client: Client; budget: () => Budget } {
  const settings = readSettings(noConfiguration, environment);
  const credentials = createCredentials({
    ...{ config: noConfiguration, environment, settings, backoff: DEFAULT_BACKOFF, now },
    keepSecret: (found) => {
      for (const secret of found) secrets.add(secret);
    },
  });
  const client = new Client(live, { ...settings, credentials, backoff: DEFAULT_BACKOFF, now });
  return { client, budget: () => startBudget(settings.retryMs) };
}

/** What to do about errors whose remedy in a deployment is a key of its configuration. */
const REMEDIES: Readonly<Record<string, string>> = {
  "Provider.NetworkError": "Check the network, the proxy settings and TENCENTCLOUD_LIVE_ENDPOINT.",
  "Provider.Timeout": "Check the network, and run again.",
  "Provider.HttpStatus": "Check TENCENTCLOUD_LIVE_ENDPOINT and the proxy settings, and run again.",
  "Provider.InvalidResponse": "Check TENCENTCLOUD_LIVE_ENDPOINT and the proxy settings, and run again.",
};

/** An error of the API client in one line, without secrets; `undefined` for any other error. */
export function cloudFailure(error: unknown): string | undefined {
  if (!(error instanceof LiveError)) return undefined;
  const { code, action = "none", requestId = "none", retryable } = error;
  const codes = `(code=${code} action=${action} requestId=${requestId} retryable=${retryable})`;
  const reason = error.message.replace(/the stack configuration \([^)]*\), /, "");
  const line = [`${reason}.`, REMEDIES[code] ?? error.remedy, codes].filter(Boolean).join(" ");
  return redact(line, secrets);
}
