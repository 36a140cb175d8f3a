import * as pulumi from "@pulumi/pulumi";
import { CallbackTemplate } from "pulumi-tencentcloud-live";

const config = new pulumi.Config();

// adopt takes over the existing template without changes. Delete these lines after the first `pulumi up`.

// Template 385622.
const liveHooks = new CallbackTemplate("live-hooks", {
  templateName: "live-hooks",
  description: "made-in-the-console",
  callbackKey: config.requireSecret("callbackKey"),
  streamBeginNotifyUrl: "https://hooks.example.com/live", // Push Callback
  streamEndNotifyUrl: "https://hooks.example.com/live", // Interruption Callback
  recordNotifyUrl: "https://hooks.example.com/recordings", // Recording file callback
  adopt: 385622,
});
liveHooks.bindTo([{ domainName: "events.example.com", appName: "live" }, "push.example.com"]);
