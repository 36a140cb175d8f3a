import type { dynamic } from "@pulumi/pulumi";
import { LiveError, ProviderError } from "./api/errors";
import type { Deployment } from "./deployment";
import { redact, secretsOf } from "./redaction";
import type { Properties } from "./validation";

/** The state of a resource that exists although an operation on it failed. */
export interface Recorded {
  id: string;
  /** The whole state, `__provider` included: without it the engine could never delete the resource. */
  properties: Properties;
}

/** An operation failed half-way: the engine records what there is, and the next update goes on from there. */
export class PartialFailure extends Error {
  override name = "PartialFailure";
  readonly recorded: Recorded;

  constructor(failure: unknown, recorded: Recorded) {
    super("failed half-way", { cause: failure });
    this.recorded = recorded;
  }
}

/** A `get` of something that is not there: without this its outputs would all be undefined, and nobody told. */
export function getNotFound(reason: string): ProviderError {
  return new ProviderError(reason, { code: "Provider.NotFound", remedy: "Check the id that get was given." });
}

/** One resource type: how to name a resource of it in messages, and its lifecycle. */
export interface ResourceType extends Required<Omit<dynamic.ResourceProvider, "configure">> {
  /** For example `callback template "hooks"`. */
  label(id: string | undefined, properties: Properties): string;
}

/** The lifecycle as the host calls it: only `Error`s leave it, on one line, in one format, and without a secret. */
export function asResourceProvider(session: Deployment, type: ResourceType): Required<dynamic.ResourceProvider> {
  const guard = async <T>(
    verb: string,
    id: string | undefined,
    given: Properties[],
    work: () => Promise<T>,
  ): Promise<T> => {
    session.keepSecret(given.flatMap(secretsOf));
    try {
      return await work();
    } catch (error) {
      const subject = type.label(id, Object.assign({}, ...given));
      throw reported(session, `cannot ${verb} ${subject}`, error);
    }
  };
  const operate: typeof guard = (verb, id, given, work) => guard(verb, id, given, () => session.operate(work));
  return {
    configure: async (request) => session.configure(request),
    check: (olds, news) =>
      guard("check", undefined, [olds, news], () => {
        session.checkSettings();
        return type.check(olds, news);
      }),
    diff: (id, olds, news) => guard("compare", id, [olds, news], () => type.diff(id, olds, news)),
    create: (inputs) => operate("create", undefined, [inputs], () => type.create(inputs)),
    read: (id, properties = {}) => operate("read", id, [properties], () => type.read(id, properties)),
    update: (id, olds, news) => operate("update", id, [olds, news], () => type.update(id, olds, news)),
    delete: (id, properties) => operate("delete", id, [properties], () => type.delete(id, properties)),
  };
}

/** The error as the engine gets it. */
function reported(session: Deployment, what: string, error: unknown): Error {
  const { cause, recorded } = error instanceof PartialFailure ? error : { cause: error, recorded: undefined };
  const { reason, remedy, codes } = partsOf(cause);
  const secrets = session.secrets();
  const hidden = (text: string): string => redact(text, secrets);
  // Machines read the codes: a secret of a few letters does not spoil them.
  const hiddenCodes = redact(
    codes,
    secrets.filter((secret) => secret.length >= 8),
  );
  const sentences = [`${what}: ${hidden(reason)}.`, hidden(remedy), hiddenCodes].filter(Boolean).join(" ");
  const message = sentences.replace(/\s*[\r\n]+\s*/g, " ");
  const result = new Error(message);
  // The host prints the stack of an error; to the reader of a deployment's log it is noise. The cause itself stays
  // here: its message may hold what was removed from this one's.
  result.stack = session.debug ? hidden(textOf((cause as Error)?.stack)) : "";
  return recorded ? Object.assign(result, recorded, { reasons: [message] }) : result;
}

function partsOf(error: unknown): { reason: string; remedy: string; codes: string } {
  const failure = error instanceof LiveError ? error : defect(error);
  const { message: reason, remedy, code, action = "none", requestId = "none", retryable } = failure;
  return { reason, remedy, codes: `(code=${code} action=${action} requestId=${requestId} retryable=${retryable})` };
}

function defect(error: unknown): ProviderError {
  return new ProviderError(textOf(error instanceof Error ? error.message : error), {
    code: "Provider.Defect",
    remedy: "This is a defect of pulumi-tencentcloud-live: please report it, with what TENCENTCLOUD_LIVE_DEBUG=1 adds.",
  });
}

/** Any value as text; there are some that cannot even be turned into it. */
function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return "something was thrown that has no text";
  }
}
