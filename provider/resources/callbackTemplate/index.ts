import type { TemplateInfo } from "../../api/contract/live";
import { ProviderError } from "../../api/errors";
import { MAX_AGE_BEFORE_DELETE_MS } from "../../api/lists";
import type { Operation } from "../../operation";
import { isUnknown, type Properties, UNKNOWN } from "../../properties";
import type { ResourceType } from "../../resourceType";
import { joinWords, own, quoted, words } from "../../words";
import { describeTemplate } from "../describeTemplate";
import { StackTemplates } from "../stackTemplates";
import { adoptTemplate } from "./adopt";
import { canonicalTemplate, differences, fromTemplateInfo } from "./canonical";
import { declareTemplate, duplicateResourceError, idClaim, nameClaim, TemplateClaims } from "./claims";
import { createOrTakeOver } from "./create";
import { deleteTemplate } from "./delete";
import {
  besideTemplate,
  type CallbackTemplateInputs,
  checkCallbackTemplate,
  type NamedInputs,
  withName,
} from "./inputs";
import { modifyTemplate } from "./modify";

/** The inputs that only a create reads. A change of them does not change the template. */
const READ_BY_CREATE: readonly string[] = ["adopt", "adoptOverwrite"];

/** Advice when two resources have one template: removing one of them leaves the template to the other. */
const HOW_TO_PART = own(
  "If an earlier run left it to both, remove this resource, deploy, then add it back; " +
    "otherwise declare the template only once.",
);

/**
 * A callback template: the URLs that receive events, and the key that signs them. Its id is the template id.
 */
export const callbackTemplate: ResourceType = {
  label: (id, { templateName }) => {
    const name = typeof templateName === "string" && templateName ? quoted(templateName) : undefined;
    return joinWords([own("callback template"), name, id ? words`(id ${id})` : undefined], " ");
  },

  missing: (id) => words`there is no template ${id}`,

  check(operation, olds, news) {
    const { inputs, failures } = checkCallbackTemplate(olds, news, operation.autoName);
    return { inputs, failures: failures.length > 0 ? failures : declareTemplate(operation, olds, inputs) };
  },

  diff({ deployment, owner, ownerInState }, id, olds, news) {
    const claims = deployment.shared(TemplateClaims);
    const templateId = parseTemplateId(id);
    refuseToAdoptAnother(templateId, news);
    const claim = idClaim(templateId);
    // An interrupted run may have left the template to two resources, and the program may now declare both.
    const isShared = claims.isSharedWithAnother(claim, ownerInState) || claims.isDeclaredByAnother(claim, owner);
    if (isShared) throw duplicateResourceError(templateId, HOW_TO_PART);
    claims.hold(claim, owner, ownerInState);
    deployment.shared(StackTemplates).add(templateId);
    const unknown = Object.keys(news).filter((name) => !READ_BY_CREATE.includes(name) && isUnknown(news[name]));
    const before = canonicalTemplate(olds);
    claims.record(templateId, before);
    const different = differences(before, canonicalTemplate(named(olds, news)));
    const properties = [...new Set<string>([...different, ...unknown])];
    return { properties, replaces: [], deleteBeforeReplace: true };
  },

  expected(inputs, id, olds = {}) {
    if (id !== undefined) return { ...named(olds, inputs), templateId: parseTemplateId(id) };
    const { adopt, templateName = UNKNOWN } = inputs;
    return { ...inputs, templateName, templateId: typeof adopt === "number" ? adopt : UNKNOWN };
  },

  // An adoption fetches its own list.
  prepare: async ({ lists }, { adopt }) => (adopt === undefined ? lists.templates.get() : undefined),

  async create(operation, properties) {
    const inputs = properties as CallbackTemplateInputs;
    const { templateName, adopt } = inputs;
    const obtain = () =>
      adopt === undefined ? createOrTakeOver(operation, inputs as NamedInputs) : adoptTemplate(operation, inputs);
    const info = await operation.deployment.serialize(templateName ?? idClaim(adopt), obtain);
    const templateId = info.TemplateId;
    return { id: String(templateId), outs: { ...withName(inputs, info.TemplateName), templateId } };
  },

  async read(operation, id, outs) {
    const templateId = parseTemplateId(id);
    const info = await findTemplate(operation, templateId);
    if (!info) return undefined;
    const template = { templateName: "", ...fromTemplateInfo(info, canonicalTemplate(outs)) };
    const state = { ...template, ...besideTemplate(outs) };
    const { templateName, keepsName, ...inputs } = state;
    return { id, outs: { ...state, templateId }, inputs: keepsName ? inputs : { ...inputs, templateName } };
  },

  async update(operation, id, olds, properties) {
    const templateId = parseTemplateId(id);
    const inputs = named(olds, properties);
    await modifyTemplate(operation, templateId, canonicalTemplate(olds), inputs);
    return { ...inputs, templateId };
  },

  async delete(operation, id) {
    const claims = operation.deployment.shared(TemplateClaims);
    const templateId = parseTemplateId(id);
    // After a rename, the new resource has taken over the template and keeps it.
    if (claims.isSharedWithAnother(idClaim(templateId), operation.ownerInState)) return;
    if (await isToBeAdopted(operation, templateId)) return;
    await deleteTemplate(operation, templateId);
  },
};

