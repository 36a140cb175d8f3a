import type { TemplateInfo } from "../../api/contract/live";
import { type LiveError, mayHaveExecuted, ProviderError } from "../../api/errors";
import { pollUntil } from "../../api/retry";
import type { Operation } from "../../operation";
import { PartialFailure } from "../../resourceType";
import { own, type Words, words } from "../../words";
import { boundDomains } from "../ruleKey";
import { type CanonicalTemplate, canonicalTemplate, createFields, differences, fromTemplateInfo } from "./canonical";
import { duplicateResourceError, idClaim, TemplateClaims } from "./claims";
import type { NamedInputs } from "./inputs";
import { modifyTemplate } from "./modify";

/** Creates a template, or takes over the template that an interrupted run left. */
export async function createOrTakeOver(operation: Operation, inputs: NamedInputs): Promise<TemplateInfo> {
  const { templates } = operation.lists;
  const listed = byName(await templates.get(), inputs.templateName);
  const same = listed.length === 0 ? [] : byName(await templates.refetch(), inputs.templateName);
  const [info] = same;
  if (!info) return create(operation, inputs);
  if (same.length === 1) requireUnclaimed(operation, info);
  const obstacle = await obstacleToTakeOver(operation, inputs, same);
  if (obstacle) throw alreadyExists(operation, same, obstacle);
  return takeOver(operation, info, fromTemplateInfo(info, { callbackKey: "" }), inputs);
}

/** Returns why an existing template of this name cannot come from an interrupted run of this program. */
async function obstacleToTakeOver(
  operation: Operation,
  inputs: NamedInputs,
  same: readonly TemplateInfo[],
): Promise<Words | undefined> {
  const [info] = same;
  if (!info || same.length > 1) return words`there are several`;
  const holders = boundDomains(await operation.lists.rules.refetch(), info.TemplateId);
  if (holders.length > 0) return words`it is bound to ${holders.join(", ")}`;
  const different = differencesFrom(info, inputs);
  if (operation.autoName === undefined && different.length > 0)
    return words`it differs in ${own(different.join(", "))}`;
  return undefined;
}

/** Returns the templates of one name. The API does not guarantee that names are unique. */
export function byName(templates: readonly TemplateInfo[], name: string): TemplateInfo[] {
  return templates.filter((template) => template.TemplateName === name);
}

function differencesFrom(info: TemplateInfo, inputs: NamedInputs): string[] {
  const wanted = canonicalTemplate(inputs);
  return differences(fromTemplateInfo(info, wanted), wanted);
}

/**
 * Takes over an existing template. Modifies it once if it differs from the program or cannot be compared.
 *
 * @param before the known properties of the template
 */
export async function takeOver(
  operation: Operation,
  info: TemplateInfo,
  before: CanonicalTemplate,
  inputs: NamedInputs,
): Promise<TemplateInfo> {
  const claims = operation.deployment.shared(TemplateClaims);
  const claim = idClaim(info.TemplateId);
  // No await between this check and the claim: if two resources take one template concurrently, only the
  // first passes.
  requireUnclaimed(operation, info);
  claims.take(claim, operation.owner);
  if (differences(before, canonicalTemplate(inputs)).length > 0) {
    await modifyTemplate(operation, info.TemplateId, before, inputs).catch((error: unknown) => {
      if (!(error instanceof PartialFailure)) claims.release(claim);
      throw error;
    });
  }
  return info;
}

export async function create(operation: Operation, inputs: NamedInputs): Promise<TemplateInfo> {
  const { templates } = operation.lists;
  const request = { TemplateName: inputs.templateName, ...createFields(canonicalTemplate(inputs)) };
  // Includes templates of other names: a template renamed to this name during the create is not ours either.
  const before = new Set((await templates.get()).map(({ TemplateId }) => TemplateId));
  let templateId: number;
  try {
    templateId = (await operation.client.call("CreateLiveCallbackTemplate", request, operation.budget)).TemplateId;
  } catch (error) {
    if (!mayHaveExecuted(error)) throw error;
    templateId = await reconcile(operation, inputs, before, error);
  }
  const info = { ...request, TemplateId: templateId } as TemplateInfo;
  templates.applyWrite((list) => [...list.filter((template) => template.TemplateId !== templateId), info]);
  operation.deployment.shared(TemplateClaims).take(idClaim(templateId), operation.owner);
  return info;
}

/**
 * Looks for the template of a create whose response was lost. The create is never sent again, because the API
 * has no client token.
 */
async function reconcile(
  operation: Operation,
  inputs: NamedInputs,
  before: ReadonlySet<number>,
  failure: unknown,
): Promise<number> {
  const budget = operation.startBudget(operation.deployment.reconcileMs);
  const findCreated = async (): Promise<number | undefined> => {
    // The shared list is not used, because its retries may take longer than this budget.
    const request = operation.client.call("DescribeLiveCallbackTemplates", {}, budget);
    const { Templates } = await request.catch(() => ({ Templates: [] }));
    const created = byName(Templates, inputs.templateName).filter(({ TemplateId }) => !before.has(TemplateId));
    // If the program gives the name, another stack may have created a template of that name at the same time.
    const isOurs = (info: TemplateInfo) =>
      operation.autoName !== undefined || differencesFrom(info, inputs).length === 0;
    return created.find(isOurs)?.TemplateId;
  };
  const found = await pollUntil(findCreated, budget, operation.deployment.backoff);
  if (found !== undefined) return found;
  const { reason, action, requestId } = failure as LiveError;
  throw new ProviderError(words`${reason}; the template may or may not have been created`, {
    code: "Provider.OutcomeUnknown",
    action,
    requestId,
    retryable: true,
    remedy: words`Run again: if it was created after all, it is taken over then.`,
    cause: failure,
  });
}

export function requireUnclaimed({ deployment, owner }: Operation, { TemplateId }: TemplateInfo): void {
  if (!deployment.shared(TemplateClaims).isHeldByAnother(idClaim(TemplateId), owner)) return;
  const remedy =
    "Declare each template once, with a templateName of its own; after a move, remove it in its old place. " +
    deployment.host.advice.moved;
  throw duplicateResourceError(TemplateId, own(remedy.trim()));
}

/** @param obstacle why none of them can be taken over */
export function alreadyExists(
  { autoName, deployment }: Operation,
  same: readonly TemplateInfo[],
  obstacle: Words,
): ProviderError {
  const ids = same.map(({ TemplateId }) => TemplateId);
  const one = ids.length === 1;
  // A resource that moved without `aliases` has a new automatic name.
  const moved = autoName === undefined ? deployment.host.advice.moved : "";
  // `adopt: true` finds a template by the name that the program gives.
  const orTrue = autoName === undefined ? "adopt: true or " : "";
  const adoption = one
    ? `To take it over, set ${orTrue}adopt: ${ids[0]}; otherwise choose another templateName.`
    : "To take over one of them, set adopt to its id; otherwise choose another templateName.";
  return new ProviderError(
    words`a template of this name already exists (${own(`${one ? "id" : "ids"} ${ids.join(", ")}`)}), and ${obstacle}`,
    { code: "Provider.AlreadyExists", remedy: own(`${adoption} ${moved}`.trim()) },
  );
}
