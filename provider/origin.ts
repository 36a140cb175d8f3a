import { isCloudHost } from "./api/contract/hosts";
import { isWrongAccount, LiveError, ProviderError } from "./api/errors";
import type { Host } from "./host";
import type { Properties } from "./properties";
import type { Settings } from "./settings";
import { own, type Words, words } from "./words";

/** Where a resource was deployed. It is part of the outputs of every resource, and never of the inputs. */
export interface Origin {
  /** The account; absent where it could not be determined. */
  accountId?: string | undefined;
  /** `cloud` for an endpoint of Tencent Cloud, `other` for any other one, such as an emulator. */
  endpointKind?: "cloud" | "other" | undefined;
}

/** Returns the origin that a state records; empty for a state that records none. */
export function originOf({ accountId, endpointKind }: Properties): Origin {
  return {
    ...(typeof accountId === "string" && { accountId }),
    ...((endpointKind === "cloud" || endpointKind === "other") && { endpointKind }),
  };
}

/** The parts of a deployment that determine its origin. */
interface OriginContext {
  readonly host: Host;
  readonly settings: Settings;
  account(onceWithinMs?: number): Promise<string>;
  log(severity: "warning", message: Words): void;
}

/** How long a create, or a renewal of the credentials, may wait for the account, in milliseconds. */
export const ACCOUNT_WAIT_MS = 5_000;

/**
 * Compares the origin of this deployment with the recorded origins of resources. A resource that is missing
 * in another account has not been deleted.
 */
export class Origins {
  readonly #deployment: OriginContext;
  readonly #seen = new Map<string, Origin>();
  /** Why the account of this run is unknown, and the last reason that was reported. */
  #unknownBecause: unknown;
  #reported: unknown;

  constructor(deployment: OriginContext) {
    this.#deployment = deployment;
  }

  /** Records the origin of a resource of the stack, for {@link ofCreate} and {@link accounts}. */
  see(recorded: Origin): void {
    this.#seen.set(JSON.stringify(recorded), recorded);
  }

