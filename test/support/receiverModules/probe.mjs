import { createServer } from "node:http";

const KEY = "ProbeKey1";

/** Returns the responses of a receiver to messages in each HTTP form, as `status code`. */
export async function responses({ createCallbackHandler, toNodeHandler, signCallback }) {
  const begun = [];
  const handler = createCallbackHandler({ key: KEY, onStreamBegin: ({ id }) => begun.push(id), onError: () => {} });
  const t = Math.floor(Date.now() / 1000) + 600;
  const message = (sequence, key = KEY) => JSON.stringify({ ...EVENT, sequence, t, sign: signCallback(key, t) });
  const ways = [request(handler), await served(toNodeHandler(handler))];
  const found = [];
  for (const [index, { send }] of ways.entries()) {
    found.push(await send(message(`${index}`)), await send(message(`${index}`)), await send(message("f", "Other1")));
    found.push(await send(await gzip(message(`${index}z`)), { "content-encoding": "gzip" }));
    found.push(await send(`payload=${encodeURIComponent(message("form"))}`));
  }
  for (const { close } of ways) close();
  return [...found, begun.join()];
}

const EVENT = {
  ...{ event_type: 1, app: "push.example.com", appname: "live", stream_id: "stream", event_time: 1703731478 },
};

async function shown(response) {
  const { code } = await response.json();
  return `${response.status} ${code}`;
}

const request = (handler) => ({
  send: async (body, headers = {}) =>
    shown(await handler(new Request("https://hooks.example.com/live", { method: "POST", body, headers }))),
  close() {},
});

async function served(listener) {
  const server = createServer(listener);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${server.address().port}/live`;
  return {
    send: async (body, headers = {}) => shown(await fetch(url, { method: "POST", body, headers })),
    close: () => server.close(),
  };
}

const gzip = async (text) =>
  new Uint8Array(
    await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer(),
  );
