import { live } from "../provider/api/contract/live";
import { sts } from "../provider/api/contract/sts";

/** What is sent and answered for every action of the emulator, of both services. */
export const contracts = { ...live.actions, ...sts.actions };

/** The name of an action of the emulator. */
export type EmulatedAction = keyof typeof contracts;

/** The version that an action belongs to; the service itself is told by the action, as the emulator has one host. */
export function versionOf(action: EmulatedAction): string {
  return Object.hasOwn(sts.actions, action) ? sts.version : live.version;
}

/** Whether an action may come without a signature. */
export function isUnsigned(action: EmulatedAction): boolean {
  return "unsigned" in contracts[action];
}
