import { ProviderError } from "./api/errors";
import { claimed, obtainTemplate } from "./callbackTemplateCreation";
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
      const duplicates = reasons.length === 0 ? declare(session, olds, news, inputs) : [];
      return { inputs, failures: failures([...reasons, ...duplicates]) };
    },

    async diff(_id, olds: Properties, news: Properties) {
      const unchanged = differences(canonicalTemplate(olds), canonicalTemplate(news)).length === 0;
      if (unchanged && !isUnknown(news)) return { changes: false };
      session.templateClaims.loosen(nameClaim(news["templateName"]));
      session.templateClaims.loosen(idClaim(news["adopt"]));
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
      const claims = session.templateClaims;
      if (claims.isTaken(idClaim(templateId))) throw claimed(templateId);
      claims.hold(idClaim(templateId));
      claims.hold(nameClaim(news.templateName));
      await modifyTemplate(session, templateId, canonicalTemplate(olds), news);
      if (olds["templateName"] !== news.templateName) claims.loosen(nameClaim(olds["templateName"]));
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

/** Records what a declared resource has and wants. Returns why another resource of the program stands in its way. */
function declare(session: Session, olds: Properties, news: Properties, inputs: Properties): string[] {
  const claims = session.templateClaims;
  const { templateName, adopt } = inputs;
  const had = olds["templateName"];
  // The constructor makes it from the URN: it tells a second check of one resource from the check of another one.
  const owner = String(news["automaticName"] ?? "");
  const reasons: string[] = [];
  const refuse = (what: string): number => reasons.push(`another resource of this program ${what} already`);
  if (had !== undefined) {
    if (claims.isTaken(nameClaim(had))) refuse(`has taken template ${JSON.stringify(had)}`);
    // Until its update is through, the template has the name that it had.
    claims.hold(nameClaim(had));
  }
  if (!isUnknown(templateName)) {
    const shared = typeof adopt !== "number" && !claims.own(nameClaim(templateName), owner);
    if (shared) refuse(`has the templateName ${JSON.stringify(templateName)}`);
    claims.declare(nameClaim(templateName), had === templateName);
  }
  if (typeof adopt === "number") {
    if (!claims.own(idClaim(adopt), owner)) refuse(`adopts template ${adopt}`);
    claims.declare(idClaim(adopt), olds["adopt"] === adopt);
  }
  return reasons;
}

function parseTemplateId(id: string): number {
  if (/^[1-9]\d{0,15}$/.test(id)) return Number(id);
  throw new ProviderError(`the id must be a positive integer; given: ${JSON.stringify(id)}`, {
    code: "Provider.InvalidId",
    remedy: "Take it from the console or from DescribeLiveCallbackTemplates.",
  });
}
