import * as pulumi from "@pulumi/pulumi";
import { CallbackTemplate } from "pulumi-tencentcloud-live";

const config = new pulumi.Config();
const receiver = config.require("receiver");
const options = { protect: config.requireBoolean("protect") };

const args = {
  streamBeginNotifyUrl: receiver,
  streamEndNotifyUrl: receiver,
  recordNotifyUrl: receiver,
  callbackKey: config.requireSecret("callbackKey"),
};
const hooks = new CallbackTemplate("hooks", args, options);

hooks.bindTo(config.requireObject<string[]>("domains"), options);

export const templateId = hooks.templateId;
