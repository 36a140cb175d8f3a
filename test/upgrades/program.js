// One resource of every shape that a state can hold. `npm run record-state` runs this program and keeps it
// with the resulting state.
const pulumi = require("@pulumi/pulumi");
const { CallbackTemplate, DomainBinding } = require("pulumi-tencentcloud-live");

const url = (path) => `https://hooks.example.com/${path}`;
const config = new pulumi.Config();

const full = new CallbackTemplate("full", {
  templateName: "直播-full_1",
  description: config.get("description") ?? "as-recorded",
  callbackKey: pulumi.secret("RecordedKey1"),
  streamBeginNotifyUrl: "https://user:password@hooks.example.com/begin?token=1",
  streamEndNotifyUrl: url("end"),
  recordNotifyUrl: url("record"),
  recordStatusNotifyUrl: url("record-status"),
  snapshotNotifyUrl: url("snapshot"),
  pornCensorshipNotifyUrl: url("porn"),
  pushExceptionNotifyUrl: url("push-exception"),
  recordExceptionNotifyUrl: url("record-exception"),
  recordExceptionLevels: ["alarm", "error"],
  audioAuditNotifyUrl: url("audio-audit"),
});
full.bindTo(["push.example.com", { domainName: "apps.example.com", appName: "live" }]);

const automatic = new CallbackTemplate("automatic", { streamEndNotifyUrl: url("end") });
new DomainBinding("by id", { domainName: "APPS.example.com.", appName: "vod", templateId: automatic.id });

new CallbackTemplate("explicit", { templateName: "explicit", streamBeginNotifyUrl: url("begin"), callbackKey: "" });

// These three, and those that the last two read, exist in the account before the program runs.
new CallbackTemplate("adopted by name", {
  templateName: "console-made-with-a-name-of-more-than-30",
  snapshotNotifyUrl: url("new"),
  adopt: true,
  adoptOverwrite: true,
});
new CallbackTemplate("adopted by id", { templateName: "console-2", snapshotNotifyUrl: url("same"), adopt: 385623 });
new DomainBinding("adopted", { domainName: "console.example.com", templateId: full.templateId, adopt: true });
const read = CallbackTemplate.get("read", "385624");
const readBinding = DomainBinding.get("read binding", "console.example.com/other");

class Hooks extends pulumi.ComponentResource {
  constructor(name, domain) {
    super("example:live:Hooks", name);
    const template = new CallbackTemplate(`${name}-hooks`, { recordNotifyUrl: url(name) }, { parent: this });
    template.bindTo([domain], { parent: this });
    this.registerOutputs({ templateId: template.templateId });
  }
}
new Hooks("component", "component.example.com");

exports.templateId = full.templateId;
exports.key = full.callbackKey;
exports.read = { name: read.templateName, key: read.callbackKey, boundTo: readBinding.templateId };
