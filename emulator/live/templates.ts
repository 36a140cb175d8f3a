import type { Request } from "../../provider/api/contract/live";
import type { Template } from "../account/store";
import type { Context, Handlers } from "../actions";
import { ApiError } from "../apiError";
import { checkTemplate, hasUrl } from "./templateLimits";
import { templateView } from "./templateView";

type TemplateActions =
  | "CreateLiveCallbackTemplate"
  | "ModifyLiveCallbackTemplate"
  | "DeleteLiveCallbackTemplate"
  | "DescribeLiveCallbackTemplate"
  | "DescribeLiveCallbackTemplates";

export const templateActions: Handlers<TemplateActions> = {
  CreateLiveCallbackTemplate(request, context) {
    const { store, dialect, templateLimit } = context;
    checkTemplate(request, dialect);
    if (!hasUrl(request)) throw new ApiError("InvalidParameter", "At least one callback URL is required.");
    checkNameIsFree(request.TemplateName, undefined, context);
    if (store.templates.size >= templateLimit) {
      throw new ApiError("InternalError.ConfOutLimit", `The number of templates exceeded the limit ${templateLimit}.`);
    }
    const { TemplateId } = store.putTemplate({ ...request, TemplateId: store.newTemplateId() });
    return { TemplateId };
  },

  ModifyLiveCallbackTemplate({ TemplateId, ...changes }, context) {
    const { store, dialect } = context;
    const template = findTemplate(TemplateId, context);
    checkTemplate(changes, dialect);
    checkNameIsFree(changes.TemplateName, TemplateId, context);
    const modified = applyChanges(template, changes, context);
    if (dialect.modifyToNoUrl === "refused" && !hasUrl(modified)) {
      throw new ApiError("InvalidParameter", "At least one callback URL is required.");
    }
    store.putTemplate(modified);
    return {};
  },

  DeleteLiveCallbackTemplate({ TemplateId }, context) {
    const { store, dialect } = context;
    findTemplate(TemplateId, context);
    if (dialect.inUseEnforced && store.rulesOf(TemplateId).length > 0) {
      throw new ApiError(dialect.inUseCode, "The template is in use.");
    }
    store.removeTemplate(TemplateId);
    return {};
  },

  DescribeLiveCallbackTemplate({ TemplateId }, context) {
    return { Template: templateView(findTemplate(TemplateId, context), context.dialect) };
  },

  DescribeLiveCallbackTemplates(_, { store, dialect }) {
    return { Templates: [...store.templates.values()].map((template) => templateView(template, dialect)) };
  },
};

function findTemplate(id: number, { store, dialect }: Context): Template {
  const template = store.templates.get(id);
  if (!template) throw new ApiError(dialect.templateNotFoundCode, "The template does not exist.");
  return template;
}

function checkNameIsFree(name: string | undefined, ownId: number | undefined, { store, dialect }: Context): void {
  if (name === undefined || !dialect.uniqueTemplateNames) return;
  for (const other of store.templates.values()) {
    if (other.TemplateName === name && other.TemplateId !== ownId) {
      throw new ApiError("InvalidParameter.ArgsNotMatch", "A template with this name already exists.");
    }
  }
}

/** Returns the template after a Modify. The dialect determines the effect of omitted and empty fields. */
function applyChanges(
  template: Template,
  changes: Omit<Request<"ModifyLiveCallbackTemplate">, "TemplateId">,
  { dialect }: Context,
): Template {
  const { TemplateId, TemplateName, StreamMixNotifyUrl } = template;
  const kept = dialect.omittedKeeps ? template : { TemplateId, TemplateName, StreamMixNotifyUrl };
  const ignored = dialect.emptyStringClears ? {} : pickOld(template, changes);
  return { ...kept, ...changes, ...ignored };
}

/** Returns the previous values of the fields that a Modify sets to an empty value. */
function pickOld(template: Template, changes: object): Partial<Template> {
  const emptied = new Set(Object.entries(changes).flatMap(([name, value]) => (value.length === 0 ? [name] : [])));
  return Object.fromEntries(Object.entries(template).filter(([name]) => emptied.has(name)));
}
