import * as pulumi from "@pulumi/pulumi";
import { CallbackTemplate } from "pulumi-tencentcloud-live";

const config = new pulumi.Config();

// adopt takes over the existing template without changes. Delete these lines after the first `pulumi up`.

// Template 385622.
const recordings = new CallbackTemplate("Recordings", {
  templateName: "Recordings",
  callbackKey: config.requireSecret("recordingsCallbackKey"),
  recordNotifyUrl: "https://hooks.example.com/files", // Recording file callback
  recordExceptionNotifyUrl: "https://hooks.example.com/errors", // Recording Error Callback
  recordExceptionLevels: ["error", "warning"],
  adopt: 385622,
});
recordings.bindTo([
  { domainName: "a.example.com", appName: "concerts" },
  { domainName: "a.example.com", appName: "sports" },
]);

// Template 385623.
new CallbackTemplate("moderation", {
  templateName: "moderation",
  callbackKey: config.requireSecret("moderationCallbackKey"),
  snapshotNotifyUrl: "https://hooks.example.com/snapshots", // Screencapture Callback
  pornCensorshipNotifyUrl: "https://hooks.example.com/images", // Porn Detection Callback
  pushExceptionNotifyUrl: "https://hooks.example.com/push", // Error callbacks
  recordExceptionNotifyUrl: "https://hooks.example.com/errors", // Recording Error Callback
  audioAuditNotifyUrl: "https://hooks.example.com/audio",
  adopt: 385623,
});
