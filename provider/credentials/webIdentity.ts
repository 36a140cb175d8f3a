import { z } from "zod";
import type { Credentials } from "../api/credentials";
import { isForbidden, ProviderError } from "../api/errors";
import { parseJson } from "../api/json";
import { SETTINGS, WEB_IDENTITY_TOKEN } from "../settings/keys";
import { configured, type SettingValue } from "../settings/values";
import { readTextFile } from "../textFile";
import { own, type Phrase, type Words, words } from "../words";
import { type CredentialContext, failedStep, securityTokenService } from "./context";
import { credentialsOf } from "./role";

const POD = ["TKE_ROLE_ARN", "TKE_PROVIDER_ID", "TKE_WEB_IDENTITY_TOKEN_FILE"] as const;

/** A token of an identity provider, and the role to assume with it. */
interface Identity {
  arn: string;
  providerId: string;
  token: Pick<SettingValue, "name" | "value"> & { isFile: boolean };
  remedy?: Phrase | undefined;
}

/** Returns the credentials of the web identity whose token file is set in the host's configuration. */
export async function configuredIdentity(context: CredentialContext): Promise<Credentials | undefined> {
  const { host } = context;
  const file = configured(host, "assumeRoleWebIdentityTokenFile");
  if (!file) return undefined;
  return identify(
    { ...ownRole(file.name, context), token: { ...file, isFile: true }, remedy: own(host.staleness) },
    context,
  );
}

/** Returns the credentials of the web identity whose token or token file is set in the environment. */
export async function environmentIdentity(context: CredentialContext): Promise<Credentials | undefined> {
  const { environment } = context;
  const tokens = [WEB_IDENTITY_TOKEN, `${WEB_IDENTITY_TOKEN}_FILE`].map((name) => ({
    name,
    value: environment[name]?.trim() ?? "",
    isFile: name !== WEB_IDENTITY_TOKEN,
  }));
  const token = tokens.find(({ value }) => value !== "");
  return token && identify({ ...ownRole(token.name, context), token }, context);
}

/** Returns the credentials of the web identity that TKE provides to a pod. */
export async function podIdentity(context: CredentialContext): Promise<Credentials | undefined> {
  const [arn = "", providerId = "", file = ""] = POD.map((name) => context.environment[name]);
  if (!arn && !file) return undefined;
  const missing = POD.filter((name) => !context.environment[name]);
  if (missing.length > 0) {
    throw new ProviderError(
      words`the web identity of this pod is not complete: ${own(missing.join(" and "))} must be set`,
      {
        code: "Provider.InvalidConfiguration",
        remedy: words`Set all of TKE_ROLE_ARN, TKE_PROVIDER_ID and TKE_WEB_IDENTITY_TOKEN_FILE, or none.`,
      },
    );
  }
  return identify({ arn, providerId, token: { name: POD[2], value: file, isFile: true } }, context);
}

function ownRole(tokenName: string, { host, settings }: CredentialContext): Omit<Identity, "token"> {
  const { arn, providerId, remedy } = settings.role;
  if (arn) return { arn, providerId, remedy };
  throw new ProviderError(words`${own(tokenName)} is set, but the role to assume with that token is not`, {
    code: "Provider.InvalidConfiguration",
    remedy: own(`Set ${[...new Set([host.settingName("assumeRoleArn"), SETTINGS.assumeRoleArn])].join(" or ")}.`),
  });
}

async function identify(identity: Identity, context: CredentialContext): Promise<Credentials> {
  const { arn: RoleArn, providerId: ProviderId, token, remedy } = identity;
  const WebIdentityToken = await readToken(token);
  context.keepSecret([WebIdentityToken]);
  const { sessionName: RoleSessionName, durationSeconds: DurationSeconds } = context.settings.role;
  const request = { RoleArn, RoleSessionName, DurationSeconds, ProviderId, WebIdentityToken };
  const { client, budget } = securityTokenService(context);
  const where = token.isFile ? words`in ${shown(token.value)}` : words`of ${own(token.name)}`;
  const by = words`the web identity token ${where}`;
  try {
    const session = await client.call("AssumeRoleWithWebIdentity", request, budget);
    const source = words`the role ${RoleArn}, assumed with ${by}`;
    return { ...credentialsOf(session), role: RoleArn, source, remedy };
  } catch (error) {
    const trust = isForbidden(error) ? words`The role must trust the identity provider ${ProviderId}.` : undefined;
    throw failedStep(words`cannot assume the role ${RoleArn} with ${by}`, error, [trust, remedy]);
  }
}

/** Reads the token; called for every session, because the issuer of the token replaces its file. */
async function readToken({ name, value, isFile }: Identity["token"]): Promise<string> {
  if (!isFile) return value;
  const text = await readTextFile(value).catch((error: NodeJS.ErrnoException) => {
    throw unusable(name, words`cannot be read (${own(String(error.code))})`, value);
  });
  const token = tokenIn(text.trim());
  if (!token) throw unusable(name, words`contains no token`, value);
  return token;
}

const terraformFile = z.object({ web_identity_token: z.string() });

/** Returns the token in a text: the bare token, or JSON in the format of the Terraform provider. */
function tokenIn(text: string): string | undefined {
  if (!text.startsWith("{")) return text;
  return terraformFile.safeParse(parseJson(text)).data?.web_identity_token;
}

function unusable(name: string, why: Words, path: string): ProviderError {
  return new ProviderError(words`the web identity token file ${shown(path)} (set by ${own(name)}) ${why}`, {
    code: "Provider.CredentialsNotFound",
    remedy: words`Check the path, and whether the step that writes the token has run.`,
  });
}

/** Formats a path, or hides it if it looks like a token that was set in place of its path. */
const shown = (path: string): Words => (/^eyJ|[{\r\n]/.test(path) ? words`[hidden]` : words`${path}`);
