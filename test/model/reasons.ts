import { ruleKeyOf, rulesOf, targetOf, wireFields } from "./expectation";
import {
  type BindingDeclaration,
  currentNameOf,
  disputedKeys,
  keyOf,
  type TemplateDeclaration,
  templateNameOf,
  urnOf,
} from "./program";
import type { Failure, StackResource } from "./stack";
import type { Before, World } from "./world";

/** The format of an error: one line. A failed check has only its reason. */
const FORMAT = /^cannot [^\n]+\. [^\n]*\(code=(\S+) action=\S+ requestId=\S+ retryable=(true|false)\)$/;
const DUPLICATE =
  /^another resource of this program already (binds|has the templateName|has template) \S+(; it is an automatic name, .*)?$/;

/** Codes that a fault or invalid credentials may cause, in addition to errors of the program. */
const OF_FAULTS =
  /^(Provider\.(AccountUnknown|OutcomeUnknown|NetworkError|HttpStatus|InvalidResponse|Timeout)|InternalError|RequestLimitExceeded|AuthFailure\.SecretIdNotFound)$/;

/** Returns the code of a failure. An error that is not an `Error` with one line in the format is a defect. */
export function codeOf({ error, operation }: Failure): string {
  if (!(error instanceof Error)) throw new Error(`not an Error was thrown: ${String(error)}`);
  if (operation === "check" && DUPLICATE.test(error.message)) return "Provider.DuplicateResource";
  const [, code] = FORMAT.exec(error.message) ?? [];
  if (!code) throw new Error(`the error is not in the format: ${error.message}`);
  return code;
}

/** Returns the reason why a deployment may fail with this code, or `undefined` if it may not. */
export function reasonFor(world: World, before: Before, failure: Failure, disturbed: boolean): string | undefined {
  const code = codeOf(failure);
  if (disturbed && OF_FAULTS.test(code)) return "a fault";
  const declared = world.program.find((one) => urnOf(one) === failure.urn);
  if (failure.operation === "delete")
    return code === "Provider.InUse" ? reasonInUse(world, before, failure) : undefined;
  if (!declared) return undefined;
  const context = { world, before, failure };
  return declared.kind === "template" ? ofTemplate(context, declared, code) : ofBinding(context, declared, code);
}

interface Context {
  world: World;
  before: Before;
  failure: Failure;
}

function ofTemplate(context: Context, declared: TemplateDeclaration, code: string): string | undefined {
  const { before } = context;
  const name = nameOf(context, declared);
  const same = before.cloud.templates.filter(({ TemplateName }) => TemplateName === name);
  const rivals = rivalsOf(
    context,
    declared,
    same.map(({ TemplateId }) => TemplateId),
  );
  if (code === "Provider.AlreadyExists") {
    if (rivals.length > 0) return "two resources want one template";
    if (same.length > 1) return "several templates have the name";
    const rules = [...before.cloud.rules, ...context.world.cloud.state().rules];
    const rule = rules.find(({ TemplateId }) => TemplateId === same[0]?.TemplateId);
    if (!declared.adopt && rule) return "the template of the name is bound";
    if (declared.templateName && same[0] && differs(same[0], declared, name)) return "the template of the name differs";
    const taken = before.resources.some(({ kind, id }) => kind === "template" && Number(id) === declared.adopt);
    return taken ? "the template to adopt is another resource's" : undefined;
  }
  if (code === "Provider.AlreadyManaged") return hasAnother(context, declared) ? "it has another template" : undefined;
  if (code === "Provider.WouldOverwrite") return reasonToRefuse(context, declared, name);
  if (code === "Provider.DuplicateResource" && isShared(context, declared)) return "a rename left it to two resources";
  if (code === "Provider.DuplicateResource" && isAdoptedByAnother(context, declared))
    return "another resource adopts it";
  if (code === "Provider.DuplicateResource" && rivals.length > 0) return "two resources want one template";
  if (code === "InvalidParameter.ArgsNotMatch" && (same.length > 0 || rivals.length > 0)) return "the name is taken";
  if (code !== "Provider.NotFound") return undefined;
  if (typeof declared.adopt === "number") return "there is nothing to adopt";
  return before.sure ? undefined : "the template was deleted behind the program's back";
}

const hasAnother = ({ before }: Context, declared: TemplateDeclaration): boolean =>
  before.resources.some((one) => urnOf(one) === urnOf(declared) && Number(one.id) !== declared.adopt);

function nameOf({ before }: Context, declared: TemplateDeclaration): string {
  const isOld = (one: StackResource) => urnOf(one) === urnOf(declared) && !one.pendingDelete && !one.pendingReplacement;
  const old = before.replace.includes(urnOf(declared)) ? undefined : before.resources.find(isOld);
  const adopted = before.cloud.templates.find(({ TemplateId }) => TemplateId === declared.adopt);
  return currentNameOf(declared, old, adopted);
}

/**
 * Returns the reason why an adoption without overwrite may be rejected: it changes, or may change, a field.
 */
