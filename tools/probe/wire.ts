import axios, { type AxiosInstance } from "axios";
import { type Clock, withTimeout } from "../../provider/api/clock";
import { isLoopbackHost } from "../../provider/api/contract/hosts";
import { type Action, API_VERSION, live, type Request, SERVICE } from "../../provider/api/contract/live";
import { envelope } from "../../provider/api/contract/service";
import type { Credentials } from "../../provider/api/credentials";
import {
  ApiError,
  isForbidden,
  isThrottled,
  isTransient,
  mayHaveExecuted,
  TransportError,
} from "../../provider/api/errors";
import { parseJson } from "../../provider/api/json";
import { remedyFor } from "../../provider/api/remedies";
import type { Backoff, Budget } from "../../provider/api/retry";
import { authorization } from "../../provider/api/signature";
import { transportError } from "../../provider/api/transport";
import { environmentHost } from "../../provider/hosts/environment";
import type { Settings } from "../../provider/settings";
import { Unsettled } from "./answers";

/** An object of a response without conversion: `null` and absent members differ. */
export type Raw = Readonly<Record<string, unknown>>;

/**
 * The outcome of a call: its response, or the error of the API. `unsure`: an earlier attempt got no response
 * and may have been executed, which can be the reason for the error.
 */
export type Outcome = Result & { unsure: boolean };
type Result = { response: Raw; rejected?: undefined } | { rejected: ApiError; response?: undefined };

export interface WireOptions {
  settings: Pick<Settings, "endpoint" | "region" | "requestTimeoutMs">;
  credentials: Credentials;
  backoff: Backoff;
  clock: Clock;
  /** The shortest time between two calls, in milliseconds. */
  paceMs: number;
}

/** The limits of a run. */
export interface Limits {
  budget: Budget;
  signal?: AbortSignal | undefined;
}

const CONTENT_TYPE = "application/json; charset=utf-8";
const ATTEMPTS = 4;

/** The run was interrupted, or took too long. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}

/**
 * Sends signed calls one at a time, and returns responses without conversion. The provider's client treats
 * `null` and absent members alike, which hides differences that the probe examines.
 */
export class Wire {
  readonly #http: AxiosInstance;
  #nextCall = 0;

  constructor(
    private readonly options: WireOptions,
    private readonly limits: Limits,
  ) {
    this.#http = axios.create({
      maxRedirects: 0,
      responseType: "text",
      transformRequest: [(data) => data],
      transformResponse: [(data) => data],
      validateStatus: () => true,
      ...(isLoopbackHost(options.settings.endpoint.hostname) && { proxy: false as const }),
    });
  }

  /** Returns a wire with other limits, for the cleanup after the first limits are reached. */
  within(limits: Limits): Wire {
    return new Wire(this.options, limits);
  }

  get clock(): Clock {
    return this.options.clock;
  }

  get backoff(): Backoff {
    return this.options.backoff;
  }

  /**
   * Calls an action, with a few more attempts after throttling and transient errors. Never repeats the create
   * of a template that may have been executed.
   *
   * @throws Stopped if the run has to end.
   * @throws Unsettled if the credentials do not permit the action.
   * @throws TransportError, ApiError if the API cannot be used.
   */
  async call<A extends Action>(action: A, request: Request<A>): Promise<Outcome> {
    let unsure = false;
    for (let attempt = 1; ; attempt++) {
      const last = attempt === ATTEMPTS;
      try {
        const result = await this.#once(action, request);
        if (last || !result.rejected || !this.#again(action, result.rejected)) return { ...usable(result), unsure };
        unsure ||= mayHaveExecuted(result.rejected);
      } catch (error) {
        if (last || !this.#again(action, error)) throw error;
        unsure ||= mayHaveExecuted(error);
      }
      const { initialDelayMs, maxDelayMs } = this.options.backoff;
      await this.clock.sleep(Math.min(maxDelayMs, initialDelayMs * 2 ** (attempt - 1)));
    }
  }

  #again(action: Action, error: unknown): boolean {
    if (isThrottled(error)) return true;
    if (action === "CreateLiveCallbackTemplate" && mayHaveExecuted(error)) return false;
    return isTransient(error) || (error instanceof TransportError && error.retryable);
  }

  async #once(action: Action, request: object): Promise<Result> {
    await this.#admit();
    const { endpoint, requestTimeoutMs } = this.options.settings;
    const body = JSON.stringify(request);
    const headers = this.#headers(action, body);
    try {
      // An interruption does not abort a running call, because its outcome would be unknown.
      const post = (signal: AbortSignal) => this.#http.post<string>(endpoint.href, body, { headers, signal });
      const { status, data } = await withTimeout(this.clock, requestTimeoutMs, post);
      return parse(action, status, data);
    } catch (error) {
      throw error instanceof TransportError
        ? error
        : transportError(error, { service: live, action, endpoint, requestTimeoutMs, host: environmentHost });
    }
  }

  /** Waits until the next call may be sent. @throws Stopped if the run has to end */
  async #admit(): Promise<void> {
    const wait = this.#nextCall - this.clock.monotonic();
    if (wait > 0) await this.clock.sleep(wait);
    this.#nextCall = this.clock.monotonic() + this.options.paceMs;
    if (this.limits.signal?.aborted) throw new Stopped("interrupted");
    if (this.limits.budget.remainingMs() === 0) throw new Stopped("it took too long");
  }

  #headers(action: Action, payload: string): Record<string, string> {
    const { settings, credentials } = this.options;
    const timestamp = Math.floor(this.clock.now() / 1000);
    const headers = { "content-type": CONTENT_TYPE, host: settings.endpoint.host, "x-tc-action": action };
    const signable = { method: "POST", query: "", headers, signedHeaders: Object.keys(headers), payload };
    return {
      ...headers,
      authorization: authorization(credentials, timestamp, SERVICE, signable),
      "x-tc-version": API_VERSION,
      "x-tc-timestamp": String(timestamp),
      "x-tc-language": "en-US",
      ...(settings.region && { "x-tc-region": settings.region }),
      ...(credentials.securityToken && { "x-tc-token": credentials.securityToken }),
    };
  }
}

/** Returns a result that can settle a question. @throws for errors that do not depend on the request */
function usable(outcome: Result): Result {
  const { rejected } = outcome;
  if (!rejected) return outcome;
  if (isForbidden(rejected)) throw new Unsettled(`the credentials do not permit ${rejected.action} (${rejected.code})`);
  if (isThrottled(rejected) || rejected.code.startsWith("AuthFailure")) throw rejected;
  return outcome;
}

function parse(action: Action, status: number, text: string): Result {
  const response = status === 200 ? envelope.safeParse(parseJson(text)) : undefined;
  if (!response?.success) {
    const reason = status === 200 ? "the response is not a JSON message of the API" : `HTTP status ${status}`;
    const isTransientStatus = status === 200 || status >= 500 || status === 429;
    throw new TransportError(reason, {
      code: "Provider.InvalidResponse",
      action,
      retryable: isTransientStatus,
      mayHaveExecuted: isTransientStatus,
    });
  }
  const { Error: error, RequestId: requestId, ...fields } = response.data.Response;
  if (!error) return { response: fields };
  const { Code: code, Message: message } = error;
  const remedy = remedyFor(code, { service: SERVICE, action, advice: environmentHost.advice });
  return { rejected: new ApiError(message, { code, action, requestId, remedy }) };
}
