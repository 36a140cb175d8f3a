import * as pulumi from "@pulumi/pulumi";
import { CallbackTemplate } from "pulumi-tencentcloud-live/native";

const config = new pulumi.Config();
const callbackKey = config.requireSecret("callbackKey");

// adopt takes over the existing template without changes. Delete these lines after the first `pulumi up`.

// Template 385622, which keeps its name "直播回调".
const 直播回调 = new CallbackTemplate("直播回调", {
  description: "线上",
  callbackKey,
  streamBeginNotifyUrl: "https://hooks.example.com/live", // Push Callback
  adopt: 385622,
});
直播回调.bindTo(["push.example.com", { domainName: "push.example.com", appName: "live" }]);

// Template 385623.
new CallbackTemplate("截图", {
  templateName: "截图",
  callbackKey,
  snapshotNotifyUrl: config.requireSecret("template385623SnapshotNotifyUrl"), // Screencapture Callback
});

// Template 385624, which keeps its name "直播回调".
new CallbackTemplate("直播回调-385624", {
  recordNotifyUrl: "https://hooks.example.com/files", // Recording file callback
  adopt: 385624,
});

// Template 385625, which has no name.
new CallbackTemplate("template-385625", {
  streamBeginNotifyUrl: "https://hooks.example.com/live", // Push Callback
  adopt: 385625,
});
