import { ProviderError } from "./api/errors";
import { obtainTemplate } from "./callbackTemplateCreation";
import {
  type CallbackTemplateInputs,
  canonicalTemplate,
  checkCallbackTemplate,
  differences,
  fromTemplateInfo,
} from "./callbackTemplateInputs";
import { defined, failures, isUnknown, type Properties } from "./inputs";
import { nothingToGet, type ResourceType } from "./lifecycle";
import type { Session } from "./session";
import {
  deleteTemplate,
  findTemplate,
  idClaim,
  isClaimed,
  modifyTemplate,
  nameClaim,
  templateState,
} from "./templates";

/** A callback template: the URLs that receive events, and the key that signs them. Its id is the template id. */
export function callbackTemplate(session: Session): ResourceType {
  return {
    label: (id, { templateName }) => {
      const name = typeof templateName === "string" && templateName ? JSON.stringify(templateName) : "";
      return ["callback template", name, id ? `(id ${id})` : ""].filter(Boolean).join(" ");
    },

    async check(olds: Properties, news: Properties) {
      const { inputs, reasons } = checkCallbackTemplate(olds, news);
      if (reasons.length === 0) declare(session, olds, inputs);
      return { inputs, failures: failures(reasons) };
    },

    async diff(_id, olds: Properties, news: Properties) {
      const unchanged = differences(canonicalTemplate(olds), canonicalTemplate(news)).length === 0;
      if (unchanged && !isUnknown(news)) return { changes: false };
      session.templateClaims.loosen(nameClaim(news["templateName"]));
      // The comparison is left to the engine, which then honours replaceOnChanges and shows what differs.
      return {};
    },

    async create(inputs: CallbackTemplateInputs) {
      const templateId = await session.inTurn(inputs.templateName, () => obtainTemplate(session, inputs));
      return { id: String(templateId), outs: templateState(templateId, { ...inputs }) };
    },

    async read(id, properties: Properties) {
      const templateId = parseTemplateId(id);
      const info = await findTemplate(session, templateId);
      if (!info && properties["templateName"] === undefined) throw nothingToGet(`there is no template ${id}`);
      if (!info) return { id: "", props: {} };
      const { automaticName, adopt } = properties;
      const inputs = defined({ ...fromTemplateInfo(info, canonicalTemplate(properties)), automaticName, adopt });
      return { id, props: templateState(templateId, inputs), inputs };
    },

    async update(id, olds: Properties, news: CallbackTemplateInputs) {
      const templateId = parseTemplateId(id);
      session.templateClaims.hold(nameClaim(news.templateName));
      await modifyTemplate(session, templateId, canonicalTemplate(olds), news);
      return { outs: templateState(templateId, { ...news }) };
    },

    async delete(id, properties: Properties) {
      const templateId = parseTemplateId(id);
      // A renamed resource: its successor has taken the template over, and keeps it.
      if (await isClaimed(session, templateId, properties["templateName"])) return;
      await deleteTemplate(session, templateId);
    },
  };
}

function declare(session: Session, olds: Properties, inputs: Properties): void {
  const { templateName, adopt } = inputs;
  const claims = session.templateClaims;
  if (!isUnknown(templateName)) claims.declare(nameClaim(templateName), olds["templateName"] === templateName);
  if (typeof adopt === "number") claims.declare(idClaim(adopt), olds["adopt"] === adopt);
}

function parseTemplateId(id: string): number {
  if (/^[1-9]\d{0,15}$/.test(id)) return Number(id);
  throw new ProviderError(`the id must be a positive integer; given: ${JSON.stringify(id)}`, {
    code: "Provider.InvalidId",
    remedy: "Take it from the console or from DescribeLiveCallbackTemplates.",
  });
}
