import * as pulumi from "@pulumi/pulumi";
import { CallbackTemplate } from "pulumi-tencentcloud-live";

const config = new pulumi.Config();
const receiver = config.require("receiver");
const callbackKey = config.requireSecret("callbackKey");

// The begin URL is another one, and there is no URL for recordings any more.
const hooks = new CallbackTemplate("hooks", {
  streamBeginNotifyUrl: `${receiver}/begin`,
  streamEndNotifyUrl: `${receiver}/live`,
  callbackKey,
});
hooks.bindTo(["sports.example.com", { domainName: "news.example.com", appName: "live" }]);

// Music has moved to a template of its own.
const music = new CallbackTemplate("music", { streamBeginNotifyUrl: "https://music.example.com/begin", callbackKey });
music.bindTo(["music.example.com"]);
