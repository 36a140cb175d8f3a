import { CallbackTemplate, Provider } from "pulumi-tencentcloud-live/native";

const streamBeginNotifyUrl = "https://hooks.example.com/live";

// Each account has a profile on the machine that runs Pulumi.
for (const [name, accountId] of Object.entries({ staging: "100000000001", production: "100000000002" })) {
  const provider = new Provider(name, { profile: name, allowedAccountIds: [accountId] });
  const hooks = new CallbackTemplate(`hooks-${name}`, { streamBeginNotifyUrl }, { provider });
  hooks.bindTo([`${name}.example.com`]);
}
