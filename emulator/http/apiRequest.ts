import type { z } from "zod";
import { CALLBACK_EVENTS } from "../../provider/api/contract/events";
import { contracts, type EmulatedAction, type Parameters, versionOf } from "../actions";
import { ApiError } from "../apiError";
import type { LiveDialect } from "../dialect";
import { type HttpRequest, header } from "./messages";

/** Returns the parameters of a request, unchecked. */
export function parseBody(http: HttpRequest): Record<string, unknown> {
  if (!http.body) throw new ApiError("RequestSizeLimitExceeded", "The request is larger than 10 MB.");
  const type = header(http, "content-type").split(";")[0]?.trim().toLowerCase();
  if (http.method !== "POST" || type !== "application/json") {
    throw new ApiError("UnsupportedProtocol", "The emulator accepts only POST with application/json.");
  }
  try {
    const value: unknown = JSON.parse(http.body.toString("utf8"));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Reported below, like any other body that is not an object.
  }
  throw new ApiError("InvalidParameter", "The request body is not a JSON object.");
}

/** Returns the action of a request, and checks its version. */
export function routedAction(http: HttpRequest): EmulatedAction {
  const action = header(http, "x-tc-action");
  if (action === "") throw new ApiError("MissingParameter", "The X-TC-Action header is missing.");
  if (!Object.hasOwn(contracts, action)) throw new ApiError("InvalidAction", "The action is invalid or not found.");
  const version = header(http, "x-tc-version");
  if (version === "") throw new ApiError("MissingParameter", "The X-TC-Version header is missing.");
  const known = action as EmulatedAction;
  if (version !== versionOf(known)) throw new ApiError("NoSuchVersion", "The API version is invalid.");
  return known;
}

/** The parameters that the API model of the international site lacks. */
const NEWER: readonly string[] = [
  ...Object.values(CALLBACK_EVENTS).flatMap(({ apiModel, urlField }) => (apiModel === "current" ? [urlField] : [])),
  "RecordExceptionLevels",
];

/** Checks a request like the gateway: undeclared parameters first, then missing ones, then types. */
export function checkParameters<A extends EmulatedAction>(
  action: A,
  request: Record<string, unknown>,
  { apiModel }: LiveDialect,
): Parameters<A> {
  const newer = apiModel === "older" ? Object.keys(request).filter((name) => NEWER.includes(name)) : [];
  const parsed = contracts[action].request.safeParse(request);
  if (parsed.success && newer.length === 0) return parsed.data as Parameters<A>;
  throw parameterError(request, parsed.error?.issues ?? [], newer);
}

function parameterError(request: Record<string, unknown>, issues: z.core.$ZodIssue[], newer: string[]): ApiError {
  const unknown = [...issues.flatMap((issue) => (issue.code === "unrecognized_keys" ? issue.keys : [])), ...newer];
  if (unknown.length > 0) return new ApiError("UnknownParameter", `Undeclared parameter: ${unknown.join(", ")}.`);
  const names = issues.map((issue) => issue.path.join("."));
  const missing = names.filter((name) => !name.includes(".") && !Object.hasOwn(request, name));
  if (missing.length > 0) return new ApiError("MissingParameter", `Missing parameter: ${missing.join(", ")}.`);
  return new ApiError("InvalidParameter", `The value type of parameter ${names.join(", ")} is not valid.`);
}
