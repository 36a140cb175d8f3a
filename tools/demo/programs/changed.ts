import * as pulumi from "@pulumi/pulumi";
import { CallbackTemplate } from "pulumi-tencentcloud-live";

const config = new pulumi.Config();
const receiver = config.require("receiver");
const callbackKey = config.requireSecret("callbackKey");

// The begin URL has changed, and the URL for recordings is removed.
const hooks = new CallbackTemplate("hooks", {
  streamBeginNotifyUrl: `${receiver}/begin`,
  streamEndNotifyUrl: `${receiver}/live`,
  callbackKey,
});
hooks.bindTo(["sports.example.com", { domainName: "news.example.com", appName: "live" }]);

// The music domain now has its own template.
const music = new CallbackTemplate("music", { streamBeginNotifyUrl: "https://music.example.com/begin", callbackKey });
music.bindTo(["music.example.com"]);
