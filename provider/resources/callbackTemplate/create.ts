import type { TemplateInfo } from "../../api/contract/live";
import { type LiveError, mayHaveExecuted, ProviderError } from "../../api/errors";
import { pollUntil, startBudget } from "../../api/retry";
import type { Deployment } from "../../deployment";
import { PartialFailure } from "../../lifecycle";
import { ownerOf, type Properties } from "../../validation";
import { type CallbackTemplateInputs, canonicalTemplate, createFields, differences, fromTemplateInfo } from "./inputs";
import { boundDomains, byName, idClaim, modifyTemplate } from "./templates";

/** Creates a template, takes over what an interrupted run left, or adopts an existing one. Returns its id. */
export function obtainTemplate(session: Deployment, inputs: CallbackTemplateInputs): Promise<number> {
  return inputs.adopt === undefined ? createOrTakeOver(session, inputs) : adopt(session, inputs);
}

async function createOrTakeOver(session: Deployment, inputs: CallbackTemplateInputs): Promise<number> {
  const { templates } = session.lists;
  const listed = byName(await templates.get(), inputs.templateName);
  const same = listed.length === 0 ? [] : byName(await templates.refetch(), inputs.templateName);
  const [info] = same;
  if (!info) return create(session, inputs);
  if (same.length === 1) refuseAnothers(session, info, inputs);
  const obstacle = await obstacleToTakeOver(session, inputs, same);
  if (obstacle) throw alreadyExists(same, obstacle);
  return takeOver(session, info, inputs);
}

/** Why a template of the wanted name is not what an interrupted run of this program left behind. */
async function obstacleToTakeOver(
  session: Deployment,
  inputs: CallbackTemplateInputs,
  same: readonly TemplateInfo[],
): Promise<string | undefined> {
  const [info] = same;
  if (!info || same.length > 1) return "there are several";
  const holders = await boundDomains(session, info.TemplateId, true);
  if (holders.length > 0) return `it is bound to ${holders.join(", ")}`;
  const different = differencesFrom(info, inputs);
  if (inputs.automaticName === undefined && different.length > 0) return `it differs in ${different.join(", ")}`;
  return undefined;
}

async function adopt(session: Deployment, inputs: CallbackTemplateInputs): Promise<number> {
  const all = await session.lists.templates.refetch();
  const byId = typeof inputs.adopt === "number";
  const candidates = byId
    ? all.filter(({ TemplateId }) => TemplateId === inputs.adopt)
    : byName(all, inputs.templateName);
  const [info] = candidates;
  if (!info && !byId) return create(session, inputs);
  if (!info) {
    throw new ProviderError(`there is no template ${inputs.adopt} to adopt`, {
      code: "Provider.NotFound",
      remedy: "Check the id with DescribeLiveCallbackTemplates, or leave adopt out to create a template.",
    });
  }
  if (candidates.length > 1) throw alreadyExists(candidates, "adopt: true cannot tell which one is meant");
  return takeOver(session, info, inputs);
}

function differencesFrom(info: TemplateInfo, inputs: CallbackTemplateInputs): string[] {
  const wanted = canonicalTemplate(inputs);
  return differences(fromTemplateInfo(info, wanted), wanted);
}

/** Makes an existing template what the program declares, by one modify, where it differs or cannot be compared. */
async function takeOver(session: Deployment, info: TemplateInfo, inputs: CallbackTemplateInputs): Promise<number> {
  const { templateClaims } = session;
  const claim = idClaim(info.TemplateId);
  // Between this look and the claim nothing waits: of two that adopt one template at once only the first passes.
  refuseAnothers(session, info, inputs);
  templateClaims.take(claim, ownerOf(inputs));
  const unreadable = inputs.recordStatusNotifyUrl !== undefined && info.RecordStatusNotifyUrl === undefined;
  if (unreadable || differencesFrom(info, inputs).length > 0) {
    const before = fromTemplateInfo(info, { callbackKey: "" });
    await modifyTemplate(session, info.TemplateId, before, inputs).catch((error: unknown) => {
      if (!(error instanceof PartialFailure)) templateClaims.release(claim);
      throw error;
    });
  }
  return info.TemplateId;
}

async function create(session: Deployment, inputs: CallbackTemplateInputs): Promise<number> {
  const { templates } = session.lists;
  const request = { TemplateName: inputs.templateName, ...createFields(canonicalTemplate(inputs)) };
  // All of them, whatever their names: one that gets this name while the create is under way is not ours either.
  const before = new Set((await templates.get()).map(({ TemplateId }) => TemplateId));
  let templateId: number;
  try {
    templateId = (await session.client.call("CreateLiveCallbackTemplate", request, session.budget)).TemplateId;
  } catch (error) {
    if (!mayHaveExecuted(error)) throw error;
    templateId = await reconcile(session, inputs, before, error);
  }
  const info = { ...request, TemplateId: templateId } as TemplateInfo;
  templates.applyWrite((list) => [...list.filter((template) => template.TemplateId !== templateId), info]);
  session.templateClaims.take(idClaim(templateId), ownerOf(inputs));
  return templateId;
}

/** Looks for the template of a create whose answer was lost. It is never sent again: the API has no client token. */
async function reconcile(
  session: Deployment,
  inputs: CallbackTemplateInputs,
  before: ReadonlySet<number>,
  failure: unknown,
): Promise<number> {
  const budget = startBudget(session.reconcileMs);
  const look = async (): Promise<number | undefined> => {
    // Not by the shared list: that one goes on for as long as it may be retried.
    const request = session.client.call("DescribeLiveCallbackTemplates", {}, budget);
    const { Templates } = await request.catch(() => ({ Templates: [] }));
    const made = byName(Templates, inputs.templateName).filter(({ TemplateId }) => !before.has(TemplateId));
    // Of a name that the program gives another stack may have made one at the same moment.
    const isOurs = (info: TemplateInfo) =>
      inputs.automaticName !== undefined || differencesFrom(info, inputs).length === 0;
    return made.find(isOurs)?.TemplateId;
  };
  const found = await pollUntil(look, budget, session.backoff);
  if (found !== undefined) return found;
  const { message, action, requestId } = failure as LiveError;
  throw new ProviderError(`${message}; the template may or may not have been created`, {
    code: "Provider.OutcomeUnknown",
    action,
    requestId,
    retryable: true,
    remedy: "Run again: if it was created after all, it is taken over then.",
    cause: failure,
  });
}

function refuseAnothers({ templateClaims }: Deployment, { TemplateId }: TemplateInfo, inputs: Properties): void {
  if (!templateClaims.isAnothers(idClaim(TemplateId), ownerOf(inputs))) return;
  throw duplicateResourceError(
    TemplateId,
    "Declare each template once, and give each resource a templateName of its own.",
  );
}

/** The error for a template that belongs to another resource of the same program. */
export function duplicateResourceError(templateId: number, remedy: string): ProviderError {
  const reason = `another resource of this program has template ${templateId} already`;
  return new ProviderError(reason, { code: "Provider.DuplicateResource", remedy });
}

function alreadyExists(same: readonly TemplateInfo[], obstacle: string): ProviderError {
  const ids = same.map(({ TemplateId }) => TemplateId);
  const one = ids.length === 1;
  return new ProviderError(
    `a template of this name exists already (${one ? "id" : "ids"} ${ids.join(", ")}), and ${obstacle}`,
    {
      code: "Provider.AlreadyExists",
      remedy: one
        ? `To take it over set adopt: true or adopt: ${ids[0]}; otherwise choose another templateName.`
        : "To take one of them over set adopt to its id; otherwise choose another templateName.",
    },
  );
}
