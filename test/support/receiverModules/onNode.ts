import { createServer } from "node:http";
import { createCallbackHandler, toNodeHandler } from "pulumi-tencentcloud-live/receiver";

const handler = createCallbackHandler({
  key: process.env["CALLBACK_KEY"],
  onRecord: async (event, { signal }) => await fetch(event.videoUrl, { signal }),
});
export const server = createServer(toNodeHandler(handler));
export const fetchHandler: (request: Request) => Promise<Response> = handler;
export const read = async (request: Request): Promise<string> => await (await handler(request)).text();
