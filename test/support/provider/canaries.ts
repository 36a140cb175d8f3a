import { EMULATOR_CREDENTIALS } from "../../../emulator";

/** A word that is only in the secrets of the tests: text that contains it has leaked a secret. */
const MARK = "Canary";

/** The secrets that pass through the provider. */
export const CANARIES = {
  secretKey: "CanarySecretKey0123456789abcdefg",
  securityToken: "CanaryToken0123456789_abc-xyz",
  callbackKey: "CanaryCallbackKey0123456789",
  /** User info, query and fragment of a URL count as secrets. */
  url: "https://CanaryUser:CanaryPassword@hooks.example.com/live?sign=CanarySign&more=CanaryMore#CanaryPart",
} as const;

/** Credentials that the emulator must also have. */
export const CANARY_CREDENTIALS = {
  secretId: EMULATOR_CREDENTIALS.secretId,
  secretKey: CANARIES.secretKey,
  token: CANARIES.securityToken,
};

/** The message of a careless server, which repeats the body and the credentials of the sender. */
export const echoOf = (body: string): string =>
  `you sent ${body} signed with ${CANARIES.secretKey}, token ${CANARIES.securityToken}`;

/** Returns the text around each leaked secret. A test expects none. */
export function leaksIn(text: string): string[] {
  return text.match(new RegExp(`.{0,60}${MARK}.{0,20}`, "gs")) ?? [];
}
