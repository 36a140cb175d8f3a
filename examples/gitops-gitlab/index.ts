import * as pulumi from "@pulumi/pulumi";
import { CallbackTemplate } from "pulumi-tencentcloud-live";

const config = new pulumi.Config();
const receiver = config.require("receiver");

const hooks = new CallbackTemplate("hooks", {
  streamBeginNotifyUrl: receiver,
  streamEndNotifyUrl: receiver,
  recordNotifyUrl: receiver,
  callbackKey: config.getSecret("callbackKey"),
});

hooks.bindTo(config.requireObject<string[]>("domains"));

export const templateId = hooks.templateId;
