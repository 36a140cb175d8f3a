import type { z } from "zod";
import { CALLBACK_EVENTS } from "../../provider/api/contract/events";
import type { Parameters } from "../actions";
import { contracts, type EmulatedAction } from "../contracts";
import type { Dialect } from "../dialect";
import { ApiError } from "./apiError";

/** What the API model of the international site lacks. */
const NEWER: readonly string[] = [
  ...Object.values(CALLBACK_EVENTS).flatMap(({ apiModel, urlField }) => (apiModel === "current" ? [urlField] : [])),
  "RecordExceptionLevels",
];

/** The request, checked as the gateway does: undeclared parameters first, then missing ones, then types. */
export function checkParameters<A extends EmulatedAction>(
  action: A,
  request: Record<string, unknown>,
  { apiModel }: Dialect,
): Parameters<A> {
  const newer = apiModel === "older" ? Object.keys(request).filter((name) => NEWER.includes(name)) : [];
  const parsed = contracts[action].request.safeParse(request);
  if (parsed.success && newer.length === 0) return parsed.data as Parameters<A>;
  throw refusal(request, parsed.error?.issues ?? [], newer);
}

function refusal(request: Record<string, unknown>, issues: z.core.$ZodIssue[], newer: string[]): ApiError {
  const unknown = [...issues.flatMap((issue) => (issue.code === "unrecognized_keys" ? issue.keys : [])), ...newer];
  if (unknown.length > 0) return new ApiError("UnknownParameter", `Undeclared parameter: ${unknown.join(", ")}.`);
  const names = issues.map((issue) => issue.path.join("."));
  const missing = names.filter((name) => !name.includes(".") && !Object.hasOwn(request, name));
  if (missing.length > 0) return new ApiError("MissingParameter", `Missing parameter: ${missing.join(", ")}.`);
  return new ApiError("InvalidParameter", `The value type of parameter ${names.join(", ")} is not valid.`);
}
