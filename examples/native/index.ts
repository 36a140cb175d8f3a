import * as pulumi from "@pulumi/pulumi";
import { CallbackTemplate, Provider } from "pulumi-tencentcloud-live/native";

/** An account. Its name is the name of the tccli profile with its keys. */
interface Account {
  domains: string[];
  /** The URL of an emulator, in place of the cloud. */
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
