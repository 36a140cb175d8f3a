import { ProviderError } from "../../api/errors";
import type { Deployment } from "../../deployment";
import { getNotFound, type ResourceType } from "../../lifecycle";
import { defined, failures, isUnknown, ownerOf, type Properties } from "../../validation";
import type { Claims } from "./claims";
import { duplicateResourceError, obtainTemplate } from "./create";
import {
  type CallbackTemplateInputs,
  canonicalTemplate,
  checkCallbackTemplate,
  differences,
  fromTemplateInfo,
} from "./inputs";
import { deleteTemplate, findTemplate, idClaim, modifyTemplate, nameClaim, templateState } from "./templates";

/** Of two resources of one template the one that goes leaves it to the other. */
const HOW_TO_PART =
  "If an earlier run left it to both: take this resource out of the program, run, and put it back. Else declare it once.";

/** A callback template: the URLs that receive events, and the key that signs them. Its id is the template id. */
export function callbackTemplate(session: Deployment): ResourceType {
  return {
    label: (id, { templateName }) => {
      const name = typeof templateName === "string" && templateName ? JSON.stringify(templateName) : "";
      return ["callback template", name, id ? `(id ${id})` : ""].filter(Boolean).join(" ");
    },

    async check(olds: Properties, news: Properties) {
      const { inputs, reasons } = checkCallbackTemplate(olds, news);
      const duplicates = reasons.length === 0 ? declare(session.templateClaims, olds, inputs) : [];
      return { inputs, failures: failures([...reasons, ...duplicates]) };
    },

    async diff(id, olds: Properties, news: Properties) {
      const templateId = parseTemplateId(id);
      const claim = idClaim(templateId);
      // A run that was interrupted may have left the template to two resources, both of which are declared now.
      if (session.templateClaims.isSharedWithAnother(claim, ownerOf(olds)))
        throw duplicateResourceError(templateId, HOW_TO_PART);
      session.templateClaims.hold(claim, ownerOf(news), ownerOf(olds));
      const unchanged = differences(canonicalTemplate(olds), canonicalTemplate(news)).length === 0;
      // A comparison is left to the engine, which then honours replaceOnChanges and shows what differs.
      return unchanged && !isUnknown(news) ? { changes: false } : {};
    },

    async create(inputs: CallbackTemplateInputs) {
      const templateId = await session.serialize(inputs.templateName, () => obtainTemplate(session, inputs));
      return { id: String(templateId), outs: templateState(templateId, { ...inputs }) };
    },

    async read(id, properties: Properties) {
      const templateId = parseTemplateId(id);
      const info = await findTemplate(session, templateId);
      if (!info && properties["templateName"] === undefined) throw getNotFound(`there is no template ${id}`);
      if (!info) return { id: "", props: {} };
      const { automaticName, declaredBy, adopt } = properties;
      const known = fromTemplateInfo(info, canonicalTemplate(properties));
      const inputs = defined({ ...known, automaticName, declaredBy, adopt });
      return { id, props: templateState(templateId, inputs), inputs };
    },

    async update(id, olds: Properties, news: CallbackTemplateInputs) {
      const templateId = parseTemplateId(id);
      await modifyTemplate(session, templateId, canonicalTemplate(olds), news);
      return { outs: templateState(templateId, { ...news }) };
    },

    async delete(id, properties: Properties) {
      const templateId = parseTemplateId(id);
      // A renamed resource: its successor has taken the template over, and keeps it.
      if (session.templateClaims.isSharedWithAnother(idClaim(templateId), ownerOf(properties))) return;
      await deleteTemplate(session, templateId);
    },
  };
}

/** Records what a declared resource wants. Returns why another resource of the program stands in its way. */
function declare(claims: Claims, olds: Properties, inputs: Properties): string[] {
  const { templateName, adopt } = inputs;
  const owner = ownerOf(inputs);
  if (typeof adopt === "number") {
    // Of templates adopted by id several may have one name. One that has it already is told by its diff.
    const isNew = olds["templateName"] === undefined;
    const free = claims.declare(idClaim(adopt), owner) && !(isNew && claims.isAnothers(idClaim(adopt), owner));
    return free ? [] : [`another resource of this program has template ${adopt} already`];
  }
  if (isUnknown(templateName) || claims.declare(nameClaim(templateName), owner)) return [];
  return [`another resource of this program has the templateName ${JSON.stringify(templateName)} already`];
}

function parseTemplateId(id: string): number {
  if (/^[1-9]\d{0,15}$/.test(id)) return Number(id);
  throw new ProviderError(`the id must be a positive integer; given: ${JSON.stringify(id)}`, {
    code: "Provider.InvalidId",
    remedy: "Take it from the console or from DescribeLiveCallbackTemplates.",
  });
}
