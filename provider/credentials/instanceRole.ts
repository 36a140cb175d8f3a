import { z } from "zod";
import type { Credentials } from "../api/credentials";
import { ProviderError } from "../api/errors";
import { parseJson } from "../api/json";
import { readMetadata } from "../api/metadata";
import type { Surroundings } from "./surroundings";

const PATH = "cam/security-credentials/";

const answer = z.object({
  Code: z.literal("Success"),
  TmpSecretId: z.string().min(1),
  TmpSecretKey: z.string().min(1),
  Token: z.string().min(1),
  ExpiredTime: z.int().positive(),
});

/** The credentials of this instance's role, or the reason why there are none. */
export async function instanceRole({ settings }: Surroundings): Promise<Credentials | string> {
  const { metadataEndpoint } = settings;
  const role = await readMetadata(metadataEndpoint, PATH);
  if ("missing" in role) return role.missing;
  const name = role.text.trim();
  if (!/^[\w+=,.@-]+$/.test(name)) return `${metadataEndpoint.origin} names no role`;
  const source = `the role ${name} of this instance`;
  const keys = await readMetadata(metadataEndpoint, `${PATH}${name}`);
  if ("missing" in keys) throw unusable(source, keys.missing);
  const parsed = answer.safeParse(parseJson(keys.text));
  if (!parsed.success) throw unusable(source, `${metadataEndpoint.origin} answered something else`);
  const { TmpSecretId: secretId, TmpSecretKey: secretKey, Token: securityToken, ExpiredTime } = parsed.data;
  return { secretId, secretKey, securityToken, expiresAt: ExpiredTime * 1000, source };
}

function unusable(source: string, why: string): ProviderError {
  return new ProviderError(`there are no credentials for ${source}: ${why}`, {
    code: "Provider.CredentialsNotFound",
    retryable: true,
    remedy: "Check the role of the instance in the console, and run again.",
  });
}
