import type { AxiosResponse } from "axios";
import type { Host } from "../host";
import { joinWords, own, quoted, type Words, words } from "../words";
import type { ProviderCode } from "./codes";
import { type ActionOf, envelope, type ResponseOf, type Service } from "./contract/service";
import type { Credentials } from "./credentials";
import { ApiError, TransportError } from "./errors";
import { parseJson } from "./json";
import { remedyFor } from "./remedies";

/** The call that a response belongs to. */
export interface CallContext<S extends Service, A extends ActionOf<S>> {
  service: S;
  action: A;
  /** Absent where the action is not signed. */
  credentials: Credentials | undefined;
  /** The current time in milliseconds since 1970. */
  now: number;
  host: Host;
}

/**
 * Parses a response, and returns the result in it.
 *
 * @throws ApiError when the API responds with an error.
 * @throws TransportError when it is not a valid response of the API.
 */
export function parseResponse<S extends Service, A extends ActionOf<S>>(
  response: AxiosResponse<string>,
  context: CallContext<S, A>,
): ResponseOf<S, A> {
  const { service, action, host } = context;
  const invalid = (
    reason: Words,
    code: ProviderCode,
    retryable: boolean,
    mayHaveExecuted: boolean,
    requestId?: string,
  ) => {
    const lasting = words`Check ${own(host.settingName(service.endpointKey))} and the proxy settings.`;
    const remedy = retryable ? words`Run again. If it repeats: ${lasting}` : lasting;
    return new TransportError(reason, { code, action, retryable, mayHaveExecuted, requestId, remedy });
  };
  if (response.status !== 200) {
    const transient = response.status >= 500 || response.status === 429;
    throw invalid(
      words`the API responded with HTTP status ${response.status}`,
      "Provider.HttpStatus",
      transient,
      response.status >= 500,
    );
  }
  const parsed = envelope.safeParse(parseJson(response.data));
  if (!parsed.success)
    throw invalid(words`the response is not a JSON message of the API`, "Provider.InvalidResponse", true, true);
  const { Error: error, RequestId: requestId } = parsed.data.Response;
  if (error) throw apiError(error, requestId, response, context);
  const result = service.actions[action]?.response.safeParse(parsed.data.Response);
  if (!result?.success) {
    const fields = own(result?.error.issues.map((issue) => issue.path.join(".")).join(", ") ?? "");
    const reason = words`the API's response has missing or mistyped fields: ${fields}`;
    throw invalid(reason, "Provider.InvalidResponse", false, true, requestId);
  }
  return result.data as ResponseOf<S, A>;
}

function apiError<S extends Service, A extends ActionOf<S>>(
  error: { Code: string; Message: string },
  requestId: string | undefined,
  response: AxiosResponse<string>,
  { service, action, credentials, now, host }: CallContext<S, A>,
): ApiError {
  const code = error.Code;
  // Formatted only after secrets are hidden in it: a secret may contain white space or end with a full stop.
  const message = quoted(error.Message, (text) => text.replace(/\s+/g, " ").replace(/[.\s]+$/, ""));
  const remedy = remedyFor(code, { service: service.name, action, advice: host.advice });
  if (!code.startsWith("AuthFailure") || !credentials)
    return new ApiError(message, { code, action, requestId, remedy });
  const expired = code === "AuthFailure.SignatureExpire";
  const clock = expired ? clockDifference(response, now) : "";
  return new ApiError(words`${message} (credentials from ${credentials.source}${own(clock)})`, {
    code,
    action,
    requestId,
    remedy: joinWords([remedy, expired ? "" : credentials.remedy], " "),
  });
}

/** Returns how far this machine's clock is from the API's, by the `Date` header of the response. */
function clockDifference(response: AxiosResponse<string>, now: number): string {
  const theirs = Date.parse(String(response.headers["date"]));
  if (Number.isNaN(theirs)) return "";
  const seconds = Math.round((now - theirs) / 1000);
  return `; this machine's clock is ${Math.abs(seconds)} s ${seconds < 0 ? "behind" : "ahead of"} the API's`;
}
