import { EMULATOR_CREDENTIALS } from "../../../emulator";

/** A word that stands in every secret of the tests, and nowhere else: where it is seen, a secret is seen. */
const MARK = "Canary";

/** The secrets that pass through the provider. */
export const CANARIES = {
  secretKey: "CanarySecretKey0123456789abcdefg",
  securityToken: "CanaryToken0123456789_abc-xyz",
  callbackKey: "CanaryCallbackKey0123456789",
  /** User info, query and fragment of a URL count as secrets. */
  url: "https://CanaryUser:CanaryPassword@hooks.example.com/live?sign=CanarySign&more=CanaryMore#CanaryPart",
} as const;

/** Credentials that an emulator has to be given, too. */
export const CANARY_CREDENTIALS = {
  secretId: EMULATOR_CREDENTIALS.secretId,
  secretKey: CANARIES.secretKey,
  token: CANARIES.securityToken,
};

/** What a careless server says about a request: it repeats the body, and what it knows of the sender. */
export const echoOf = (body: string): string =>
  `you sent ${body} signed with ${CANARIES.secretKey}, token ${CANARIES.securityToken}`;

/** The surroundings of each secret in a text; none is what a test wants. */
export function leaksIn(text: string): string[] {
  return text.match(new RegExp(`.{0,60}${MARK}.{0,20}`, "gs")) ?? [];
}
