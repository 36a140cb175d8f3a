/**
 * Receives the live-stream callbacks of Tencent Cloud CSS: verifies and parses them, and calls your handlers.
 *
 * @module pulumi-tencentcloud-live/receiver
 */

export type { Timer } from "../provider/api/clock";
export { CallbackError, type CallbackErrorCode, type CallbackErrorDetails } from "./callbackError";
export type { CallbackBody, CallbackPayload } from "./callbackPayload";
export type { CallbackHandlerOptions, EventContext, EventHandler, MessageReport, Success } from "./dispatch/options";
export {
  CALLBACK_EVENT_TYPES,
  type CallbackEvent,
  type EventOf,
  type KnownEvent,
  type KnownEventType,
  type UnknownEvent,
} from "./events";
export type { AudioAuditEvent, AuditResult, PornCensorshipEvent, Suggestion } from "./events/audit";
export type { RecordEvent, RecordExceptionEvent, RecordStatus, RecordStatusEvent } from "./events/recording";
export type { SnapshotEvent } from "./events/snapshot";
export type { PushError, PushExceptionEvent, StreamBeginEvent, StreamEndEvent } from "./events/stream";
export type { CallbackResponse } from "./http/callbackResponse";
export { type CallbackHandler, createCallbackHandler } from "./http/createCallbackHandler";
export type { NodeRequest, NodeResponse, WebRequest } from "./http/platform";
export { toNodeHandler } from "./http/toNodeHandler";
export { parseCallback } from "./parseCallback";
export type { BeginResult, EventStore } from "./stores/eventStore";
export { memoryStore } from "./stores/memoryStore";
export { signCallback, type VerifyOptions, verifyCallback } from "./verifyCallback";
