import {
  type CallbackError,
  type CallbackEvent,
  type CallbackHandler,
  createCallbackHandler,
  type EventOf,
  type EventStore,
  memoryStore,
  parseCallback,
  toNodeHandler,
  verifyCallback,
} from "pulumi-tencentcloud-live/receiver";
import { type RedisClient, redisStore } from "pulumi-tencentcloud-live/receiver/redis";

// Values from the environment and the settings of a program, which may be missing.
declare const text: string | undefined;
declare const amount: number | undefined;
declare const debug: boolean | undefined;
declare const client: RedisClient;
declare const store: EventStore | undefined;
declare const onError: ((error: CallbackError) => void) | undefined;
declare const clock: (() => number) | undefined;

export const handler: CallbackHandler = createCallbackHandler({
  ...{ key: text, allowUnsigned: debug, leewaySeconds: amount, clock, store, onError },
  ...{ timeoutMs: amount, bodyLimit: amount, timer: undefined, acknowledge: debug ? "immediately" : undefined },
  onStreamBegin: (event, { signal }) => [event.streamId.length, signal],
  onRecord: debug ? (event) => event.duration : undefined,
  onEvent: undefined,
  onUnknown: undefined,
  onMessage: debug ? ({ outcome, type, durationMs }) => [outcome, type, durationMs.toFixed()] : undefined,
});
verifyCallback("{}", { key: text, allowUnsigned: debug, leewaySeconds: amount });
handler.receive("{}", text, text).then(({ status, body }) => status.toFixed() + body);
memoryStore(amount, clock);
redisStore(client, { prefix: text, ttlSeconds: amount });
toNodeHandler(handler);

/** An event that a program creates for its tests. */
export const begin: EventOf<"streamBegin"> = {
  ...{ type: "streamBegin", eventType: 1, id: "1:1", appId: amount, domainName: "a", appName: "live", payload: {} },
  ...{ streamId: "s", eventTime: 1, sequence: "1", node: text },
};

export function described(event: CallbackEvent): string | undefined {
  switch (event.type) {
    case "record":
      return event.callbackExt?.resolution;
    case "pushException":
      return event.abnormalEvent[0]?.typeDescEn;
    default:
      return parseCallback(event.payload).streamId;
  }
}
