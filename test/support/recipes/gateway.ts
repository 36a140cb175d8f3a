import { messages, type SentMessage } from "./messages";
import type { RecipeFolder } from "./recipe";

/** The documented event of each gateway, reduced to the used fields. */
const EVENTS = {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
  "an HTTP API of AWS": (headers: object, body: object) => ({
    ...{ version: "2.0", routeKey: "POST /live", rawPath: "/live", headers, ...body },
    requestContext: { http: { method: "POST", path: "/live", protocol: "HTTP/1.1" } },
  }),
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
  "a REST API of AWS": (headers: object, body: object) => ({
    ...{ resource: "/live", path: "/live", httpMethod: "POST", headers, ...body },
    requestContext: { httpMethod: "POST", stage: "prod" },
  }),
  // https://www.tencentcloud.com/document/product/583/12513
  "a trigger of Tencent SCF": (headers: object, body: object) => ({
    ...{ path: "/live", httpMethod: "POST", headers, ...body },
    requestContext: { httpMethod: "POST", path: "/live", stage: "release" },
  }),
};

export type Gateway = keyof typeof EVENTS;

/** Gateways keep the spelling of headers, and pass bodies that are not text in base64. */
function eventOf(gateway: Gateway, { body, headers }: SentMessage): object {
  const spelt = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase()),
      value,
    ]),
  );
  const isBase64Encoded = "content-encoding" in headers;
  return EVENTS[gateway](spelt, {
    isBase64Encoded,
    body: Buffer.from(body).toString(isBase64Encoded ? "base64" : "utf8"),
  });
}

/** Calls the function of `function.js` with the event of each message, in a separate process. */
export async function responsesOfGateway(gateway: Gateway, folder: RecipeFolder): Promise<Record<string, string>> {
  const events = messages().map((message) => ({ what: message.what, event: eventOf(gateway, message) }));
  folder.write("events.json", JSON.stringify(events));
  const main = folder.write(
    "main.js",
    `import { readFileSync } from "node:fs";
    import { handler } from "./function.js";
    const responses = {};
    for (const { what, event } of JSON.parse(readFileSync("events.json", "utf8"))) {
      const { statusCode, body } = await handler(event);
      responses[what] = statusCode + " " + JSON.parse(body).code;
    }
    console.log("responses " + JSON.stringify(responses));`,
  );
  return JSON.parse(await folder.start(main).printed(/^responses (.*)$/m)) as Record<string, string>;
}
