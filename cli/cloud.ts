import type { Client } from "../provider/api/client";
import { LiveError } from "../provider/api/errors";
import { type Budget, DEFAULT_BACKOFF, startBudget } from "../provider/api/retry";
import { connect } from "../provider/connection";
import { environmentHost } from "../provider/hosts/environment";
import { codesOf } from "../provider/operationError";
import { redact } from "../provider/redaction";
import { readSettings } from "../provider/settings";
import type { Terminal } from "./command";

/** What no message may show: the secrets that were found on the way to the API. */
const secrets = new Set<string>();

/** The API, with the provider's settings and credentials as the environment has them. */
export function cloud({ environment, clock }: Terminal): { client: Client; budget: () => Budget } {
  const settings = readSettings(environmentHost, environment);
  const keepSecret = (found: readonly string[]) => {
    for (const secret of found) secrets.add(secret);
  };
  const context = { host: environmentHost, environment, settings, backoff: DEFAULT_BACKOFF, clock, keepSecret };
  return { client: connect(context).client, budget: () => startBudget(clock, settings.retryMs) };
}

/** An error of the API client in one line, without secrets; `undefined` for any other error. */
export function cloudFailure(error: unknown): string | undefined {
  if (!(error instanceof LiveError)) return undefined;
  return redact([`${error.message}.`, error.remedy, codesOf(error)].filter(Boolean).join(" "), secrets);
}
