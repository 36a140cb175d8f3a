import { z } from "zod";
import { temporaryKeys } from "../api/contract/sts";
import type { Credentials } from "../api/credentials";
import { ProviderError } from "../api/errors";
import { parseJson } from "../api/json";
import { readMetadata } from "../api/metadata";
import { type Words, words } from "../words";
import type { CredentialContext } from "./context";
import { credentialsOf } from "./role";

const PATH = "cam/security-credentials/";

const response = temporaryKeys.extend({ Code: z.literal("Success"), ExpiredTime: z.int().positive() });

/** Returns the credentials of this instance's role, or the reason why there are none. */
export async function instanceRole({ settings, clock }: CredentialContext): Promise<Credentials | Words> {
  const { metadataEndpoint } = settings;
  const role = await readMetadata(metadataEndpoint, PATH, clock);
  if ("missing" in role) return role.missing;
  const name = role.text.trim();
  if (!/^[\w+=,.@-]+$/.test(name)) return words`${metadataEndpoint.origin} returned no role name`;
  const source = words`the role ${name} of this instance`;
  const keys = await readMetadata(metadataEndpoint, `${PATH}${name}`, clock);
  if ("missing" in keys) throw unusable(source, keys.missing);
  const parsed = response.safeParse(parseJson(keys.text));
  if (!parsed.success) throw unusable(source, words`${metadataEndpoint.origin} returned no usable keys`);
  const session = credentialsOf({ Credentials: parsed.data, ExpiredTime: parsed.data.ExpiredTime });
  return { ...session, role: `${metadataEndpoint.origin} ${name}`, source };
}

function unusable(source: Words, why: Words): ProviderError {
  return new ProviderError(words`there are no credentials for ${source}: ${why}`, {
    code: "Provider.CredentialsNotFound",
    retryable: true,
    remedy: words`Check the role of the instance in the console, and run again.`,
  });
}
