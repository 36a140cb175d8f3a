import type { Credentials, GetCredentials } from "../api/credentials";
import { ProviderError } from "../api/errors";
import { SETTINGS, WEB_IDENTITY_TOKEN } from "../settings/keys";
import { joinWords, own, Words, words } from "../words";
import { Accounts } from "./account";
import type { CredentialContext, ResolvedCredentials } from "./context";
import { instanceRole } from "./instanceRole";
import { configuredKeys, environmentKeys } from "./keyPairs";
import { defaultProfile, namedProfile, profileFiles, searchedFiles } from "./profiles";
import { renewing } from "./renewal";
import { assumeRole } from "./role";
import { configuredIdentity, environmentIdentity, podIdentity } from "./webIdentity";

/**
 * Creates the source of the credentials of a deployment. They are resolved at the first call, kept for the
 * process, and renewed before they expire.
 *
 * The first configured source is used; sources are never mixed. Their order: in the host's configuration a
 * key pair, a web identity token file or a profile; in the environment a key pair, a web identity token, a
 * profile, or the web identity of a TKE pod; the profile `default`; the role of the instance. If the settings
 * contain a role, it is assumed with the credentials of that source.
 *
 * @throws ProviderError `Provider.CredentialsNotFound`, which lists every source that was tried;
 *   `Provider.InvalidConfiguration`; `Provider.AccountNotAllowed`; `Provider.WrongAccount`; or the code of STS.
 */
export function createCredentials(context: CredentialContext, accounts = new Accounts(context)): GetCredentials {
  return renewing(async () => {
    const { credentials: base, role } = await findBase(context);
    keep(base, context);
    const { arn } = role ?? {};
    const credentials = role && arn ? await assumeRole(base, { ...role, arn }, context) : base;
    keep(credentials, context);
    await accounts.check(credentials);
    return credentials;
  }, context.clock);
}

function keep({ secretKey, securityToken = "" }: Credentials, { keepSecret }: CredentialContext): void {
  keepSecret([secretKey, securityToken]);
}

/** Returns the credentials of the first configured source. The role of a web identity is already assumed. */
async function findBase(context: CredentialContext): Promise<ResolvedCredentials> {
  const { host, environment, settings } = context;
  const sources: (() => ResolvedCredentials | undefined | Promise<ResolvedCredentials | undefined>)[] = [
    () => withRole(configuredKeys(host)),
    async () => asIs(await configuredIdentity(context)),
    () => profile(host.settingName("profile"), host.get("profile")),
    () => withRole(environmentKeys(environment)),
    async () => asIs(await environmentIdentity(context)),
    () => profile(SETTINGS.profile, environment[SETTINGS.profile]),
    async () => withRole(await podIdentity(context)),
    () => defaultProfile(context),
  ];
  const withRole = (credentials?: Credentials) => credentials && { credentials, role: settings.role };
  const asIs = (credentials?: Credentials) => credentials && { credentials };
  const profile = (setting: string, name?: string) => (name ? namedProfile(name, setting, context) : undefined);
  for (const source of sources) {
    const found = await source();
    if (found) return found;
  }
  const instance = await instanceRole(context);
  if (instance instanceof Words) throw await notFound(instance, context);
  return { credentials: instance, role: settings.role };
}

async function notFound(noInstance: Words, context: CredentialContext): Promise<ProviderError> {
  const { host } = context;
  const keys = [host.settingName("secretId"), host.settingName("secretKey")].join(" and ");
  const places = [
    host.configuration && own(`${host.configuration} (${keys})`),
    own(`the environment (${SETTINGS.secretId} and ${SETTINGS.secretKey}, or ${WEB_IDENTITY_TOKEN})`),
    ...(await searchedFiles(profileFiles(context, "default"))),
    words`or the role of this instance (${noInstance})`,
  ];
  return new ProviderError(words`no credentials were found in ${joinWords(places, ", ")}`, {
    code: "Provider.CredentialsNotFound",
    remedy: words`Set one of them; docs/configuration.md in the package lists them all.`,
  });
}
