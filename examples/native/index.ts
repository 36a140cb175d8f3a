import * as pulumi from "@pulumi/pulumi";
import { CallbackTemplate, Provider } from "pulumi-tencentcloud-live/native";

/** An account, by the name of a profile of tccli that has its keys. */
interface Account {
  domains: string[];
  /** Only to try it with the emulator. */
  endpoint?: string;
}

const config = new pulumi.Config();
const receiver = config.require("receiver");

const hooks = Object.entries(config.requireObject<Record<string, Account>>("accounts")).map(
  ([profile, { domains, endpoint }]) => {
    const provider = new Provider(profile, { profile, endpoint, stsEndpoint: endpoint });
    const args = { templateName: "hooks", streamBeginNotifyUrl: receiver, streamEndNotifyUrl: receiver };
    const template = new CallbackTemplate(profile, args, { provider });
    template.bindTo(domains);
    return [profile, template.templateId] as const;
  },
);

export const templateIds = Object.fromEntries(hooks);
