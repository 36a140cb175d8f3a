import { z } from "zod";
import type { Service } from "./service";

/** Temporary keys, as STS and the metadata of an instance return them. */
export const temporaryKeys = z.object({
  TmpSecretId: z.string().min(1),
  TmpSecretKey: z.string().min(1),
  Token: z.string().min(1),
});

/** Temporary credentials; `ExpiredTime` is in seconds since 1970. */
const session = z.object({
  Credentials: temporaryKeys,
  ExpiredTime: z.int().positive(),
  Expiration: z.string().nullish(),
});

/**
 * A role is assumed under a session name, which appears in the cloud's audit log, and for 7200 s by default.
 */
const role = {
  RoleArn: z.string(),
  RoleSessionName: z.string(),
  DurationSeconds: z.int().positive().optional(),
};

/**
 * The wire contract of the Security Token Service, like `live.ts` for the live product: only the actions that
 * this project uses. Its rate limits are not documented; 20 calls per second is the default of the cloud's
 * APIs.
 *
 * @see https://www.tencentcloud.com/document/product/1150/49452
 */
export const sts = {
  name: "sts",
  version: "2018-08-13",
  endpointKey: "stsEndpoint",
  actions: {
    AssumeRole: {
      idempotent: true,
      perSecond: 20,
      request: z.strictObject({
        ...role,
        Policy: z.string().optional(),
        ExternalId: z.string().optional(),
        Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).optional(),
        SourceIdentity: z.string().optional(),
        SerialNumber: z.string().optional(),
        TokenCode: z.string().optional(),
      }),
      response: session,
    },
    AssumeRoleWithWebIdentity: {
      idempotent: true,
      perSecond: 20,
      unsigned: true,
      request: z.strictObject({ ...role, ProviderId: z.string(), WebIdentityToken: z.string() }),
      response: session,
    },
    GetCallerIdentity: {
      idempotent: true,
      perSecond: 20,
      request: z.strictObject({}),
      response: z.object({
        AccountId: z.string().min(1),
        Arn: z.string().nullish(),
        PrincipalId: z.string().nullish(),
        Type: z.string().nullish(),
        UserId: z.string().nullish(),
      }),
    },
  },
} as const satisfies Service;

/** Temporary credentials, as the API returns them. */
export type StsSession = z.output<typeof session>;
