import type { Credentials } from "../api/credentials";
import { ProviderError } from "../api/errors";
import { ACCOUNT_WAIT_MS } from "../origin";
import { own, words } from "../words";
import { type CredentialContext, failedStep, securityTokenService } from "./context";

/**
 * The accounts of the credentials of a deployment. The account of the same credentials is requested once, and
 * credentials of another account than the first ones are rejected.
 */
export class Accounts {
  readonly #context: CredentialContext;
  readonly #known = new Map<string, string>();
  /**
   * Lookups share a request only if both have the same limits: otherwise, one would fail without a retry, or
   * wait for the retries of the other. A failed single request is kept, so that not every create waits for one.
   */
  readonly #once = new Map<string, Promise<string>>();
  readonly #repeated = new Map<string, Promise<string>>();
  /** The identity of the first credentials. */
  #first: string | undefined;
  /** The account of this run, once it has been requested. */
  #ofRun: string | undefined;

  constructor(context: CredentialContext) {
    this.#context = context;
  }

  /**
   * Returns the account that credentials belong to; for those of a role, the account of the role. With
   * `onceWithinMs`, it sends one request to STS, which times out after that many milliseconds.
   */
  async lookUp(credentials: Credentials, onceWithinMs?: number): Promise<string> {
    const key = identityOf(credentials);
    const account = this.#known.get(key) ?? (await this.#request(key, credentials, onceWithinMs));
    this.#known.set(key, account);
    return account;
  }

  /**
   * Returns the account of this run, which uses these credentials.
   *
   * @throws ProviderError `Provider.WrongAccount` if the run began with credentials of another account
   */
  async ofRun(credentials: Credentials, onceWithinMs?: number): Promise<string> {
    const account = await this.lookUp(credentials, onceWithinMs);
    this.#ofRun ??= account;
    if (account !== this.#ofRun) throw anotherAccount(credentials, account, this.#ofRun, "the run began in");
    return account;
  }

  /**
   * Checks credentials before their first use. Renewed credentials must belong to the account of the run or, if
   * that has not been requested, to an account that its resources record. If STS does not respond, they are
   * accepted, and their account is unknown.
   *
   * @throws ProviderError `Provider.AccountNotAllowed`, `Provider.WrongAccount`
   */
  async check(credentials: Credentials): Promise<void> {
    const { settings } = this.#context;
    const { allowedAccountIds: allowed } = settings;
    if (allowed) requireAllowed(credentials, await this.lookUp(credentials), allowed, this.#context);
    const key = identityOf(credentials);
    this.#first ??= key;
    const isRenewed = key !== this.#first && settings.accountIsKnowable;
    if (!allowed && !isRenewed) return;
    const account = await this.lookUp(credentials, ACCOUNT_WAIT_MS).catch(() => undefined);
    if (account === undefined) return;
    if (isRenewed && this.#ofRun === undefined) this.#requireRecorded(credentials, account);
    await this.ofRun(credentials);
  }

  #requireRecorded(credentials: Credentials, account: string): void {
    const recorded = this.#context.recordedAccounts?.() ?? [];
    if (recorded.length === 0 || recorded.includes(account)) return;
    throw anotherAccount(credentials, account, recorded.join(" and "), "the resources of this run belong to");
  }

  #request(key: string, credentials: Credentials, onceWithinMs?: number): Promise<string> {
    const ofItsKind = onceWithinMs === undefined ? this.#repeated : this.#once;
    const account = ofItsKind.get(key) ?? getCallerIdentity(credentials, this.#context, onceWithinMs);
    ofItsKind.set(key, account);
    if (ofItsKind === this.#once) return account;
    return account.finally(() => ofItsKind.delete(key));
  }
}

/** Returns a key that credentials share only if they belong to one account. */
const identityOf = ({ role, secretId }: Credentials): string => role ?? secretId;

function anotherAccount({ source }: Credentials, account: string, former: string, relation: string): ProviderError {
  const belong = words`the new ones, from ${source}, belong to account ${account}`;
  return new ProviderError(
    words`the credentials changed during this run: ${belong}, but ${own(relation)} account ${former}`,
    {
      code: "Provider.WrongAccount",
      remedy: words`Run again with credentials of account ${former}; nothing was changed in account ${account}.`,
    },
  );
}

/** @throws ProviderError `Provider.AccountNotAllowed` */
function requireAllowed(
  credentials: Credentials,
  account: string,
  allowed: readonly string[],
  { host }: CredentialContext,
): void {
  if (allowed.includes(account)) return;
  const setting = own(host.settingName("allowedAccountIds"));
  const belong = words`the credentials from ${credentials.source} belong to account ${account}`;
  throw new ProviderError(words`${belong}, but ${setting} allows only ${allowed.join(", ")}`, {
    code: "Provider.AccountNotAllowed",
    remedy: words`Use credentials of an allowed account; if this one is right, add it to the list. ${own(host.staleness)}`,
  });
}

async function getCallerIdentity(
  credentials: Credentials,
  context: CredentialContext,
  onceWithinMs?: number,
): Promise<string> {
  const { client, budget } = securityTokenService(context, credentials, onceWithinMs);
  try {
    const response = await (onceWithinMs === undefined
      ? client.call("GetCallerIdentity", {}, budget)
      : client.send("GetCallerIdentity", {}));
    return response.AccountId;
  } catch (error) {
    throw failedStep(words`cannot determine the account of the credentials`, error);
  }
}
