import * as pulumi from "@pulumi/pulumi";
import { CallbackTemplate } from "pulumi-tencentcloud-live";

const config = new pulumi.Config();
const receiver = config.require("receiver");

const hooks = new CallbackTemplate("hooks", {
  streamBeginNotifyUrl: `${receiver}/live`,
  streamEndNotifyUrl: `${receiver}/live`,
  recordNotifyUrl: `${receiver}/recordings`,
  callbackKey: config.requireSecret("callbackKey"),
});

hooks.bindTo(["sports.example.com", "music.example.com", { domainName: "news.example.com", appName: "live" }]);
