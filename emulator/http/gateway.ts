import { sleepBy, type Timer } from "../../provider/api/clock";
import { type Context, type EmulatedAction, type Handlers, isUnsigned, type Parameters } from "../actions";
import { ApiError } from "../apiError";
import { type Failure, type FaultHit, type Faults, faultResponse, isApplied } from "../faults";
import { liveActions } from "../live";
import { stsActions } from "../sts";
import { checkParameters, parseBody, routedAction } from "./apiRequest";
import { authenticate, type Credential } from "./authentication";
import type { CallRecord } from "./callRecord";
import { errorResponse, type HttpRequest, type HttpResponse, header, successResponse } from "./messages";
import type { RateLimits } from "./rateLimits";

/** Every action of the emulator, by name. */
const handlers: Handlers = { ...liveActions, ...stsActions };

/** The parts of the emulator that the gateway uses. */
export interface GatewayOptions {
  credentials: readonly Credential[];
  clock: () => number;
  timer: Timer;
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

/**
 * The API. Checks each request in the order of the cloud's gateway (an assumption), runs its action and
 * applies faults.
 */
export class Gateway {
  readonly #options: GatewayOptions;

  constructor(options: GatewayOptions) {
    this.#options = options;
  }

  /** Returns the response to one request. Throws only if the emulator has a bug. */
  async respond(http: HttpRequest): Promise<HttpResponse> {
    try {
      return await this.#run(this.#admit(http));
    } catch (error) {
      if (error instanceof ApiError) return errorResponse(error);
      throw error;
    }
  }

  #admit(http: HttpRequest): Call {
    const request = parseBody(http);
    const action = routedAction(http);
    const { clock, rateLimits, context } = this.#options;
    return this.#recorded(action, request, () => {
      const caller = this.#callerOf(http, action);
      rateLimits.count(action, clock());
      return { action, caller, request, parameters: checkParameters(action, request, context.dialect) };
    });
  }

  #callerOf(http: HttpRequest, action: EmulatedAction): Credential | undefined {
    if (isUnsigned(action) && header(http, "authorization") === "SKIP") return undefined;
    const { credentials, clock, context } = this.#options;
    const find = (id: string) => credentials.find(({ secretId }) => secretId === id) ?? context.sessions.find(id);
    return authenticate(http, { find, expiredKeyCode: context.dialect.expiredKeyCode }, clock());
  }

  /** Runs a step, and records the call if the step rejects it. */
  #recorded<T>(action: EmulatedAction, request: Call["request"], step: () => T): T {
    try {
      return step();
    } catch (error) {
      if (error instanceof ApiError) this.#options.record.add({ action, request, code: error.code });
      throw error;
    }
  }

  async #run(call: Call): Promise<HttpResponse> {
    const { faults, latencyMs } = this.#options;
    const hit = faults.take(call.action);
    const waits = (applied: boolean) => hit.waits.filter((wait) => (wait.applied ?? false) === applied);
    await this.#wait(latencyMs, ...waits(false).map(({ ms }) => ms));
    const response = this.#outcome(call, hit);
    await this.#wait(...waits(true).map(({ ms }) => ms));
    return response;
  }

  #outcome(call: Call, { failure, staleWrites }: FaultHit): HttpResponse {
    const response =
      failure && !isApplied(failure) ? this.#prevented(call, failure) : this.#execute(call, failure, staleWrites);
    return failure ? faultResponse(failure, response) : response;
  }

  #prevented({ action, request }: Call, failure: Failure): HttpResponse {
    const code = failure.kind === "error" ? { code: failure.code } : {};
    this.#options.record.add({ action, request, ...code, fault: failure.kind, prevented: true });
    return errorResponse(new ApiError("InternalError", "The action did not take effect."));
  }

  #execute<A extends EmulatedAction>(call: Call<A>, failure: Failure | undefined, staleWrites: number): HttpResponse {
    const { context, clock, record } = this.#options;
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

  async #wait(...times: number[]): Promise<void> {
    const ms = times.reduce((sum, time) => sum + time, 0);
    if (ms === 0) return;
    const { timer, closing } = this.#options;
    await sleepBy(timer)(ms, closing);
    closing.throwIfAborted();
  }
}
