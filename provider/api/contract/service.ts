import { z } from "zod";

/** The request and the response of one action, and how the client may call it. */
interface ActionContract {
  request: z.ZodType;
  response: z.ZodType;
  /**
   * Whether sending it twice has the same result as sending it once, so that it may be sent again when its
   * outcome is unknown.
   */
  idempotent: boolean;
  /** The documented limit of calls per second and account. */
  perSecond: number;
  /** Set for an action that changes the account. */
  writes?: true;
  /** Set for an action that is sent without a signature: its parameters identify the caller. */
  unsigned?: true;
}

/** One product of the cloud, as the client calls it and the emulator implements it. */
export interface Service {
  /** The name in the credential scope of a signature, and before the colon of a permission. */
  name: string;
  /** `X-TC-Version`. */
  version: string;
  /** The setting for its endpoint. */
  endpointKey: "endpoint" | "stsEndpoint";
  actions: Record<string, ActionContract>;
}

/** The name of an action of a service. */
export type ActionOf<S extends Service> = keyof S["actions"] & string;
/** The request of an action of a service. */
export type RequestOf<S extends Service, A extends ActionOf<S>> = z.input<S["actions"][A]["request"]>;
/** The response of a service to an action. */
export type ResponseOf<S extends Service, A extends ActionOf<S>> = z.output<S["actions"][A]["response"]>;

/** The envelope of every response; an error has HTTP status 200 too. */
export const envelope = z.object({
  Response: z.looseObject({
    RequestId: z.string().optional(),
    Error: z.object({ Code: z.string(), Message: z.string() }).optional(),
  }),
});
