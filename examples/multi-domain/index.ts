import * as pulumi from "@pulumi/pulumi";
import { type BindTarget, CallbackTemplate, type CallbackTemplateArgs } from "pulumi-tencentcloud-live";

type Row = CallbackTemplateArgs & { domains: BindTarget[] };

const config = new pulumi.Config();
const table = config.requireObject<Record<string, Row>>("templates");
const callbackKey = config.requireSecret("callbackKey");

export const templateIds = Object.fromEntries(
  Object.entries(table).map(([name, { domains, ...urls }]) => {
    const template = new CallbackTemplate(name, { ...urls, callbackKey });
    template.bindTo(domains);
    return [name, template.templateId];
  }),
);
