import type { Client } from "../provider/api/client";
import { LiveError } from "../provider/api/errors";
import { type Budget, DEFAULT_BACKOFF } from "../provider/api/retry";
import { connect } from "../provider/connection";
import { sharedBudget } from "../provider/credentials/context";
import { environmentHost } from "../provider/hosts/environment";
import type { Severity } from "../provider/log";
import { describeFailure } from "../provider/operationError";
import { redactor } from "../provider/redaction";
import { readSettings, secretSettings } from "../provider/settings";
import { oneLine, type Words } from "../provider/words";
import type { Terminal } from "./command";

/** The secrets that the client has found. No message may show them. */
const secrets = new Set<string>();

/** Connects to the API with the provider's settings and credentials, from environment variables only. */
export function cloud({ environment, clock }: Terminal): { client: Client; budget: () => Budget } {
  const keepSecret = (found: readonly string[]) => {
    for (const secret of found) secrets.add(secret);
  };
  keepSecret(secretSettings(environmentHost, environment));
  const settings = readSettings(environmentHost, environment);
  const log = (severity: Severity, message: Words) =>
    environmentHost.log(severity, oneLine(message, redactor(secrets)));
  const context = { host: environmentHost, environment, settings, backoff: DEFAULT_BACKOFF, clock, keepSecret, log };
  return { client: connect(context).client, budget: () => sharedBudget(context) };
}

/** Formats an error of the API client in one line, without secrets. Returns `undefined` for other errors. */
export function cloudFailure(error: unknown): string | undefined {
  return error instanceof LiveError ? describeFailure(error, [...secrets]) : undefined;
}
