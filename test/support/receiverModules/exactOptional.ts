import { CallbackTemplate } from "pulumi-tencentcloud-live";
import { createCallbackHandler, type EventStore, verifyCallback } from "pulumi-tencentcloud-live/receiver";

declare const app: string | undefined, debug: boolean, store: EventStore | undefined;
export const first = createCallbackHandler({
  key: process.env.CALLBACK_KEY,
  onStreamBegin: (event) => console.log(event.streamId),
});
export const second = createCallbackHandler({
  key: "k",
  store,
  onEvent: debug ? (event) => console.log(event.type) : undefined,
});
verifyCallback("{}", { key: process.env.CALLBACK_KEY });
new CallbackTemplate("hooks", { streamBeginNotifyUrl: app }).bindTo([{ domainName: "push.example.com", appName: app }]);
