import type { TemplateInfo } from "../../api/contract/live";
import { ProviderError } from "../../api/errors";
import type { Operation } from "../../operation";
import { describeValue } from "../../validation";
import { joinWords, own, type Words, words } from "../../words";
import {
  type CanonicalTemplate,
  canonicalTemplate,
  differences,
  fromTemplateInfo,
  isWriteOnly,
  type TemplateProperty,
} from "./canonical";
import { TemplateClaims } from "./claims";
import { alreadyExists, byName, create, requireUnclaimed, takeOver } from "./create";
import { type CallbackTemplateInputs, withName } from "./inputs";

/**
 * Adopts an existing template by its id or name. Creates a template if none has the name. A template that
 * differs from the program is adopted only with `adoptOverwrite`. An identical template is not written.
 */
export async function adoptTemplate(operation: Operation, inputs: CallbackTemplateInputs): Promise<TemplateInfo> {
  const info = await findTemplate(operation, inputs);
  const wanted = withName(inputs, info?.TemplateName);
  if (!info) return create(operation, wanted);
  requireUnclaimed(operation, info);
  const recorded = operation.deployment.shared(TemplateClaims).recorded(info.TemplateId);
  const before = fromTemplateInfo(info, recorded);
  if (!inputs.adoptOverwrite) refuseToOverwrite(operation, info, before, canonicalTemplate(wanted));
  return takeOver(operation, info, before, wanted);
}

async function findTemplate(
  operation: Operation,
  { adopt, templateName }: CallbackTemplateInputs,
): Promise<TemplateInfo | undefined> {
  const all = await operation.lists.templates.refetch();
  if (adopt === true) {
    const [info, ...more] = byName(all, templateName ?? "");
    if (info && more.length > 0) throw alreadyExists(operation, [info, ...more], words`adopt: true is ambiguous`);
    return info;
  }
  const info = all.find(({ TemplateId }) => TemplateId === adopt);
  if (info) return info;
  throw new ProviderError(words`there is no template ${Number(adopt)} to adopt`, {
    code: "Provider.NotFound",
    remedy: words`Check the id with DescribeLiveCallbackTemplates, or leave adopt out to create a template.`,
  });
}

/** @throws ProviderError `Provider.WouldOverwrite`, which lists every property that differs. */
function refuseToOverwrite(
  { deployment }: Operation,
  { TemplateId }: TemplateInfo,
  before: CanonicalTemplate,
  wanted: CanonicalTemplate,
): void {
  const different = differences(before, wanted);
  if (different.length === 0) return;
  const changes = different.map((name) => describeChange(name, before[name], wanted[name]));
  throw new ProviderError(words`adopting template ${TemplateId} would ${joinWords(changes, "; ")}`, {
    code: "Provider.WouldOverwrite",
    remedy: own(
      "Give these properties the values of the template, or set adoptOverwrite: true to change the template. " +
        deployment.host.advice.moved,
    ),
  });
}

function describeChange(name: TemplateProperty, before: unknown, wanted: unknown): Words {
  const change = own(`${!before ? "set" : !wanted ? "clear" : "change"} ${name}`);
  if (before && name !== "callbackKey") return words`${change}, which is ${describeValue(name, before)}`;
  return before || !isWriteOnly(name)
    ? change
    : words`${change}, which cannot be compared because the API does not return it`;
}
