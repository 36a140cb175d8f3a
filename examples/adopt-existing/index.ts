import * as pulumi from "@pulumi/pulumi";
import { CallbackTemplate } from "pulumi-tencentcloud-live";

const config = new pulumi.Config();

// While this is being tried: `pulumi destroy` forgets everything and deletes nothing.
const options = { retainOnDelete: true };

// What the template is in the console. The adoption fails, and lists the differences, if something is missing here.
const args = {
  templateName: "live-hooks",
  description: "made-in-the-console",
  streamBeginNotifyUrl: "https://hooks.example.com/live",
  streamEndNotifyUrl: "https://hooks.example.com/live",
  recordNotifyUrl: "https://hooks.example.com/recordings",
  callbackKey: config.requireSecret("callbackKey"),
  // Until the first `pulumi up` is through; then without this line.
  adopt: config.requireNumber("adoptTemplateId"),
};
const hooks = new CallbackTemplate("hooks", args, options);

// The rules that the template has in the console: they are taken as they are.
hooks.bindTo(["push.example.com", { domainName: "events.example.com", appName: "live" }], options);

export const templateId = hooks.templateId;