function reasonToRefuse({ before, world }: Context, declared: TemplateDeclaration, name: string): string | undefined {
  const { adopt, adoptOverwrite, fields } = declared;
  if (!adopt || adoptOverwrite) return undefined;
  if (fields["recordStatusNotifyUrl"]) return "the template to adopt cannot be compared";
  const templates = [...before.cloud.templates, ...world.cloud.state().templates];
  const candidates = templates.filter((one) => (adopt === true ? one.TemplateName === name : one.TemplateId === adopt));
  return candidates.some((one) => differs(one, declared, name)) ? "the template to adopt would change" : undefined;
}

/** Returns whether the state has one template for two resources that the program both declares. */
function isShared({ world, before }: Context, declared: TemplateDeclaration): boolean {
  const templates = before.resources.filter(({ kind }) => kind === "template");
  const own = templates.find((one) => urnOf(one) === urnOf(declared));
  const declaredToo = new Set(world.program.map(urnOf));
  return templates.some((one) => one !== own && one.id === own?.id && declaredToo.has(urnOf(one)));
}

/** Returns whether the program adopts the template of this resource for another one. */
function isAdoptedByAnother({ world, before }: Context, declared: TemplateDeclaration): boolean {
  const own = before.resources.find((one) => urnOf(one) === urnOf(declared));
  return world.program.some((one) => one !== declared && one.kind === "template" && String(one.adopt) === own?.id);
}

/** Returns the other resources that have or require a template of this name, or the template to adopt. */
function rivalsOf(context: Context, declared: TemplateDeclaration, ids: readonly number[]): unknown[] {
  const { world, before } = context;
  const wanted = typeof declared.adopt === "number" ? [declared.adopt] : ids;
  const named = before.cloud.templates.filter(({ TemplateId }) => wanted.includes(TemplateId));
  const names = [nameOf(context, declared), ...named.map(({ TemplateName }) => TemplateName)];
  const old = before.resources.find((one) => urnOf(one) === urnOf(declared));
  const had = old?.outs["templateName"];
  const others = world.program.filter((one) => one.kind === "template" && one !== declared) as TemplateDeclaration[];
  return [
    ...others.filter((one) => [...names, had].includes(templateNameOf(one)) || wanted.includes(Number(one.adopt))),
    ...before.resources.filter(
      (one) => urnOf(one) !== urnOf(declared) && (names.includes(String(one.outs["templateName"])) || has(one, wanted)),
    ),
  ];
}

/** Returns whether a resource has one of these templates. Its state may lack the name that a killed run gave it. */
const has = ({ kind, id }: StackResource, templates: readonly number[]): boolean =>
  kind === "template" && templates.includes(Number(id));

function differs(cloud: object, declared: TemplateDeclaration, name: string): boolean {
  const { TemplateId: _, RecordStatusNotifyUrl: __, ...actual } = cloud as Record<string, unknown>;
  const { RecordStatusNotifyUrl: ___, ...wanted } = wireFields(declared, name);
  const sorted = (fields: Record<string, unknown>): string => JSON.stringify(Object.entries(fields).sort());
  return sorted(actual) !== sorted(wanted);
}

function ofBinding(
  { world, before, failure }: Context,
  declared: BindingDeclaration,
  code: string,
): string | undefined {
  const key = keyOf(declared);
  const target = targetOf(declared, world.stack);
  if (code === "Provider.DuplicateResource") {
    return disputedKeys(world.program).includes(key) ? "two resources declare one key" : undefined;
  }
  if (code === "Provider.AlreadyBound") return reasonBound(before, declared, key, target);
  const missing = !before.cloud.templates.some(({ TemplateId }) => TemplateId === target);
  const gone = missing || world.cloud.state().templates.every(({ TemplateId }) => TemplateId !== target);
  const notFound = /^(Provider\.NotFound|.*\.ConfNotFound)$/.test(code);
  return notFound && gone && failure.operation !== "check" ? "there is no such template" : undefined;
}

function reasonBound(before: Before, declared: BindingDeclaration, key: string, target: number): string | undefined {
  const bound = rulesOf(before.cloud).get(key);
  if (bound === undefined || bound === target || declared.adopt) return undefined;
  const own = before.resources.find(({ kind, id }) => kind === "binding" && id === key);
  if (!own) return "the key is bound to another template";
  if (own.outs["templateId"] !== bound) return "the rule was changed behind the program's back";
  if (own.pendingDelete) return "a replacement that was interrupted has not deleted its old rule yet";
  // The rule of the old resource is deleted after all creates, so it blocks the create of another resource.
  if (urnOf(own) !== urnOf(declared)) return "the key moves between resources and changes its template";
  return before.replace.includes(urnOf(declared)) ? "a forced replacement is not told what it replaces" : undefined;
}

/**
 * The rules of bindings that refer to the template are deleted before it. Any other rule may still use it.
 */
function reasonInUse({ cloud }: World, before: Before, { urn }: Failure): string | undefined {
  const ids = before.resources.filter((one) => urnOf(one) === urn).map(({ id }) => Number(id));
  const referring = before.resources.filter(({ dependsOn }) => dependsOn.includes(urn)).map(({ id }) => id);
  const apart = before.cloud.rules.filter((rule) => !referring.includes(ruleKeyOf(rule)));
  const holders = [...cloud.state().rules, ...apart].filter(({ TemplateId }) => ids.includes(TemplateId));
  return holders.length > 0 ? "a rule that is not this stack's, or names the template by its id, holds it" : undefined;
}
