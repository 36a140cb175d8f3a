import { z } from "zod";
import { isLoopbackHost } from "../../provider/api/contract/hosts";
import { actions } from "../../provider/api/contract/live";
import type { Emulator } from "../emulator";
import type { StreamEvent } from "../events/streamEvent";
import { faultSchema } from "../faults";
import { type HttpRequest, type HttpResponse, header } from "./messages";

const PREFIX = "/_emulator/";

const templateFields = actions.CreateLiveCallbackTemplate.request;
const id = z.int().positive();
const templateInput = templateFields.extend({ TemplateId: id.optional() });
const ruleInput = z.strictObject({ DomainName: z.string(), AppName: z.string().optional(), TemplateId: id });
const ruleKey = ruleInput.omit({ TemplateId: true });
const resetInput = z.strictObject({ calls: z.boolean().optional() });

type Route = (emulator: Emulator, input: unknown, url: URL) => unknown;

/** The routes by method and resource. A template's id follows in the path; a rule's key is in the body. */
const routes: Record<string, Route> = {
  "GET state": (emulator) => emulator.state(),
  "GET calls": (emulator, _, url) => (url.searchParams.has("record") ? emulator.callRecord() : emulator.calls()),
  "POST reset": (emulator, input) => emulator.reset(resetInput.parse(input)),
  "POST faults": (emulator, input) => {
    for (const fault of z.array(faultSchema).parse([input].flat())) emulator.addFault(fault);
  },
  "DELETE faults": (emulator) => emulator.clearFaults(),
  "POST events": (emulator, input) => emulator.sendEvent(input as StreamEvent),
  "GET events": (emulator) => emulator.deliveries(),
  "PUT templates": (emulator, input) => emulator.putTemplate(templateInput.parse(input)),
  "PATCH templates": (emulator, input, url) =>
    emulator.patchTemplate(templateId(url), templateFields.partial().parse(input)),
  "DELETE templates": (emulator, _, url) => ({ removed: emulator.removeTemplate(templateId(url)) }),
  "PUT rules": (emulator, input) => emulator.putRule(ruleInput.parse(input)),
  "DELETE rules": (emulator, input) => {
    const { DomainName, AppName } = ruleKey.parse(input);
    return { removed: emulator.removeRule(DomainName, AppName) };
  },
};

/** Whether a request is for the control API. */
export function isControl({ url }: HttpRequest): boolean {
  return url.startsWith(PREFIX);
}

/** Responds to a request to the control API, by which another process inspects and controls the emulator. */
export async function respondToControl(emulator: Emulator, request: HttpRequest): Promise<HttpResponse> {
  // Accepts only loopback names: a web page could make its own host name resolve to this machine.
  const host = header(request, "host").replace(/:\d+$/, "");
  if (!isLoopbackHost(host) || request.headers.origin !== undefined) {
    return json({ error: "the control API is for programs on this machine" }, 403);
  }
  const url = new URL(request.url, "http://localhost");
  const resource = url.pathname.slice(PREFIX.length).split("/")[0];
  const name = `${request.method} ${resource}`;
  const route = Object.hasOwn(routes, name) ? routes[name] : undefined;
  if (!route) return json({ error: `unknown route; the routes are: ${Object.keys(routes).join(", ")}` }, 404);
  try {
    return json((await route(emulator, parse(request.body), url)) ?? {});
  } catch (error) {
    return json({ error: error instanceof z.ZodError ? z.prettifyError(error) : String(error) }, 400);
  }
}

function parse(body: Buffer | undefined): unknown {
  if (!body) throw new Error("the body is larger than 10 MB");
  return JSON.parse(body.length > 0 ? body.toString("utf8") : "{}");
}

function templateId(url: URL): number {
  return z.coerce.number().pipe(id).parse(url.pathname.split("/")[3]);
}

function json(value: unknown, status = 200): HttpResponse {
  return { status, body: `${JSON.stringify(value)}\n` };
}
