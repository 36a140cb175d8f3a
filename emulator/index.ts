/**
 * The live-stream callback API of Tencent Cloud CSS on this machine, for development and tests.
 *
 * @module pulumi-tencentcloud-live/emulator
 */

export type { Timer } from "../provider/api/clock";
export type { CallbackEventName as EventName } from "../provider/api/contract/events";
export type { EmulatorDomain } from "./account/domains";
export type { RuleInput, TemplateChanges, TemplateInput } from "./account/outOfBandChanges";
export type { Rule, Template } from "./account/store";
export type { EventDialect, LiveDialect, StsDialect } from "./dialect";
export type { Emulator, EmulatorState } from "./emulator";
export type { DeliveryAttempt, EventDelivery } from "./events/eventDelivery";
export type { DeliverTo } from "./events/routing";
export type { StreamEvent } from "./events/streamEvent";
export type { Fault } from "./faults";
export type { Credential } from "./http/authentication";
export type { CallEntry } from "./http/callRecord";
export { EMULATOR_CREDENTIALS, type EmulatorOptions } from "./options";
export { startEmulator } from "./startEmulator";
export type { EmulatorRole } from "./sts/roles";