  /** Returns the accounts that the resources of this run record. */
  accounts(): string[] {
    return [...this.#seen.values()].flatMap(({ accountId }) => accountId ?? []);
  }

  /**
   * Returns the origin for a new resource. The account is requested from STS once for the same credentials, for
   * at most 5 s and without retries. If STS does not respond, the account stays unknown.
   *
   * @throws ProviderError `Provider.WrongAccount` if a resource compared in this run has another origin, or if
   *   the credentials were replaced by those of another account.
   */
  async ofCreate(): Promise<Origin> {
    const current = await this.#current();
    for (const recorded of this.#seen.values()) this.#requireSame("the stack", recorded, current);
    return current;
  }

  /**
   * Returns the origin to record after a create: that of {@link ofCreate}, without its account if the
   * credentials were renewed during the create and the account of the new ones is unknown.
   */
  async afterCreate(origin: Origin): Promise<Origin> {
    const { accountId } = await this.#current().catch(() => origin);
    return accountId === undefined ? this.#here() : origin;
  }

  /**
   * Reports once that the account is unknown. Called after a change has succeeded: if it fails for the same
   * reason, its error says so.
   */
  reportUnknownAccount(): void {
    const error = this.#unknownBecause;
    if (error === undefined || error === this.#reported) return;
    this.#reported = error;
    const why = error instanceof LiveError ? error.reason : words`${String(error)}`;
    this.#deployment.log("warning", words`The account is not recorded in the state: ${why}.`);
  }

  /** Returns the origin for an updated resource: the recorded one, completed if the missing part is known. */
  async ofUpdate(recorded: Origin): Promise<Origin> {
    if (recorded.accountId !== undefined) return recorded;
    const current = await this.#current().catch(() => recorded);
    return differ(recorded, current) ? recorded : { ...current, ...recorded };
  }

  /**
   * Checks before a change or a delete that the endpoint has the recorded kind: an emulator may have another
   * template with the same id.
   *
   * @throws ProviderError `Provider.WrongAccount`
   */
  requireSameKind({ endpointKind }: Origin): void {
    this.#requireSame("this resource", { endpointKind }, this.#here());
  }

  /**
   * Checks without a call that the settings allow the recorded account. A preview thus already fails for a
   * resource that uses the provider of another account.
   *
   * @throws ProviderError `Provider.WrongAccount`
   */
  requireAllowed({ accountId }: Origin): void {
    const { allowedAccountIds } = this.#deployment.settings;
    if (accountId === undefined || !allowedAccountIds || allowedAccountIds.includes(accountId)) return;
    const { host } = this.#deployment;
    const setting = host.settingName("allowedAccountIds");
    throw new ProviderError(
      own(`this resource belongs to account ${accountId}, but ${setting} allows only ${allowedAccountIds.join(", ")}`),
      {
        code: "Provider.WrongAccount",
        remedy: own(
          `If ${accountId} is the right account, add it to ${setting}. ${host.staleness} ${host.advice.forget}`,
        ),
      },
    );
  }

  /**
   * Checks that a resource that was not found belongs to the account of this run. Parts of the origin that
   * are not recorded are not compared.
   *
   * @throws ProviderError `Provider.WrongAccount`; `Provider.AccountUnknown` if the account cannot be
   *   determined.
   */
  async confirm(recorded: Origin): Promise<void> {
    const here = this.#here();
    this.#requireSame("this resource", recorded, here);
    if (recorded.accountId === undefined) return;
    this.#requireSame("this resource", recorded, { ...here, accountId: await this.#account() });
  }

  #here(): Origin {
    return { endpointKind: isCloudHost(this.#deployment.settings.endpoint.hostname) ? "cloud" : "other" };
  }

  /** @throws ProviderError `Provider.WrongAccount` */
  async #current(): Promise<Origin> {
    const here = this.#here();
    if (!this.#deployment.settings.accountIsKnowable) return here;
    try {
      const accountId = await this.#deployment.account(ACCOUNT_WAIT_MS);
      this.#unknownBecause = undefined;
      return { ...here, accountId };
    } catch (error) {
      if (isWrongAccount(error)) throw error;
      this.#unknownBecause = error;
      return here;
    }
  }

  /** @throws ProviderError `Provider.WrongAccount`; `Provider.AccountUnknown`, with the error of STS. */
  async #account(): Promise<string> {
    const { settings, host } = this.#deployment;
    if (!settings.accountIsKnowable) {
      throw new ProviderError(words`it was not found, and without an STS endpoint its account cannot be compared`, {
        code: "Provider.AccountUnknown",
        retryable: true,
        remedy: own(`Set ${host.settingName("stsEndpoint")}.`),
      });
    }
    try {
      return await this.#deployment.account();
    } catch (error) {
      if (!(error instanceof LiveError) || isWrongAccount(error)) throw error;
      throw new ProviderError(words`it was not found, and the account of this run is not known: ${error.reason}`, {
        code: "Provider.AccountUnknown",
        action: error.action,
        requestId: error.requestId,
        retryable: true,
        remedy: error.advice,
        cause: error,
      });
    }
  }

  #requireSame(what: string, recorded: Origin, current: Origin): void {
    if (!differ(recorded, current)) return;
    const { host } = this.#deployment;
    const [theirs, ours] = describeBoth(recorded, current);
    throw new ProviderError(own(`${what} belongs to ${theirs}, but this run uses ${ours}`), {
      code: "Provider.WrongAccount",
      remedy: own(
        `Run with the credentials and the endpoint that it was deployed with: check ${host.settingName("endpoint")}, ` +
          `TENCENTCLOUD_LIVE_ENDPOINT and the credentials. ${host.advice.forget}`,
      ),
    });
  }
}

/** Returns whether two origins differ in a part that both contain. */
function differ(one: Origin, other: Origin): boolean {
  return (["endpointKind", "accountId"] as const).some(
    (name) => one[name] !== undefined && other[name] !== undefined && one[name] !== other[name],
  );
}

/** Describes two origins that differ, without the kind of the endpoint where both have the same. */
function describeBoth(one: Origin, other: Origin): [string, string] {
  if (one.accountId === undefined || other.accountId === undefined || one.endpointKind !== other.endpointKind)
    return [describe(one), describe(other)];
  return [`account ${one.accountId}`, `account ${other.accountId}`];
}

function describe({ accountId, endpointKind }: Origin): string {
  const place = endpointKind === "other" ? "an endpoint other than Tencent Cloud's" : "Tencent Cloud";
  return accountId === undefined ? place : `account ${accountId} of ${place}`;
}
