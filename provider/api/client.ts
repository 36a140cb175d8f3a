import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import axios, { type AxiosInstance, type AxiosResponse } from "axios";
import { bulkhead } from "cockatiel";
import { type Action, API_VERSION, actions, envelope, type Request, type Response, SERVICE } from "./actions";
import { ApiError, isPassingFault, isThrottled, TransportError } from "./errors";
import { remedyFor } from "./remedies";
import { type Backoff, type Budget, retryWhile } from "./retry";
import { authorization } from "./signature";
import { transportError } from "./transport";

/** Enough to reach the API's 200 requests per second at a latency of 50 ms, and no more. */
const MAX_CONCURRENT_REQUESTS = 16;

/** Shorter than any server keeps an idle connection, so that a create is not sent into one that is just being closed. */
const IDLE_CONNECTION_MS = 4_000;

/** A list of 10,000 rules has about 2 MB. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

const CONTENT_TYPE = "application/json; charset=utf-8";

/** A key pair, the token that goes with it if it is temporary, and where it was found. */
export interface Credentials {
  secretId: string;
  secretKey: string;
  securityToken?: string | undefined;
  /** Where they come from, for error messages: `the stack configuration`, `the environment`. */
  source: string;
  /** What to do when the API refuses them, beside the API's own reason. */
  remedy?: string | undefined;
}

export interface ClientOptions {
  endpoint: URL;
  region?: string | undefined;
  /** Found when the first call is made, not before: a program with nothing to do needs none. */
  credentials: () => Credentials;
  /** How long one request may take, in milliseconds. */
  requestTimeoutMs: number;
  backoff: Backoff;
  /** The current time in milliseconds since 1970. */
  now: () => number;
}

/** Signs, sends, retries, and turns answers into typed results or errors. The only place that talks HTTP. */
export class Client {
  readonly #options: ClientOptions;
  readonly #http: AxiosInstance;
  readonly #concurrency = bulkhead(MAX_CONCURRENT_REQUESTS, Number.POSITIVE_INFINITY);

  constructor(options: ClientOptions) {
    this.#options = options;
    const agent = { keepAlive: true, timeout: IDLE_CONNECTION_MS };
    const loopback = isLoopback(options.endpoint);
    this.#http = axios.create({
      httpAgent: new HttpAgent(agent),
      httpsAgent: new HttpsAgent(agent),
      maxRedirects: 0,
      maxContentLength: MAX_ANSWER_BYTES,
      responseType: "text",
      transformRequest: [(data) => data],
      transformResponse: [(data) => data],
      validateStatus: () => true,
      // A proxy from the environment would see, and could not reach, an emulator on this machine.
      ...(loopback && { proxy: false as const }),
    });
  }

  /**
   * Carries out one API action, and sends it again as long as the budget lasts where that is safe: after throttling
   * always, after faults that pass only if the action can be repeated, and otherwise only if it never reached the API.
   *
   * @throws ApiError when the API answers with an error.
   * @throws TransportError when there is no usable answer.
   */
  call<A extends Action>(action: A, request: Request<A>, budget: Budget): Promise<Response<A>> {
    const { repeatable } = actions[action];
    const again = (error: unknown): boolean => {
      if (isThrottled(error)) return true;
      if (error instanceof TransportError) return error.retryable && (repeatable || !error.mayHaveExecuted);
      return repeatable && isPassingFault(error);
    };
    return retryWhile(() => this.send(action, request), again, budget, this.#options.backoff);
  }

  /** Carries out one API action, once; for callers that look at the cloud again before every further attempt. */
  send<A extends Action>(action: A, request: Request<A>): Promise<Response<A>> {
    return this.#concurrency.execute(() => this.#post(action, request));
  }

  async #post<A extends Action>(action: A, request: Request<A>): Promise<Response<A>> {
    const { endpoint, requestTimeoutMs } = this.#options;
    const credentials = this.#options.credentials();
    const body = JSON.stringify(request);
    const headers = this.#headers(action, body, credentials);
    const signal = AbortSignal.timeout(requestTimeoutMs);
    let answer: AxiosResponse<string>;
    try {
      answer = await this.#http.post(endpoint.href, body, { headers, signal });
    } catch (error) {
      throw transportError(error, action, endpoint, requestTimeoutMs);
    }
    return parseAnswer(action, answer, credentials, this.#options.now());
  }

  #headers(action: Action, payload: string, credentials: Credentials): Record<string, string> {
    const { endpoint, region, now } = this.#options;
    const timestamp = Math.floor(now() / 1000);
    const headers = { "content-type": CONTENT_TYPE, host: endpoint.host, "x-tc-action": action };
    const signable = { method: "POST", query: "", headers, signedHeaders: Object.keys(headers), payload };
    return {
      ...headers,
      authorization: authorization(credentials, timestamp, SERVICE, signable),
      "x-tc-version": API_VERSION,
      "x-tc-timestamp": String(timestamp),
      "x-tc-language": "en-US",
      ...(region && { "x-tc-region": region }),
      ...(credentials.securityToken && { "x-tc-token": credentials.securityToken }),
    };
  }
}

