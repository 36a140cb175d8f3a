import type { Request } from "../../api/contract/live";
import { isNotFound, isUnknownParameter, ProviderError } from "../../api/errors";
import type { Operation } from "../../operation";
import { PartialFailure } from "../../resourceType";
import { own, words } from "../../words";
import { describeTemplate } from "../describeTemplate";
import {
  type CanonicalTemplate,
  canonicalTemplate,
  differences,
  fromTemplateInfo,
  modifyFields,
  NEWER_FIELDS,
} from "./canonical";
import { besideTemplate, type NamedInputs } from "./inputs";

type Modification = Request<"ModifyLiveCallbackTemplate">;

/** Sets or clears the fields of a template, and checks that the API has cleared them. */
export async function modifyTemplate(
  operation: Operation,
  templateId: number,
  before: CanonicalTemplate,
  inputs: NamedInputs,
): Promise<void> {
  const fields = modifyFields(before, canonicalTemplate(inputs));
  try {
    await sendModify(operation, templateId, fields);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    await operation.confirmOrigin();
    throw new ProviderError(words`template ${templateId} no longer exists`, {
      code: "Provider.NotFound",
      action: "ModifyLiveCallbackTemplate",
      remedy: own(operation.deployment.host.advice.gone),
      cause: error,
    });
  }
  operation.lists.templates.applyWrite((templates) =>
    templates.map((template) => (template.TemplateId === templateId ? { ...template, ...fields } : template)),
  );
  await confirmCleared(operation, templateId, before, inputs);
}

/**
 * Sends a modify. If the endpoint has the older model of the international site, it sends the modify again
 * without those empty fields that the older model lacks.
 */
async function sendModify(
  operation: Operation,
  templateId: number,
  fields: Omit<Modification, "TemplateId">,
): Promise<void> {
  const send = (changes: typeof fields) =>
    operation.client.call("ModifyLiveCallbackTemplate", { TemplateId: templateId, ...changes }, operation.budget);
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
  operation: Operation,
  templateId: number,
  before: CanonicalTemplate,
  inputs: NamedInputs,
): Promise<void> {
  const wanted = canonicalTemplate(inputs);
  const cleared = differences(before, wanted).filter((name) => !wanted[name]);
  if (cleared.length === 0) return;
  const info = await describeTemplate(operation, templateId);
  if (!info) return;
  const actual = fromTemplateInfo(info, wanted);
  const kept = cleared.filter((name) => actual[name]);
  if (kept.length === 0) return;
  const failure = new ProviderError(words`the API accepted the change but did not clear ${own(kept.join(", "))}`, {
    code: "Provider.NotCleared",
    action: "ModifyLiveCallbackTemplate",
    remedy: words`Clear it in the console and run again, or set it in the program.`,
  });
  const outs = { templateName: "", ...actual, ...besideTemplate(inputs), templateId };
  throw new PartialFailure(failure, { id: String(templateId), outs });
}
