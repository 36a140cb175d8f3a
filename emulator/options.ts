import { z } from "zod";
import type { Timer } from "../provider/api/clock";
import type { EmulatorDomain } from "./account/domains";
import type { EmulatedAction } from "./actions";
import type { Dialect } from "./dialect";
import type { DeliverTo } from "./events/routing";
import type { Fault } from "./faults";
import type { Credential } from "./http/authentication";
import type { EmulatorRole } from "./sts/roles";

/** The key pair that an emulator accepts by default. It is public and is valid nowhere else. */
export const EMULATOR_CREDENTIALS = {
  /** The id of the key. */
  secretId: "AKIDEMULATOREXAMPLE00000000000000000",
  /** The secret part, which is public here. */
  secretKey: "EmulatorExampleSecretKey00000000",
} as const;

/** The options of `startEmulator`. All are optional. */
export interface EmulatorOptions {
  /** The port to listen on. @default 0, a free port */
  port?: number;
  /**
   * A loopback address or name: the emulator is never reachable from another machine.
   *
   * @default "127.0.0.1"
   */
  host?: string;
  /**
   * The key pairs that may sign. A pair with a `token` is temporary and may expire.
   *
   * @default [EMULATOR_CREDENTIALS]
   */
  credentials?: readonly Credential[];
  /**
   * A file that keeps templates and rules across restarts. A lock file beside it prevents a second emulator
   * from using it.
   *
   * @default none: memory only
   */
  dataFile?: string;
  /** The time in milliseconds since 1970. @default Date.now */
  clock?: () => number;
  /**
   * The timer for latency, for the time-out of a callback and for its next attempt; for tests.
   *
   * @default setTimeout
   */
  timer?: Timer;
  /** The delay of each API response, in milliseconds. @default 0 */
  latencyMs?: number;
  /**
   * Whether the documented limits per action and second apply; an object overrides some of them.
   * @default true
   * @see https://www.tencentcloud.com/document/product/267/30760
   */
  rateLimits?: boolean | Partial<Record<EmulatedAction, number>>;
  /** How many templates an account may have. @default 50, as documented for CreateLiveCallbackTemplate */
  templateLimit?: number;
  /** The account: the Uin of its owner, as `GetCallerIdentity` returns it. @default "100000000001" */
  accountId?: string;
  /**
   * The roles of `AssumeRole` and `AssumeRoleWithWebIdentity`. Their keys are accepted like `credentials`
   * until they expire.
   * @default none: every well-formed role, of any account, can be assumed with any key or token
   */
  roles?: readonly EmulatorRole[];
  /**
   * The role in the metadata of an instance, which the emulator serves below `/latest/meta-data/`.
   *
   * @default none: 404
   */
  instanceRole?: string;
  /** The account's domains. @default none are listed, and every well-formed name is an enabled push domain */
  domains?: readonly (string | EmulatorDomain)[];
  /**
   * Choices for behaviour that the documents leave open.
   *
   * @default the first value of each switch in `dialect/`
   */
  dialect?: Partial<Dialect>;
  /**
   * How long a change of a template or rule takes until it affects events, in milliseconds. The console's
   * manual states 5 to 10 minutes. Until then, events go to the previous URL.
   * @default 0
   * @see https://www.tencentcloud.com/document/product/267/31074
   */
  bindingDelayMs?: number;
  /**
   * Which callbacks are actually sent. `"thisMachine"`: those to a loopback host. `"anywhere"`: all. A URL
   * without a path, `"http://127.0.0.1:3000"`: all, to this receiver instead of their own host, with the same
   * path and query.
   * @default "thisMachine"
   */
  deliverTo?: DeliverTo;
  /** Faults that are active from the start. @default none */
  faults?: readonly Fault[];
}

const text = z.string().min(1);
const flag = z.union([z.literal(0), z.literal(1)]).optional();
const callable = z.custom<(...args: never[]) => unknown>((value) => typeof value === "function", "must be a function");
const milliseconds = z.number().nonnegative();

/** The schema of the options. Faults and dialects are checked where they are used. */
const schema = z
  .strictObject({
    port: z.int().min(0).max(65_535),
    host: z.string(),
    credentials: z.array(
      z.strictObject({
        secretId: text,
        secretKey: text,
        token: text.optional(),
        expiresAt: z.number().optional(),
        accountId: text.optional(),
        arn: text.optional(),
      }),
    ),
    dataFile: text,
    clock: callable,
    timer: callable,
    latencyMs: milliseconds,
    rateLimits: z.union([z.boolean(), z.record(z.string(), z.number().nonnegative())]),
    templateLimit: z.int().nonnegative(),
    accountId: text,
    roles: z.array(
      z.strictObject({
        arn: text,
        externalId: text.optional(),
        webIdentity: z.strictObject({ providerId: text, tokens: z.array(z.string()) }).optional(),
      }),
    ),
    instanceRole: text,
    domains: z.array(
      z.union([
        text,
        z.strictObject({ name: text, type: flag, status: flag, isDelayLive: flag, playType: z.int().optional() }),
      ]),
    ),
    dialect: z.record(z.string(), z.unknown()),
    bindingDelayMs: milliseconds,
    deliverTo: z.string(),
    faults: z.array(z.unknown()),
  } satisfies Record<keyof EmulatorOptions, z.ZodType>)
  .partial();

/** Returns the options if all are valid. @throws Error that lists every invalid option, without its value */
export function checkedOptions(options: EmulatorOptions): EmulatorOptions {
  const { error } = schema.safeParse(options);
  if (!error) return options;
  throw new Error(`invalid emulator options: ${z.prettifyError(error)}`);
}
