import type { HttpRequest, HttpResponse } from "../http/messages";
import { expiryOf, keysOf, SESSION_SECONDS, type Sessions } from "./roles";

const PREFIX = "/latest/meta-data/";
const ROLES = `${PREFIX}cam/security-credentials/`;

/** The instance that the metadata describe. */
export interface Instance {
  accountId: string;
  /** The name of its role, if it has one. */
  instanceRole: string | undefined;
  sessions: Sessions;
  /** Milliseconds since 1970. */
  now: number;
}

/** Whether a request is for the metadata of the instance. */
export function isMetadata({ url }: HttpRequest): boolean {
  return url.startsWith(PREFIX);
}

/**
 * Responds like `http://metadata.tencentyun.com` on an instance: with the name of its role, or with that
 * role's credentials.
 *
 * @see https://www.tencentcloud.com/document/product/213/4934
 */
export function respondToMetadata({ method, url }: HttpRequest, instance: Instance): HttpResponse {
  const { accountId, instanceRole, sessions, now } = instance;
  if (method !== "GET" || instanceRole === undefined) return { status: 404, contentType: "text/plain", body: "" };
  if (url === ROLES) return { contentType: "text/plain", body: instanceRole };
  if (url !== `${ROLES}${instanceRole}`) return { status: 404, contentType: "text/plain", body: "" };
  const session = sessions.begin({ accountId, name: instanceRole }, SESSION_SECONDS, now);
  return { body: JSON.stringify({ ...keysOf(session), ...expiryOf(session), Code: "Success" }) };
}
