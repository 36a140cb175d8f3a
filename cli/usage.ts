import { eventNames } from "../emulator/events/payloads";
import { KEY_VARIABLE } from "./commandLine";

const NAME = "tencentcloud-live-callback";

/** The help of each command. */
export const usages = {
  send: `Usage: ${NAME} send --event NAME --url URL [options]

Posts a sample of an event to a receiver, signed as the cloud signs it, and judges the answer as the cloud does:
received is what is answered with status 200 within 20 s.

Options:
  --event NAME     ${eventNames.slice(0, 5).join(", ")},
                   ${eventNames.slice(5).join(", ")}
  --url URL        where the receiver listens; proxies are not used
  --key KEY        the callback key; better in ${KEY_VARIABLE}, as
                   arguments are in the list of processes
  --unsigned       without signature, as from a template without a key
  --domain NAME    the push domain (default: push.example.com)
  --app NAME       (default: live)
  --stream NAME    (default: stream)
  --json           print the result as JSON`,

  verify: `Usage: ${NAME} verify [options] [FILE]

Checks a message, the body of a callback, in a file or on the standard input (-): its signature, its expiry, and the event
that it holds.

Options:
  --key KEY        the callback key, or several while it is rotated; better in
                   ${KEY_VARIABLE}
  --unsigned       accept a message without signature
  --leeway SECONDS how long after its expiry a message is good (default: 600)
  --at TIME        check as of this time, for example 2025-01-02T03:04:05Z
                   (default: now)
  --json           print the result as JSON`,

  deliveries: `Usage: ${NAME} deliveries --stream NAME [options]

Lists which callbacks the cloud made for a stream, and what it was answered. Reads the cloud's record with the
credentials and settings of the provider: TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY, TENCENTCLOUD_SECURITY_TOKEN,
TENCENTCLOUD_LIVE_ENDPOINT, and roles, profiles and the rest. CAM: live:DescribeCallbackRecordsList.

Options:
  --stream NAME    the exact name of the stream
  --since WHEN     how long ago: 90s, 30m, 12h, 14d; or a time like
                   2025-01-02T03:04:05Z; at most 14 days (default: 1h)
  --until WHEN     the same (default: now)
  --event NAME     only this event, for example record
  --failed         only callbacks that were not answered with status 200
  --json           print the result as JSON`,
} as const;

/** The name of a command. */
export type CommandName = keyof typeof usages;

/** The help of all. */
export const usage = `Usage: ${NAME} send | verify | deliveries [options]

  send        try a receiver with a sample of any event
  verify      check the signature of a message
  deliveries  what the cloud delivered for a stream, and what it was answered

${NAME} COMMAND --help says more. --version prints the version.

Exit codes: 0 as it should be; 1 the receiver or the message is not, or the command failed; 2 wrong usage.
Keys are never printed.`;
