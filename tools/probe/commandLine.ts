import { type ParseArgsConfig, parseArgs } from "node:util";
import { isHostName } from "../../provider/api/contract/hosts";
import { NAMES } from "./ownership";

/** What a tool is asked to do. */
export interface Choices {
  /** The push domain on which rules are made. */
  domain: string;
  /** A play domain or a disabled push domain of the account, for the one question that needs it. */
  otherDomain?: string | undefined;
  endpoint?: string | undefined;
  callbackUrl: string;
  yes: boolean;
  /** Only remove what earlier runs left. */
  clean: boolean;
}

/** A command line that cannot be understood. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Reserved by IANA; it resolves, as the API demands of callback URLs. */
const DEFAULT_CALLBACK_URL = "https://example.com/";

export const options = `Options:
  --domain NAME        an enabled push domain without callback rules, on which nobody streams meanwhile
  --other-domain NAME  a play domain or a disabled push domain, also without rules: may one be bound?
  --endpoint URL       the API (default: TENCENTCLOUD_LIVE_ENDPOINT, else the public endpoint)
  --callback-url URL   what the templates carry (default: ${DEFAULT_CALLBACK_URL})
  --yes                go ahead although the endpoint is not on this machine
  --clean              only remove what earlier runs on this domain left, of any user of these tools
  --help

Credentials: TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY and, where they are temporary, TENCENTCLOUD_SECURITY_TOKEN.
Everything it makes is named ${NAMES}… and is removed at the end, also after an error or Ctrl-C.
The rules are on the domain, on one name below it that does not exist, and on the other domain if one is given.`;

const flags = {
  domain: { type: "string" },
  "other-domain": { type: "string" },
  endpoint: { type: "string" },
  "callback-url": { type: "string" },
  yes: { type: "boolean", default: false },
  clean: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const satisfies ParseArgsConfig["options"];

/** What the command line asks for. */
export function userChoices(args: string[]): Choices | "help" {
  const values = parse(args);
  if (values.help) return "help";
  const domain = hostName("domain", values.domain);
  const otherDomain =
    values["other-domain"] === undefined ? undefined : hostName("other-domain", values["other-domain"]);
  if (otherDomain === domain) throw new UsageError("--other-domain must be another one than --domain");
  const { endpoint, yes, clean } = values;
  return { domain, otherDomain, endpoint, callbackUrl: webUrl(values["callback-url"]), yes, clean };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: flags }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function hostName(flag: string, given: string | undefined): string {
  if (given === undefined) throw new UsageError(`--${flag} is missing`);
  const name = given.toLowerCase();
  if (isHostName(name)) return name;
  throw new UsageError(`--${flag} takes a host name such as push.example.com; got ${JSON.stringify(given)}`);
}

function webUrl(given = DEFAULT_CALLBACK_URL): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const bare = url && !url.search && !url.hash && !url.username && !url.password;
  if (url && bare && /^https?:$/.test(url.protocol)) return url.href;
  throw new UsageError("--callback-url takes an http or https URL without user, query and fragment");
}
