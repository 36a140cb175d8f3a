import { ApiError } from "../http/apiError";
import { errorResponse } from "../http/envelope";
import type { HttpResponse } from "../http/messages";
import type { Failure } from ".";

/** Whether the action takes effect before this failure strikes. */
export function isApplied({ kind, applied }: Failure): boolean {
  return applied ?? (kind === "resetMidBody" || kind === "truncated" || kind === "contentType");
}

/** What a failure leaves of an answer. */
export function faultResponse(failure: Failure, response: HttpResponse): HttpResponse {
  switch (failure.kind) {
    case "error":
      return errorResponse(new ApiError(failure.code, failure.message ?? "This error was asked for by a fault."));
    case "status":
      return { status: failure.status, contentType: "text/html", body: page(`${failure.status}`) };
    case "contentType":
      return { contentType: failure.contentType ?? "text/html", body: page("A proxy's page") };
    case "truncated":
      return { body: response.body.slice(0, response.body.length / 2) };
    case "reset":
    case "resetMidBody":
      return { ...response, ending: failure.kind };
  }
}

function page(title: string): string {
  return `<!doctype html><title>${title}</title><h1>${title}</h1>\n`;
}
