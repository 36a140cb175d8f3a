import type { Cloud } from "../cloud";

export const HOOKS = { StreamBeginNotifyUrl: "https://hooks.example.com" };
export const DOMAIN = "push.example.com";

/** Adds three templates for bindings to a cloud. Returns their ids. */
export function putTemplates(cloud: Cloud): [number, number, number] {
  const put = (TemplateName: string): number => cloud.putTemplate({ TemplateName, ...HOOKS }).TemplateId;
  return [put("one"), put("two"), put("three")];
}

/** Returns the rules of a cloud: domain, app and template. */
export const rulesIn = (cloud: Cloud): [string, string, number][] =>
  cloud.state().rules.map(({ DomainName, AppName, TemplateId }) => [DomainName, AppName, TemplateId]);