const LASTING_REMEDY = "Check tencentcloud-live:endpoint and the proxy settings.";
const PASSING_REMEDY = `Run again. If it repeats: ${LASTING_REMEDY}`;

/** Whether a URL points at this machine, where plain HTTP is allowed and no proxy is used. */
export function isLoopback(url: URL): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
}

function parseAnswer<A extends Action>(
  action: A,
  answer: AxiosResponse<string>,
  credentials: Credentials,
  now: number,
): Response<A> {
  const invalid = (reason: string, code: string, retryable: boolean, mayHaveExecuted: boolean, requestId?: string) => {
    const remedy = retryable ? PASSING_REMEDY : LASTING_REMEDY;
    return new TransportError(reason, { code, action, retryable, mayHaveExecuted, requestId, remedy });
  };
  if (answer.status !== 200) {
    const passing = answer.status >= 500 || answer.status === 429;
    throw invalid(
      `the API answered with HTTP status ${answer.status}`,
      "Provider.HttpStatus",
      passing,
      answer.status >= 500,
    );
  }
  const parsed = envelope.safeParse(parseJson(answer.data));
  if (!parsed.success)
    throw invalid("the API's answer is not one of its JSON messages", "Provider.InvalidResponse", true, true);
  const { Error: error, RequestId: requestId } = parsed.data.Response;
  if (error) throw apiError(action, error, requestId, credentials, clockDifference(answer, now));
  const result = actions[action].response.safeParse(parsed.data.Response);
  if (!result.success) {
    const fields = result.error.issues.map((issue) => issue.path.join(".")).join(", ");
    throw invalid(`the API's answer lacks or mistypes ${fields}`, "Provider.InvalidResponse", false, true, requestId);
  }
  return result.data as Response<A>;
}

function apiError(
  action: Action,
  error: { Code: string; Message: string },
  requestId: string | undefined,
  { source, remedy }: Credentials,
  clock: string,
): ApiError {
  const code = error.Code;
  const message = error.Message.replace(/\s+/g, " ").replace(/[.\s]+$/, "");
  if (!code.startsWith("AuthFailure")) return new ApiError(message, { code, action, requestId });
  const expired = code === "AuthFailure.SignatureExpire";
  return new ApiError(`${message} (credentials from ${source}${expired ? clock : ""})`, {
    code,
    action,
    requestId,
    remedy: [remedyFor(code, action), expired ? "" : remedy].filter(Boolean).join(" "),
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** How far this machine's clock is from the API's, from the `Date` header of the answer. */
function clockDifference(answer: AxiosResponse<string>, now: number): string {
  const theirs = Date.parse(String(answer.headers["date"]));
  if (Number.isNaN(theirs)) return "";
  const seconds = Math.round((now - theirs) / 1000);
  return `; this machine's clock is ${Math.abs(seconds)} s ${seconds < 0 ? "behind" : "ahead of"} the API's`;
}
