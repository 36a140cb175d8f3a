import * as pulumi from "@pulumi/pulumi";
import { CallbackTemplate } from "pulumi-tencentcloud-live";

const config = new pulumi.Config();

// adopt takes over the existing template without changes. Delete these lines after the first `pulumi up`.

// Template 385622.
const liveHooks = new CallbackTemplate("live-hooks", {
  templateName: "live-hooks",
  streamBeginNotifyUrl: "https://hooks.example.com", // Push Callback
  adopt: 385622,
});
liveHooks.bindTo(["a.example.com", "b.example.com"]);

// Template 385623.
new CallbackTemplate("live-hooks-binding-1", {
  templateName: "live-hooks-binding-1",
  streamBeginNotifyUrl: "https://hooks.example.com", // Push Callback
  adopt: 385623,
});

// Template 385624.
new CallbackTemplate("a", {
  templateName: "a",
  callbackKey: config.requireSecret("aCallbackKey"),
  streamBeginNotifyUrl: "https://hooks.example.com", // Push Callback
  adopt: 385624,
});

// Template 385625.
new CallbackTemplate("a-callback-key", {
  templateName: "a-callback-key",
  callbackKey: config.requireSecret("template385625CallbackKey"),
  streamBeginNotifyUrl: "https://hooks.example.com", // Push Callback
  adopt: 385625,
});

// Template 385626.
new CallbackTemplate("config", {
  templateName: "config",
  streamBeginNotifyUrl: "https://hooks.example.com", // Push Callback
  adopt: 385626,
});

// Template 385627.
new CallbackTemplate("pulumi", {
  templateName: "pulumi",
  streamBeginNotifyUrl: "https://hooks.example.com", // Push Callback
  adopt: 385627,
});

// Template 385628.
new CallbackTemplate("__proto__", {
  templateName: "__proto__",
  streamBeginNotifyUrl: "https://hooks.example.com", // Push Callback
  adopt: 385628,
});

// Template 385629.
new CallbackTemplate("Object", {
  templateName: "Object",
  streamBeginNotifyUrl: "https://hooks.example.com", // Push Callback
  adopt: 385629,
});

// Template 385630.
new CallbackTemplate("1e3", {
  templateName: "1e3",
  streamBeginNotifyUrl: "https://hooks.example.com", // Push Callback
  adopt: 385630,
});

// Template 385631.
new CallbackTemplate("null", {
  templateName: "null",
  streamBeginNotifyUrl: "https://hooks.example.com", // Push Callback
  adopt: 385631,
});

// Template 385632.
new CallbackTemplate("template-385632", {
  templateName: "*/ //",
  streamBeginNotifyUrl: "https://hooks.example.com", // Push Callback
  adopt: 385632,
});

// Template 385633.
new CallbackTemplate("x-gnp-js", {
  templateName: "x\u202egnp.js",
  streamBeginNotifyUrl: "https://hooks.example.com", // Push Callback
  adopt: 385633,
});

// Template 385634.
new CallbackTemplate("template-385635", {
  templateName: "template-385635",
  streamBeginNotifyUrl: "https://hooks.example.com", // Push Callback
  adopt: 385634,
});

// Template 385635.
new CallbackTemplate("直播-385635-2", {
  templateName: "直播",
  streamBeginNotifyUrl: "https://hooks.example.com", // Push Callback
  adopt: 385635,
});

// Template 385636.
new CallbackTemplate("it-s-x", {
  templateName: 'it\'s "x"',
  description: 'it\'s "x"',
  streamBeginNotifyUrl: 'https://hooks.example.com/it\'s"x"', // Push Callback
  adopt: 385636,
});

// Template 385637.
new CallbackTemplate("whoami", {
  templateName: "`whoami`",
  description: "`whoami`",
  streamBeginNotifyUrl: "https://hooks.example.com/`whoami`", // Push Callback
  adopt: 385637,
});

// Template 385638.
new CallbackTemplate("a-b", {
  templateName: "a\\b",
  description: "a\\b",
  streamBeginNotifyUrl: "https://hooks.example.com/a\\b", // Push Callback
  adopt: 385638,
});

// Template 385639.
new CallbackTemplate("x", {
  templateName: "{{x}}",
  description: "{{x}}",
  streamBeginNotifyUrl: "https://hooks.example.com/{{x}}", // Push Callback
  adopt: 385639,
});

// Template 385640.
new CallbackTemplate("C-new", {
  templateName: "C:\\new",
  description: "C:\\new",
  streamBeginNotifyUrl: "https://hooks.example.com/C:\\new", // Push Callback
  adopt: 385640,
});

// Template 385641.
new CallbackTemplate("x-y", {
  templateName: "- x: # y",
  description: "- x: # y",
  streamBeginNotifyUrl: config.requireSecret("xYStreamBeginNotifyUrl"), // Push Callback
  adopt: 385641,
});
