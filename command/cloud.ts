import { live } from "../provider/api/actions";
import { Client } from "../provider/api/client";
import { LiveError } from "../provider/api/errors";
import { type Budget, DEFAULT_BACKOFF, startBudget } from "../provider/api/retry";
import { readSettings } from "../provider/config";
import { findCredentials } from "../provider/credentials";
import { redact } from "../provider/redact";
import type { Terminal } from "./terminal";

/** A command has no stack, hence no stack configuration. */
const noConfiguration = () => undefined;

/** The API, with the provider's settings and credentials as the environment has them. */
export function cloud({ environment, now }: Terminal): { client: Client; budget: () => Budget } {
  const settings = readSettings(noConfiguration, environment);
  const credentials = () => findCredentials(noConfiguration, environment);
  const client = new Client(live, { ...settings, credentials, backoff: DEFAULT_BACKOFF, now });
  return { client, budget: () => startBudget(settings.retryMs) };
}

/** What to do about errors whose remedy in a deployment is a key of its configuration. */
const REMEDIES: Readonly<Record<string, string>> = {
  "Provider.NetworkError": "Check the network, the proxy settings and TENCENTCLOUD_LIVE_ENDPOINT.",
  "Provider.Timeout": "Check the network, and run again.",
  "Provider.HttpStatus": "Check TENCENTCLOUD_LIVE_ENDPOINT and the proxy settings, and run again.",
  "Provider.InvalidResponse": "Check TENCENTCLOUD_LIVE_ENDPOINT and the proxy settings, and run again.",
  "Provider.CredentialsNotFound": "Set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY.",
};

/** An error of the API client in one line, without secrets; `undefined` for any other error. */
export function cloudFailure(error: unknown, { environment }: Terminal): string | undefined {
  if (!(error instanceof LiveError)) return undefined;
  const { code, action = "none", requestId = "none", retryable } = error;
  const notFound = code === "Provider.CredentialsNotFound";
  const reason = notFound ? "no credentials were found in the environment" : error.message;
  const codes = `(code=${code} action=${action} requestId=${requestId} retryable=${retryable})`;
  const line = [`${reason}.`, REMEDIES[code] ?? error.remedy, codes].filter(Boolean).join(" ");
  const names = Object.keys(environment).filter((name) => /^TENCENTCLOUD_(SECRET_KEY|.*TOKEN)$/.test(name));
  return redact(
    line,
    names.map((name) => environment[name]?.trim() ?? ""),
  );
}
