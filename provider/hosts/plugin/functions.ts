import { type InvokeRequest, InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { canonicalDomain } from "../../api/contract/hosts";
import type { RuleInfo, TemplateInfo } from "../../api/contract/live";
import { withOffset } from "../../api/contract/time";
import { LiveError, ProviderError } from "../../api/errors";
import type { Deployment } from "../../deployment";
import { operationError } from "../../operationError";
import { isSet, type Properties } from "../../properties";
import { fromTemplateInfo } from "../../resources/callbackTemplate/canonical";
import { bindingKey } from "../../resources/ruleKey";
import { own, words } from "../../words";
import { encode, receive } from "./struct";

interface Function {
  arguments: readonly string[];
  run: (deployment: Deployment, args: Properties) => Promise<Properties>;
}

/** The functions of the package by name. They read an account and change nothing. */
const FUNCTIONS: Readonly<Record<string, Function>> = {
  "tencentcloud-live:index:getCallbackTemplate": { arguments: ["templateId", "templateName"], run: getTemplate },
  "tencentcloud-live:index:getCallbackTemplates": { arguments: [], run: getTemplates },
  "tencentcloud-live:index:getDomainBindings": { arguments: ["domainName", "templateId"], run: getBindings },
};

async function getTemplate({ lists }: Deployment, { templateId, templateName }: Properties): Promise<Properties> {
  if (isSet(templateId) === isSet(templateName))
    throw wrongArguments("have exactly one of templateId and templateName");
  const found = (await lists.templates.get()).filter((info) =>
    isSet(templateId) ? info.TemplateId === Number(templateId) : info.TemplateName === templateName,
  );
  const [info] = found;
  if (info && found.length === 1) return templateOf(info);
  const which = isSet(templateId) ? words`the id ${String(templateId)}` : words`the name ${String(templateName)}`;
  throw new ProviderError(words`${own(info ? "several templates have" : "no template has")} ${which}`, {
    code: "Provider.NotFound",
    remedy: words`List the templates with getCallbackTemplates, and pass the id of one.`,
  });
}

async function getTemplates({ lists }: Deployment): Promise<Properties> {
  return { templates: (await lists.templates.get()).map(templateOf) };
}

async function getBindings({ lists }: Deployment, { domainName, templateId }: Properties): Promise<Properties> {
  const isWanted = (rule: RuleInfo) =>
    (!isSet(domainName) || bindingKey(rule).split("/")[0] === canonicalDomain(String(domainName))) &&
    (!isSet(templateId) || rule.TemplateId === Number(templateId));
  return { bindings: (await lists.rules.get()).filter(isWanted).map(bindingOf) };
}

const templateOf = (info: TemplateInfo): Properties => ({
  templateName: "",
  ...fromTemplateInfo(info, { callbackKey: "" }),
  templateId: info.TemplateId,
});

function bindingOf(rule: RuleInfo): Properties {
  const [domainName, ...app] = bindingKey(rule).split("/");
  return {
    id: bindingKey(rule),
    domainName,
    appName: app.join("/"),
    templateId: rule.TemplateId,
    createTime: rule.CreateTime && withOffset(rule.CreateTime),
    updateTime: rule.UpdateTime && withOffset(rule.UpdateTime),
  };
}

/** Rejects mistyped arguments. A filter that is ignored would return more than was requested. */
function refuseUnknown(known: readonly string[], given: readonly string[]): void {
  const unknown = given.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  const limit = known.length > 0 ? `have only ${known.join(" and ")}` : "be empty";
  throw wrongArguments(`${limit}; given: ${unknown.join(", ")}`);
}

const wrongArguments = (limit: string): ProviderError =>
  new ProviderError(own(`the arguments must ${limit}`), {
    code: "Provider.InvalidId",
    remedy: words`Correct them.`,
  });

/** Runs a function. Callback keys in the result are secret. */
export async function invoke(deployment: Deployment, request: InvokeRequest): Promise<InvokeResponse> {
  const token = request.getTok();
  const called = FUNCTIONS[token];
  if (!called)
    throw new Error(`${token} is not a function of this package; it has ${Object.keys(FUNCTIONS).join(", ")}`);
  const { properties } = receive(request.getArgs(), deployment);
  try {
    refuseUnknown(called.arguments, Object.keys(properties));
    const result = await called.run(deployment, properties);
    const response = new InvokeResponse();
    response.setReturn(encode(result, new Set(["callbackKey"])));
    return response;
  } catch (error) {
    throw error instanceof LiveError ? operationError(deployment, own(`cannot run ${token}`), error) : error;
  }
}