/** Adds the name in the state to inputs without a name. A template may have no name. */
const named = (olds: Properties, news: Properties): NamedInputs =>
  withName(news as CallbackTemplateInputs, String(olds["templateName"] ?? ""));

/**
 * Returns whether another, new resource of the program declares this template with `adopt`. With
 * `--continue-on-error`, the engine also deletes the resources that left the program if an adoption has failed.
 */
async function isToBeAdopted(operation: Operation, templateId: number): Promise<boolean> {
  const { deployment, lists, owner } = operation;
  const keys = deployment.shared(TemplateClaims).openAdoptionsByOthers(owner);
  if (keys.length === 0) return false;
  if (keys.includes(idClaim(templateId))) return true;
  const templates = await lists.templates.get(MAX_AGE_BEFORE_DELETE_MS);
  const info = templates.find(({ TemplateId }) => TemplateId === templateId);
  return info !== undefined && keys.includes(nameClaim(info.TemplateName));
}

/**
 * Rejects an id in `adopt` other than that of the resource's template. Only a create reads `adopt`, so the id
 * would be ignored.
 */
function refuseToAdoptAnother(templateId: number, { adopt }: Properties): void {
  if (typeof adopt !== "number" || adopt === templateId) return;
  throw new ProviderError(words`adopt is ${adopt}, but this resource already has template ${templateId}`, {
    code: "Provider.AlreadyManaged",
    remedy: words`Remove adopt, or declare another resource that adopts template ${adopt}.`,
  });
}

function parseTemplateId(id: string): number {
  const templateId = /^[1-9]\d*$/.test(id) ? Number(id) : Number.NaN;
  if (Number.isSafeInteger(templateId)) return templateId;
  const limit = Number.isNaN(templateId) ? "a positive integer" : "below 2^53";
  throw new ProviderError(words`the id must be ${own(limit)}; given: ${quoted(id)}`, {
    code: "Provider.InvalidId",
    remedy: words`Take it from the console or from DescribeLiveCallbackTemplates.`,
  });
}

/**
 * Finds a template by its id. The template counts as deleted only if neither a new list nor a request for its
 * id returns it.
 */
async function findTemplate(operation: Operation, templateId: number): Promise<TemplateInfo | undefined> {
  const { templates } = operation.lists;
  const byId = (list: readonly TemplateInfo[]) => list.find(({ TemplateId }) => TemplateId === templateId);
  return (
    byId(await templates.get()) ?? byId(await templates.refetch()) ?? (await describeTemplate(operation, templateId))
  );
}
