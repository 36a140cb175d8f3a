import { DomainBinding, getCallbackTemplate } from "pulumi-tencentcloud-live/native";

async function bind() {
  // A template that the console or another stack manages.
  const { templateId } = await getCallbackTemplate({ templateName: "hooks" });
  // One app on a domain.
  return new DomainBinding("push", { domainName: "push.example.com", appName: "live", templateId });
}

export const binding = bind().then(({ id }) => id);
