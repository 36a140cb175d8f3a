import * as pulumi from "@pulumi/pulumi";
import { CallbackTemplate } from "pulumi-tencentcloud-live";

const hooks = new CallbackTemplate("hooks", {
  streamBeginNotifyUrl: "https://hooks.example.com/live",
  streamEndNotifyUrl: "https://hooks.example.com/live",
  recordNotifyUrl: "https://hooks.example.com/recordings",
  callbackKey: new pulumi.Config().requireSecret("callbackKey"),
});

hooks.bindTo(["sports.example.com", "music.example.com", { domainName: "news.example.com", appName: "live" }]);
