import * as pulumi from "@pulumi/pulumi";
import { CallbackTemplate } from "pulumi-tencentcloud-live/native";

const hooks = new CallbackTemplate("hooks", {
  streamBeginNotifyUrl: "https://hooks.example.com/live",
  streamEndNotifyUrl: "https://hooks.example.com/live",
  recordNotifyUrl: "https://hooks.example.com/recordings",
  callbackKey: new pulumi.Config().requireSecret("callbackKey"),
});

// A whole domain, and one app on another.
hooks.bindTo(["push.example.com", { domainName: "other.example.com", appName: "live" }]);

export const templateId = hooks.templateId;
