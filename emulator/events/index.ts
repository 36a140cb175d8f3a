import { bulkhead } from "cockatiel";
import type { Timer } from "../../provider/api/clock";
import { CALLBACK_EVENTS, CALLBACK_TIMEOUT_MS, type CallbackEventName } from "../../provider/api/contract/events";
import type { Store } from "../account/store";
import type { EventDialect } from "../dialect";
import { Recent } from "../recent";
import { type Delivery, type EventDelivery, type LoggedCall, statusOf } from "./eventDelivery";
import { buildPayload, signedPayload } from "./payloads";
import type { Payload } from "./payloads/occurrence";
import { type PostResponse, post } from "./post";
import type { Propagation } from "./propagation";
import { RetrySchedule, retryPlan } from "./retrySchedule";
import { type DeliverTo, findRouting, type Routing, targetOf } from "./routing";
import { type CompleteEvent, completeEvent, type StreamEvent, StreamSessions } from "./streamEvent";

/** The parts of the emulator that the deliveries use. */
export interface DeliveriesParts {
  store: Store;
  propagation: Propagation;
  log: Recent<LoggedCall>;
  dialect: EventDialect;
  clock: () => number;
  timer: Timer;
  deliverTo: DeliverTo;
  /** Ends all attempts when the emulator closes. */
  closing: AbortSignal;
}

const MAX_CONCURRENT_POSTS = 32;

const contentTypes = { json: "application/json", text: "text/plain", none: undefined } as const;

/** Sends events to the URLs of their templates, until the response is 200 or the retries are exhausted. */
export class Deliveries {
  readonly #parts: DeliveriesParts;
  readonly #kept = new Recent<Delivery>();
  /** Incremented by `clear`. The result of an attempt of an earlier generation is ignored. */
  #generation = 0;
  readonly #sessions = new StreamSessions();
  readonly #retries: RetrySchedule;
  readonly #underWay = new Set<Promise<void>>();
  readonly #concurrency = bulkhead(MAX_CONCURRENT_POSTS, Number.POSITIVE_INFINITY);

  constructor(parts: DeliveriesParts) {
    this.#parts = parts;
    this.#retries = new RetrySchedule(parts.clock, parts.timer, () => void this.deliverDue());
    parts.closing.addEventListener("abort", () => this.clear());
  }

  /** Triggers an event. Resolves when the first attempt has ended. */
  async send(event: StreamEvent): Promise<EventDelivery> {
    const complete = completeEvent(event);
    const now = this.#parts.clock();
    const payload = buildPayload(complete, { now, ...this.#sessions.sessionOf(complete, now) });
    const routing = this.#routing(complete, payload);
    if ("outcome" in routing) return { event: complete.event, ...routing, payload, attempts: [] };
    const target = targetOf(routing.url, this.#parts.deliverTo);
    if (!target) return notThisMachine(complete, payload, routing.url);
    const { event: name, streamName } = complete;
    const delivery = { event: name, streamName, ...routing, target, eventTime: now, payload, sent: payload };
    return this.#begin({ ...delivery, state: "underWay", attempts: [] });
  }

  /** Makes every attempt that is due. Resolves when these and all running attempts have ended. */
  async deliverDue(): Promise<EventDelivery[]> {
    const due = this.#retries.takeDue();
    for (const delivery of due) this.#start(delivery);
    await Promise.all(this.#underWay);
    return due.map(statusOf);
  }

  /** The last 10,000 events that were sent, oldest first. */
  list(): EventDelivery[] {
    return this.#kept.list().map(statusOf);
  }

  /** Removes all deliveries and stream sessions. */
  clear(): void {
    this.#generation++;
    this.#retries.clear();
    this.#sessions.clear();
    this.#kept.clear();
  }

  #routing(event: CompleteEvent, payload: Payload): Routing {
    const { store, propagation, dialect } = this.#parts;
    const routing = findRouting(event, payload, propagation.inEffect(), dialect);
    const later = "outcome" in routing && !("outcome" in findRouting(event, payload, store, dialect));
    return later ? { ...routing, reason: `${routing.reason}: the latest change is not in effect yet` } : routing;
  }

  async #begin(delivery: Delivery): Promise<EventDelivery> {
    this.#kept.add(delivery);
    await this.#start(delivery);
    return statusOf(delivery);
  }

  #start(delivery: Delivery): Promise<void> {
    const generation = this.#generation;
    delivery.state = "underWay";
    delivery.nextAttempt = undefined;
    const attempt = this.#concurrency.execute(() => this.#attempt(delivery, generation));
    const tracked = attempt.finally(() => this.#underWay.delete(tracked));
    this.#underWay.add(tracked);
    return tracked;
  }

  async #attempt(delivery: Delivery, generation: number): Promise<void> {
    const { clock } = this.#parts;
    const begun = clock();
    delivery.sent = this.#message(delivery, begun);
    const isCurrent = (): boolean => generation === this.#generation;
    const response = isCurrent() ? await this.#post(delivery) : { body: "", failure: "the emulator was reset" };
    delivery.attempts.push({ at: new Date(begun).toISOString(), durationMs: clock() - begun, ...response });
    delivery.state = response.status === 200 ? "delivered" : "failed";
    if (!isCurrent()) return;
    this.#record(delivery, response);
    if (delivery.state === "failed") this.#planRetry(delivery);
  }

  #post({ event, target, sent }: Delivery): Promise<PostResponse> {
    const { timer, dialect, closing } = this.#parts;
    return post(target, JSON.stringify(sent), {
      contentType: contentTypes[dialect.callbackContentType],
      timeoutMs: responseTimeout(event, dialect),
      timer,
      signal: closing,
    });
  }

  #message({ payload, key, eventTime }: Delivery, now: number): Payload {
    const { retrySendTime, retrySignature, unkeyedEvents } = this.#parts.dialect;
    const renewed = retrySendTime === "renewed" && "sendTime" in payload;
    const content = renewed ? { ...payload, sendTime: Math.floor(now / 1000) } : payload;
    if (!key && unkeyedEvents === "unsigned") return content;
    return signedPayload(content, key ?? "", retrySignature === "kept" ? eventTime : now);
  }

  #record({ event, streamName, eventTime, url, sent }: Delivery, { status, body, failure }: PostResponse): void {
    this.#parts.log.add({
      ...{ event, eventType: CALLBACK_EVENTS[event].eventType, streamName, eventTime },
      request: `url=${url}, content=${JSON.stringify(sent)}`,
      response: `status code:${status ?? 0}, content=${failure ?? body}`,
      responseTime: this.#parts.clock(),
      resultCode: status === 200 ? 0 : (status ?? -1),
    });
  }

  #planRetry(delivery: Delivery): void {
    const { retries, intervalMs } = retryPlan(delivery.event, this.#parts.dialect);
    if (delivery.attempts.length > retries) return;
    delivery.state = "retrying";
    delivery.nextAttempt = this.#parts.clock() + intervalMs;
    this.#retries.add(delivery);
  }
}

function notThisMachine({ event }: CompleteEvent, payload: Payload, url: string): EventDelivery {
  const { host } = new URL(url);
  const reason = `not delivered: ${host} is not on this machine; set deliverTo to a receiver that takes its place`;
  return { event, outcome: "notThisMachine", reason, url, payload, attempts: [] };
}

/** How long the cloud waits for a response, in milliseconds. */
function responseTimeout(event: CallbackEventName, { pushExceptionTimeout }: EventDialect): number {
  return event === "pushException" && pushExceptionTimeout === "payload" ? 5_000 : CALLBACK_TIMEOUT_MS;
}
