import type { Request, TemplateInfo } from "../../api/contract/live";
import { isInUse, isNotFound, isUnknownParameter, ProviderError } from "../../api/errors";
import { pollUntil, startBudget } from "../../api/retry";
import type { Deployment } from "../../deployment";
import { PartialFailure } from "../../lifecycle";
import { defined, type Properties } from "../../validation";
import { bindingKey } from "../domainBinding/rules";
import {
  type CallbackTemplateInputs,
  type CanonicalTemplate,
  canonicalTemplate,
  differences,
  fromTemplateInfo,
  modifyFields,
} from "./inputs";

type Modification = Request<"ModifyLiveCallbackTemplate">;

/** What a resource of the deployment claims: a template's name, or its id. */
export const nameClaim = (name: unknown): string => `name ${String(name)}`;
export const idClaim = (id: unknown): string => `id ${String(id)}`;

/** The whole state of a callback template. */
export function templateState(templateId: number, inputs: Properties): Record<string, unknown> {
  return defined({ ...inputs, templateId });
}

/** The templates of one name; the API does not promise that there is only one. */
export function byName(templates: readonly TemplateInfo[], name: string): TemplateInfo[] {
  return templates.filter((template) => template.TemplateName === name);
}

/** A template by its id. It counts as gone only if a fresh list and the API's answer for this id agree on it. */
export async function findTemplate(session: Deployment, templateId: number): Promise<TemplateInfo | undefined> {
  const byId = (templates: readonly TemplateInfo[]) => templates.find(({ TemplateId }) => TemplateId === templateId);
  const listed = byId(await session.lists.templates.get()) ?? byId(await session.lists.templates.refetch());
  return listed ?? describeTemplate(session, templateId);
}

/** A template as the API describes it by its id; `undefined` where it says that there is none. */
export async function describeTemplate(session: Deployment, templateId: number): Promise<TemplateInfo | undefined> {
  const request = { TemplateId: templateId };
  try {
    return (await session.client.call("DescribeLiveCallbackTemplate", request, session.budget)).Template;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** Sets every field of a template, the cleared ones too, and makes sure that those are really gone. */
export async function modifyTemplate(
  session: Deployment,
  templateId: number,
  before: CanonicalTemplate,
  inputs: CallbackTemplateInputs,
): Promise<void> {
  const fields = modifyFields(canonicalTemplate(inputs));
  try {
    await sendModify(session, templateId, fields);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    throw new ProviderError(`the template ${templateId} does not exist any more`, {
      code: "Provider.NotFound",
      action: "ModifyLiveCallbackTemplate",
      remedy: 'Run "pulumi refresh", then "pulumi up" to make it anew.',
      cause: error,
    });
  }
  session.lists.templates.applyWrite((templates) =>
    templates.map((template) => (template.TemplateId === templateId ? { ...template, ...fields } : template)),
  );
  await confirmCleared(session, templateId, before, inputs);
}

const NEWER_FIELDS = new Set([
  "RecordStatusNotifyUrl",
  "AudioAuditNotifyUrl",
  "RecordExceptionNotifyUrl",
  "RecordExceptionLevels",
]);

/** An endpoint with the international site's older model does not know some fields: where they are empty, they are left out. */
async function sendModify(
  session: Deployment,
  templateId: number,
  fields: Omit<Modification, "TemplateId">,
): Promise<void> {
  const send = (changes: typeof fields) =>
    session.client.call("ModifyLiveCallbackTemplate", { TemplateId: templateId, ...changes }, session.budget);
  try {
    await send(fields);
  } catch (error) {
    if (!isUnknownParameter(error)) throw error;
    await send(
      Object.fromEntries(Object.entries(fields).filter(([name, value]) => value.length > 0 || !NEWER_FIELDS.has(name))),
    );
  }
}

async function confirmCleared(
  session: Deployment,
  templateId: number,
  before: CanonicalTemplate,
  inputs: CallbackTemplateInputs,
): Promise<void> {
  const wanted = canonicalTemplate(inputs);
  const cleared = differences(before, wanted).filter((name) => !wanted[name]);
  if (cleared.length === 0) return;
  const info = await describeTemplate(session, templateId);
  if (!info) return;
  const actual = fromTemplateInfo(info, wanted);
  const kept = cleared.filter((name) => actual[name]);
  if (kept.length === 0) return;
  const { automaticName, declaredBy, adopt, __provider } = inputs as Properties;
  const failure = new ProviderError(`the API accepted the change but did not clear ${kept.join(", ")}`, {
    code: "Provider.NotCleared",
    action: "ModifyLiveCallbackTemplate",
    remedy: "Clear it in the console and run again, or set it in the program.",
  });
  const properties = templateState(templateId, { ...actual, automaticName, declaredBy, adopt, __provider });
  throw new PartialFailure(failure, { id: String(templateId), properties });
}

/**
 * Deletes a template once no rule uses it. Rules that still do are waited for, up to `inUseTimeoutSeconds`; whether
 * the API would refuse is not relied on.
 */
export async function deleteTemplate(session: Deployment, templateId: number): Promise<void> {
  let looks = 0;
  const look = async (): Promise<true | undefined> => {
    const holders = await boundDomains(session, templateId, looks++ > 0);
    return holders.length === 0 && (await tryDelete(session, templateId)) ? true : undefined;
  };
  if (await pollUntil(look, startBudget(session.settings.inUseTimeoutMs), session.backoff)) return;
  const holders = await boundDomains(session, templateId, true);
  const by = holders.length > 0 ? `bound to ${holders.join(", ")}` : "in use, the API says, though no rule names it";
  throw new ProviderError(`it is still ${by}, after ${session.settings.inUseTimeoutMs / 1000} s`, {
    code: "Provider.InUse",
    action: "DeleteLiveCallbackTemplate",
    retryable: true,
    remedy: "Unbind it, or run again.",
  });
}

async function tryDelete(session: Deployment, templateId: number): Promise<boolean> {
  try {
    // Of its own: the wait for the rules may have used up the operation's.
    const budget = session.startBudget();
    await session.client.call("DeleteLiveCallbackTemplate", { TemplateId: templateId }, budget);
  } catch (error) {
    if (isInUse(error)) return false;
    if (!isNotFound(error)) throw error;
  }
  session.lists.templates.applyWrite((templates) => templates.filter(({ TemplateId }) => TemplateId !== templateId));
  return true;
}

/** What a template is bound to, for messages: `push.example.com`, `push.example.com/live`. */
export async function boundDomains(session: Deployment, templateId: number, fresh: boolean): Promise<string[]> {
  const rules = await (fresh ? session.lists.rules.refetch() : session.lists.rules.get());
  return rules.filter((rule) => rule.TemplateId === templateId).map(bindingKey);
}
