import { type CommandSpec, parseCommandLine, UsageError } from "../../cli/commandLine";
import { isHostName } from "../../provider/api/contract/hosts";
import { NAMES } from "./ownership";

/** The choices on the command line of a tool. */
export interface Choices {
  /** The push domain on which rules are created. */
  domain: string;
  /** A play domain or a disabled push domain of the account, for the question that requires it. */
  otherDomain?: string | undefined;
  endpoint?: string | undefined;
  callbackUrl: string;
  yes: boolean;
  /** Whether to delete only what earlier runs left. */
  clean: boolean;
}

const options = {
  domain: {
    ...{ value: "name", required: true },
    help: "an enabled push domain without callback rules and without streams during the run",
  },
  "other-domain": {
    value: "name",
    help: "a play domain or a disabled push domain without rules, to try whether it can be bound",
  },
  endpoint: { value: "url", help: "the API (default: TENCENTCLOUD_LIVE_ENDPOINT, else the public endpoint)" },
  "callback-url": {
    value: "url",
    help: "the callback URL of the templates",
    // Reserved by IANA. It resolves, which the API requires of callback URLs.
    default: "https://example.com/",
  },
  yes: { help: "run even if the endpoint is not on this machine" },
  clean: { help: "only delete what earlier runs of any user left on this domain" },
} as const satisfies CommandSpec["options"];

const notes = `Credentials: TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY and, for temporary keys,
TENCENTCLOUD_SECURITY_TOKEN.
The names of all created templates and apps begin with ${NAMES}.
They are deleted at the end, also after an error or Ctrl-C.
Rules are created for the domain, for a subdomain that does not exist, and for the
other domain if it is set.`;

/** The parts of a tool's help. */
export interface ToolHelp {
  /** The script of `npm run`. */
  name: string;
  description: string;
  exitCodes: string;
}

/** Parses the command line of a tool. Returns the text of the help if it is requested. */
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
  if (otherDomain === domain) throw new UsageError("--other-domain must differ from --domain");
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
