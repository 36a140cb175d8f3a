import { setTimeout as sleep } from "node:timers/promises";
import { type Context, handlers, type Parameters } from "../actions";
import { type EmulatedAction, isUnsigned, versionOf } from "../contracts";
import type { Failure, FaultHit, Faults } from "../faults";
import { faultResponse, isApplied } from "../faults/faultResponse";
import { ApiError } from "./apiError";
import { authenticate, type Credential } from "./authentication";
import type { CallRecord } from "./callRecord";
import { errorResponse, successResponse } from "./envelope";
import { type HttpRequest, type HttpResponse, header } from "./messages";
import { checkParameters } from "./parameters";
import type { RateLimits } from "./rateLimits";

/** What the gateway stands in front of. */
export interface GatewayOptions {
  credentials: readonly Credential[];
  clock: () => number;
  latencyMs: number;
  rateLimits: RateLimits;
  faults: Faults;
  record: CallRecord;
  /** Ends all waiting when the emulator closes. */
  closing: AbortSignal;
  context: Omit<Context, "now" | "caller">;
}

interface Call<A extends EmulatedAction = EmulatedAction> {
  action: A;
  caller: Credential | undefined;
  /** The request as it was sent. */
  request: Record<string, unknown>;
  parameters: Parameters<A>;
}

/** The API: checks a request in the order of the cloud's gateway (an assumption), runs its action, applies faults. */
export class Gateway {
  constructor(private readonly options: GatewayOptions) {}

  /** The answer to one request. What it throws is an error of the emulator. */
  async respond(http: HttpRequest): Promise<HttpResponse> {
    try {
      return await this.run(this.admit(http));
    } catch (error) {
      if (error instanceof ApiError) return errorResponse(error);
      throw error;
    }
  }

  private admit(http: HttpRequest): Call {
    const request = parseBody(http);
    const action = routedAction(http);
    const { clock, rateLimits, context } = this.options;
    return this.recorded(action, request, () => {
      const caller = this.callerOf(http, action);
      rateLimits.count(action, clock());
      return { action, caller, request, parameters: checkParameters(action, request, context.dialect) };
    });
  }

  private callerOf(http: HttpRequest, action: EmulatedAction): Credential | undefined {
    if (isUnsigned(action) && header(http, "authorization") === "SKIP") return undefined;
    const { credentials, clock, context } = this.options;
    const find = (id: string) => credentials.find(({ secretId }) => secretId === id) ?? context.sessions.find(id);
    return authenticate(http, { find, expiredKeyCode: context.dialect.expiredKeyCode }, clock());
  }

  /** Runs a step, recording the call where the step refuses it. */
  private recorded<T>(action: EmulatedAction, request: Call["request"], step: () => T): T {
    try {
      return step();
    } catch (error) {
      if (error instanceof ApiError) this.options.record.add({ action, request, code: error.code });
      throw error;
    }
  }

  private async run(call: Call): Promise<HttpResponse> {
    const { faults, latencyMs } = this.options;
    const hit = faults.take(call.action);
    const waits = (applied: boolean) => hit.waits.filter((wait) => (wait.applied ?? false) === applied);
    await this.wait(latencyMs, ...waits(false).map(({ ms }) => ms));
    const response = this.outcome(call, hit);
    await this.wait(...waits(true).map(({ ms }) => ms));
    return response;
  }

  private outcome(call: Call, { failure, staleWrites }: FaultHit): HttpResponse {
    const response =
      failure && !isApplied(failure) ? this.prevented(call, failure) : this.execute(call, failure, staleWrites);
    return failure ? faultResponse(failure, response) : response;
  }

  private prevented({ action, request }: Call, failure: Failure): HttpResponse {
    const code = failure.kind === "error" ? { code: failure.code } : {};
    this.options.record.add({ action, request, ...code, fault: failure.kind, prevented: true });
    return errorResponse(new ApiError("InternalError", "The action did not take effect."));
  }

  private execute<A extends EmulatedAction>(
    call: Call<A>,
    failure: Failure | undefined,
    staleWrites: number,
  ): HttpResponse {
    const { context, clock, record } = this.options;
    const { action, request, caller } = call;
    const fault = failure ? { fault: failure.kind } : {};
    const store = staleWrites > 0 ? context.store.past(staleWrites) : context.store;
    try {
      const fields = handlers[action](call.parameters, { ...context, store, caller, now: clock() });
      record.add({ action, request, ...fault });
      return successResponse(fields);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      record.add({ action, request, code: error.code, ...fault });
      return errorResponse(error);
    }
  }

  private async wait(...times: number[]): Promise<void> {
    const ms = times.reduce((sum, time) => sum + time, 0);
    if (ms > 0) await sleep(ms, undefined, { signal: this.options.closing });
  }
}

function parseBody(http: HttpRequest): Record<string, unknown> {
  if (!http.body) throw new ApiError("RequestSizeLimitExceeded", "The request is larger than 10 MB.");
  const type = header(http, "content-type").split(";")[0]?.trim().toLowerCase();
  if (http.method !== "POST" || type !== "application/json") {
    throw new ApiError("UnsupportedProtocol", "The emulator takes POST with application/json only.");
  }
  try {
    const value: unknown = JSON.parse(http.body.toString("utf8"));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Told below, like any other body that is not an object.
  }
  throw new ApiError("InvalidParameter", "The request body is not a JSON object.");
}

function routedAction(http: HttpRequest): EmulatedAction {
  const action = header(http, "x-tc-action");
  if (action === "") throw new ApiError("MissingParameter", "The X-TC-Action header is missing.");
  if (!Object.hasOwn(handlers, action)) throw new ApiError("InvalidAction", "The action is invalid or not found.");
  const version = header(http, "x-tc-version");
  if (version === "") throw new ApiError("MissingParameter", "The X-TC-Version header is missing.");
  const known = action as EmulatedAction;
  if (version !== versionOf(known)) throw new ApiError("NoSuchVersion", "The API version is invalid.");
  return known;
}
