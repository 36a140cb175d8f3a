import * as pulumi from "@pulumi/pulumi";
import { CallbackTemplate } from "pulumi-tencentcloud-live";

const config = new pulumi.Config();

// adopt takes over the existing template without changes. Delete these lines after the first `pulumi up`.

// Template 385622.
new CallbackTemplate("default", {
  templateName: "default",
  streamBeginNotifyUrl:
    "https://hooks.example.com/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/", // Push Callback
  streamEndNotifyUrl: "https://hooks.example.com/end", // Interruption Callback
  adopt: 385622,
});

// Template 385623.
const liveHooks = new CallbackTemplate("live-hooks", {
  templateName: "live-hooks",
  streamBeginNotifyUrl:
    "https://hooks.example.com/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/", // Push Callback
  streamEndNotifyUrl: "https://hooks.example.com/end", // Interruption Callback
  adopt: 385623,
});
liveHooks.bindTo([
  "push10.example.com",
  "push2.example.com",
  "push3.example.com",
  "push4.example.com",
  "push5.example.com",
]);

// Template 385624.
const liveHooks385624 = new CallbackTemplate("live_hooks-385624", {
  templateName: "live_hooks",
  description: 'say "yes"',
  callbackKey: config.requireSecret("callbackKey"),
  streamBeginNotifyUrl:
    "https://hooks.example.com/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/", // Push Callback
  streamEndNotifyUrl: "https://hooks.example.com/end", // Interruption Callback
  adopt: 385624,
});
liveHooks385624.bindTo(["any.example.com", { domainName: "push.example.com", appName: "one" }]);

// Template 385625.
new CallbackTemplate("2024-plan", {
  templateName: "2024 plan",
  streamBeginNotifyUrl:
    "https://hooks.example.com/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/", // Push Callback
  streamEndNotifyUrl: "https://hooks.example.com/end", // Interruption Callback
  adopt: 385625,
});

// Template 385626.
new CallbackTemplate("line-end", {
  templateName: "line\u2028end",
  streamBeginNotifyUrl:
    "https://hooks.example.com/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/long/", // Push Callback
  streamEndNotifyUrl: "https://hooks.example.com/end", // Interruption Callback
  adopt: 385626,
});
