import { type CommandSpec, parseCommandLine, UsageError } from "../../cli/commandLine";
import { isHostName } from "../../provider/api/contract/hosts";
import { NAMES } from "./ownership";

/** What a tool shall do, as parsed from its command line. */
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

const options = {
  domain: {
    ...{ value: "name", required: true },
    help: "an enabled push domain without callback rules, on which nobody streams meanwhile",
  },
  "other-domain": {
    value: "name",
    help: "a play domain or a disabled push domain, also without rules: may one be bound?",
  },
  endpoint: { value: "url", help: "the API (default: TENCENTCLOUD_LIVE_ENDPOINT, else the public endpoint)" },
  "callback-url": {
    value: "url",
    help: "what the templates carry",
    // Reserved by IANA; it resolves, as the API demands of callback URLs.
    default: "https://example.com/",
  },
  yes: { help: "go ahead although the endpoint is not on this machine" },
  clean: { help: "only remove what earlier runs on this domain left, of any user of these tools" },
} as const satisfies CommandSpec["options"];

const notes = `Credentials: TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY and, where they are
temporary, TENCENTCLOUD_SECURITY_TOKEN.
Everything it makes is named ${NAMES}… and is removed at the
end, also after an error or Ctrl-C.
The rules are on the domain, on one name below it that does not exist, and on the
other domain if one is given.`;

/** What a tool says of itself in its help. */
export interface ToolHelp {
  /** The script of `npm run`. */
  name: string;
  description: string;
  exitCodes: string;
}

/** Parses the command line of a tool. Where the help is requested, its text is returned instead. */
export function userChoices({ name, description, exitCodes }: ToolHelp, args: readonly string[]): Choices | string {
  const command = `npm run --silent ${name} --`;
  const parsed = parseCommandLine(
    { name: command, description, options, notes: `${notes}\n\nExit codes: ${exitCodes}` },
    args,
  );
  if (typeof parsed === "string") return parsed;
  const { endpoint, yes, clean, "other-domain": other, ...given } = parsed.values;
  const domain = hostName("domain", given.domain);
  const otherDomain = other === undefined ? undefined : hostName("other-domain", other);
  if (otherDomain === domain) throw new UsageError("--other-domain must be another one than --domain");
  return { domain, otherDomain, endpoint, callbackUrl: webUrl(given["callback-url"]), yes, clean };
}

function hostName(option: string, given: string): string {
  const name = given.toLowerCase();
  if (isHostName(name)) return name;
  throw new UsageError(`--${option} takes a host name such as push.example.com; got ${JSON.stringify(given)}`);
}

function webUrl(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const bare = url && !url.search && !url.hash && !url.username && !url.password;
  if (url && bare && /^https?:$/.test(url.protocol)) return url.href;
  throw new UsageError("--callback-url takes an http or https URL without user, query and fragment");
}
