import { z } from "zod";

/** What is sent for one action, what is answered, and what the client has to know of it. */
interface ActionContract {
  request: z.ZodType;
  response: z.ZodType;
  /** Sending it twice leaves the same result as sending it once: it may be sent again when its outcome is unknown. */
  idempotent: boolean;
  /** How many calls of an account are accepted within a second, as documented. */
  perSecond: number;
  /** It is sent without a signature: what it carries proves who asks. */
  unsigned?: true;
}

/** One product of the cloud, as the client calls it and the emulator answers it. */
export interface Service {
  /** The name in the credential scope of a signature, and before the colon of a permission. */
  name: string;
  /** `X-TC-Version`. */
  version: string;
  /** The setting that names its endpoint. */
  endpointKey: "endpoint" | "stsEndpoint";
  actions: Record<string, ActionContract>;
}

/** The name of an action of a service. */
export type ActionOf<S extends Service> = keyof S["actions"] & string;
/** What is sent for an action of a service. */
export type RequestOf<S extends Service, A extends ActionOf<S>> = z.input<S["actions"][A]["request"]>;
/** What a service answers to an action. */
export type ResponseOf<S extends Service, A extends ActionOf<S>> = z.output<S["actions"][A]["response"]>;

/** The envelope around every answer; an error comes with HTTP status 200 too. */
export const envelope = z.object({
  Response: z.looseObject({
    RequestId: z.string().optional(),
    Error: z.object({ Code: z.string(), Message: z.string() }).optional(),
  }),
});
