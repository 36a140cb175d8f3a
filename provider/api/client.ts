import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import axios, { type AxiosInstance, type AxiosResponse } from "axios";
import type { Host } from "../host";
import { own, words } from "../words";
import { type Clock, withTimeout } from "./clock";
import { isLoopbackHost } from "./contract/hosts";
import type { live } from "./contract/live";
import type { ActionOf, RequestOf, ResponseOf, Service } from "./contract/service";
import { type Credentials, type GetCredentials, sameKeys } from "./credentials";
import { areCredentialsRejected, isThrottled, isTransient, ProviderError, TransportError } from "./errors";
import { RateLimiter } from "./rateLimiter";
import { parseResponse } from "./response";
import { type Backoff, type Budget, retryWhile } from "./retry";
import { authorization } from "./signature";
import { transportError } from "./transport";

/**
 * Shorter than any server keeps an idle connection open, so that no create is sent on a connection that the
 * server is closing.
 */
const IDLE_CONNECTION_MS = 4_000;

/** A list of 10,000 rules has about 2 MB. */
const MAX_RESPONSE_BYTES = 64 * 1024 * 1024;

const CONTENT_TYPE = "application/json; charset=utf-8";

/** The `Authorization` header of an action that takes no signature. */
const UNSIGNED = "SKIP";

export interface ClientOptions {
  endpoint: URL;
  region?: string | undefined;
  credentials: GetCredentials;
  /** How long one request may take, in milliseconds. */
  requestTimeoutMs: number;
  backoff: Backoff;
  clock: Clock;
  /** Provides the advice in errors. */
  host: Host;
  /** Whether calls that change the account may begin. @default always */
  mayWrite?: (() => boolean) | undefined;
}

/**
 * Calls one service: signs, sends and retries requests, and parses responses into typed results or errors.
 */
export class Client<S extends Service = typeof live> {
  readonly #service: S;
  readonly #options: ClientOptions;
  readonly #http: AxiosInstance;
  readonly #limiters: Record<ActionOf<S>, RateLimiter>;

  constructor(service: S, options: ClientOptions) {
    this.#service = service;
    this.#options = options;
    const limiters = Object.entries(service.actions).map(([action, { perSecond }]) => [
      action,
      new RateLimiter(perSecond, options.clock),
    ]);
    this.#limiters = Object.fromEntries(limiters);
    const agent = { keepAlive: true, timeout: IDLE_CONNECTION_MS };
    const loopback = isLoopbackHost(options.endpoint.hostname);
    this.#http = axios.create({
      httpAgent: new HttpAgent(agent),
      httpsAgent: new HttpsAgent(agent),
      maxRedirects: 0,
      maxContentLength: MAX_RESPONSE_BYTES,
      responseType: "text",
      transformRequest: [(data) => data],
      transformResponse: [(data) => data],
      validateStatus: () => true,
      // A proxy from the environment cannot reach an emulator on this machine.
      ...(loopback && { proxy: false as const }),
    });
  }

  /**
   * Calls an action. While the budget lasts, retries it where that is safe: always after throttling, after
   * transient errors if the action is idempotent, and otherwise only if the request was not executed.
   *
   * @throws ApiError when the API responds with an error.
   * @throws TransportError when there is no usable response.
   */
  call<A extends ActionOf<S>>(action: A, request: RequestOf<S, A>, budget: Budget): Promise<ResponseOf<S, A>> {
    const idempotent = this.#service.actions[action]?.idempotent ?? false;
    const shouldRetry = (error: unknown): boolean => {
      if (isThrottled(error)) return true;
      if (error instanceof TransportError) return error.retryable && (idempotent || !error.mayHaveExecuted);
      return idempotent && isTransient(error);
    };
    return retryWhile(() => this.send(action, request), shouldRetry, budget, this.#options.backoff);
  }

  /**
   * Calls an action once, for callers that check the state of the cloud before every further attempt. If the
   * API rejects the credentials and there are new ones, the rejected request is sent again with those.
   *
   * @param completing the call completes or undoes an earlier one: it is sent even if no write may begin
   * @throws ProviderError `Provider.Interrupted`
   */
  send<A extends ActionOf<S>>(action: A, request: RequestOf<S, A>, completing = false): Promise<ResponseOf<S, A>> {
    return this.#limiters[action].run(() => {
      const isBlocked = this.#service.actions[action]?.writes && !completing && this.#options.mayWrite?.() === false;
      if (isBlocked) throw interrupted(action);
      return this.#signed(action, request);
    });
  }

  async #signed<A extends ActionOf<S>>(action: A, request: RequestOf<S, A>): Promise<ResponseOf<S, A>> {
    if (this.#service.actions[action]?.unsigned) return this.#post(action, request, undefined);
    const credentials = await this.#options.credentials();
    try {
      return await this.#post(action, request, credentials);
    } catch (error) {
      if (!areCredentialsRejected(error)) throw error;
      const renewed = await this.#options.credentials(credentials);
      if (sameKeys(renewed, credentials)) throw error;
      return this.#post(action, request, renewed);
    }
  }

  async #post<A extends ActionOf<S>>(
    action: A,
    request: RequestOf<S, A>,
    credentials: Credentials | undefined,
  ): Promise<ResponseOf<S, A>> {
    const { endpoint, requestTimeoutMs, clock, host } = this.#options;
    const body = JSON.stringify(request);
    const headers = this.#headers(action, body, credentials);
    let response: AxiosResponse<string>;
    try {
      const post = (signal: AbortSignal) => this.#http.post<string>(endpoint.href, body, { headers, signal });
      response = await withTimeout(clock, requestTimeoutMs, post);
    } catch (error) {
      throw transportError(error, { service: this.#service, action, endpoint, requestTimeoutMs, host });
    }
    return parseResponse(response, { service: this.#service, action, credentials, now: clock.now(), host });
  }

  #headers(action: string, payload: string, credentials: Credentials | undefined): Record<string, string> {
    const { endpoint, region, clock } = this.#options;
    const { name, version } = this.#service;
    const timestamp = Math.floor(clock.now() / 1000);
    const headers = { "content-type": CONTENT_TYPE, host: endpoint.host, "x-tc-action": action };
    const signable = { method: "POST", query: "", headers, signedHeaders: Object.keys(headers), payload };
    return {
      ...headers,
      authorization: credentials ? authorization(credentials, timestamp, name, signable) : UNSIGNED,
      "x-tc-version": version,
      "x-tc-timestamp": String(timestamp),
      "x-tc-language": "en-US",
      ...(region && { "x-tc-region": region }),
      ...(credentials?.securityToken && { "x-tc-token": credentials.securityToken }),
    };
  }
}

const interrupted = (action: string): ProviderError =>
  new ProviderError(words`the run was interrupted before ${own(action)} was sent`, {
    code: "Provider.Interrupted",
    action,
    retryable: true,
    remedy: words`Run again.`,
  });
