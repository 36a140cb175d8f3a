/** Receives the live-stream callbacks of Tencent Cloud CSS: verifies, parses and hands them to your code. */
export type { AudioAuditEvent, AuditResult, PornCensorshipEvent, Suggestion } from "./auditEvents";
export type { CallbackAnswer } from "./callbackAnswer";
export { CallbackError, type CallbackErrorCode } from "./callbackError";
export {
  CALLBACK_EVENT_TYPES,
  type CallbackEvent,
  type EventOf,
  type KnownEvent,
  type KnownEventType,
  type UnknownEvent,
} from "./callbackEvent";
export type { CallbackHandlerOptions, EventContext, EventHandler, Timer } from "./callbackHandlerOptions";
export type { CallbackBody, CallbackPayload } from "./callbackPayload";
export { type CallbackHandler, createCallbackHandler } from "./createCallbackHandler";
export { parseCallback } from "./parseCallback";
export type { RecordEvent, RecordExceptionEvent, RecordStatus, RecordStatusEvent } from "./recordEvents";
export { memorySeenStore, type SeenStore } from "./seenStore";
export { signCallback } from "./signCallback";
export type { SnapshotEvent } from "./snapshotEvent";
export type { PushError, PushExceptionEvent, StreamBeginEvent, StreamEndEvent } from "./streamEvents";
export { type NodeRequest, toNodeHandler } from "./toNodeHandler";
export type { VerifyOptions } from "./verification";
export { verifyCallback } from "./verifyCallback";
