import { expect } from "chai";
import type { CallEntry } from "../../emulator/http/callRecord";
import { expectationOf, rulesOf } from "./expectation";
import { disputedKeys, keyOf, type Program, type TemplateDeclaration, templateNameOf, urnOf } from "./program";
import type { Before, World } from "./world";

/**
 * Checks after every deployment that it has changed nothing of the colleague's except what the program
 * declares.
 */
export function expectForeignUntouched(world: World, before: Before, refreshed: boolean): void {
  const after = world.cloud.state();
  for (const id of before.foreignTemplates) {
    const then = before.cloud.templates.find(({ TemplateId }) => TemplateId === id);
    const now = after.templates.find(({ TemplateId }) => TemplateId === id);
    if (mayTakeTemplate(world.program, id, then?.TemplateName)) continue;
    expect(now, `the colleague's template ${id}`).to.deep.equal(then);
    expect(world.owns(id), `the colleague's template ${id} is in the state`).to.equal(false);
  }
  for (const [key, templateId] of before.foreignRules) {
    const declared = world.program.some((one) => one.kind === "binding" && one.adopt && keyOf(one) === key);
    // If the state has this key, a refresh adds the rule of the cloud to the state.
    const own = before.resources.some(
      ({ kind, id, outs }) => kind === "binding" && id === key && (refreshed || outs["templateId"] === templateId),
    );
    if (!declared && !own) expect(rulesOf(after).get(key), `the colleague's rule of ${key}`).to.equal(templateId);
  }
}

/** Returns whether a program declares a colleague's template, by adoption or by its name. */
function mayTakeTemplate(program: Program, id: number, name: string | undefined): boolean {
  return program.some((one) => one.kind === "template" && (one.adopt === id || templateNameOf(one) === name));
}

/**
 * Checks after a successful run with a correct state that the cloud has exactly the declared items of the
 * stack.
 */
export function expectDeclared(world: World): void {
  const { program, stack, cloud } = world;
  const state = cloud.state();
  const { templates, rules } = expectationOf(program, stack);
  expect(disputedKeys(program), "keys that two resources declare, without an error").to.deep.equal([]);
  expect(stack.resources.map(urnOf).sort(), "the state").to.deep.equal(program.map(urnOf).sort());
  expect(new Set(templates.map(({ id }) => id)).size, "templates of the program").to.equal(templates.length);
  for (const { urn, id, fields } of templates) {
    const { TemplateId, ...actual } = state.templates.find(({ TemplateId }) => TemplateId === id) ?? { TemplateId: 0 };
    expect(TemplateId, `${urn} in the cloud`).to.equal(id);
    expect(comparable(actual, world), urn).to.deep.equal(comparable(fields, world));
  }
  for (const [key, templateId] of Object.entries(rules)) {
    expect(rulesOf(state).get(key), `the rule of ${key}`).to.equal(templateId);
  }
  expectNoOrphan(world);
}

/** A field that the API does not return cannot be repaired once it may differ. */
function comparable(fields: Record<string, unknown>, world: World): Record<string, unknown> {
  const { RecordStatusNotifyUrl: _, ...rest } = fields;
  return world.alwaysSure ? fields : rest;
}

function expectNoOrphan({ cloud, stack, foreignTemplates, foreignRules, leftTemplates, leftRules }: World): void {
  const state = cloud.state();
  const keys = new Set(stack.resources.filter(({ kind }) => kind === "binding").map(({ id }) => id));
  const owned = new Set(stack.templateIds());
  const orphans = state.templates
    .map(({ TemplateId }) => TemplateId)
    .filter((id) => !owned.has(id) && !foreignTemplates.has(id) && !leftTemplates.has(id));
  expect(orphans, "templates without an owner").to.deep.equal([]);
  const lost = [...rulesOf(state).keys()].filter(
    (key) => !keys.has(key) && !foreignRules.has(key) && !leftRules.has(key),
  );
  expect(lost, "rules without an owner").to.deep.equal([]);
}

/** Updates the owners after a deployment. `disturbed`: the deployment may have left unrecorded items. */
export function settle(world: World, disturbed: boolean): void {
  const { cloud, stack, foreignTemplates, foreignRules, leftTemplates, leftRules } = world;
  const state = cloud.state();
  const ids = state.templates.map(({ TemplateId }) => TemplateId);
  for (const id of [...foreignTemplates, ...leftTemplates]) {
    if (world.owns(id)) leftTemplates.delete(id);
    if (world.owns(id) || !ids.includes(id)) foreignTemplates.delete(id);
  }
  const rules = rulesOf(state);
  const points = new Map(stack.resources.map(({ kind, id, outs }) => [`${kind} ${id}`, outs["templateId"]]));
  const owned = (key: string): boolean => rules.has(key) && points.get(`binding ${key}`) === rules.get(key);
  for (const key of leftRules) if (owned(key)) leftRules.delete(key);
  for (const [key, templateId] of [...foreignRules]) {
    if (rules.get(key) !== templateId || owned(key)) foreignRules.delete(key);
  }
  if (!disturbed) return;
  for (const id of ids) if (!world.owns(id) && !foreignTemplates.has(id)) leftTemplates.add(id);
  for (const key of rules.keys()) if (!owned(key) && !foreignRules.has(key)) leftRules.add(key);
}

/**
 * Checks that a binding without a change was bound all the time: no call of the deployment unbound it. (A
 * rule that differs from the state is an out-of-band change, which may be reverted.)
 */
export function expectNothingLost(world: World, before: Before): void {
  const { rules } = expectationOf(world.program, world.stack);
  for (const key of disputedKeys(world.program)) delete rules[key];
  const known = before.resources.filter(({ kind }) => kind === "binding");
  const deletes = world.cloud.callRecord().filter(tookEffect("DeleteLiveCallbackRule")).map(requestedKey);
  for (const [key, templateId] of rulesOf(before.cloud)) {
    if (rules[key] !== templateId || !known.some(({ id, outs }) => id === key && outs["templateId"] === templateId)) {
      continue;
    }
    expect(deletes, `rules deleted while ${key} was declared`).to.not.include(key);
  }
}

/**
 * Checks that an adoption without overwrite writes nothing, and that no template loses a name that it keeps.
 */
export function expectAdoptedUnchanged({ cloud, program }: World, before: Before): void {
  const modifies = cloud.callRecord().filter(({ action }) => action === "ModifyLiveCallbackTemplate");
  for (const declared of program.filter((one) => one.kind === "template" && !before.replace.includes(urnOf(one)))) {
    const template = declared as TemplateDeclaration;
    const old = before.resources.find((one) => urnOf(one) === urnOf(template));
    const wanted = template.adopt === true ? { name: templateNameOf(template) } : { id: template.adopt };
    const then = before.cloud.templates.find(({ TemplateId, TemplateName }) =>
      old ? TemplateId === Number(old.id) : TemplateId === wanted.id || TemplateName === wanted.name,
    );
    const sent = modifies.map(({ request }) => request).filter(({ TemplateId }) => TemplateId === then?.TemplateId);
    const others = program.filter((one) => one.kind === "template" && one !== declared) as TemplateDeclaration[];
    const rivals = [
      ...others.filter((one) => one.adopt || templateNameOf(one) === then?.TemplateName),
      ...before.resources.filter((one) => urnOf(one) !== urnOf(template) && Number(one.id) === then?.TemplateId),
    ];
    // The order of the engine decides which of several resources gets a template.
    if (!then || rivals.length > 0) continue;
    const isForeign = before.foreignTemplates.has(then.TemplateId);
    const isSilent = !old && template.adopt && !template.adoptOverwrite && isForeign;
    if (isSilent) expect(sent, `what was written to adopted template ${then.TemplateId}`).to.deep.equal([]);
    if (template.templateName || !(old ? old.inputs["templateName"] === undefined : wanted.id)) continue;
    const names = [then.TemplateName, old?.outs["templateName"]];
    for (const { TemplateName } of sent) expect(names, `names of template ${then.TemplateId}`).to.include(TemplateName);
  }
}

/** Checks after an uninterrupted run that it tried to restore each declared rule that it had deleted. */
export function expectPutBack({ program, cloud }: World, before: Before): void {
  const calls = cloud.callRecord();
  const after = rulesOf(cloud.state());
  for (const [key, templateId] of rulesOf(before.cloud)) {
    if (after.has(key) || !program.some((one) => one.kind === "binding" && keyOf(one) === key)) continue;
    const isDelete = tookEffect("DeleteLiveCallbackRule");
    const deleted = calls.findIndex((call) => isDelete(call) && !call.fault && requestedKey(call) === key);
    if (deleted < 0) continue;
    const creates = calls.slice(deleted).filter(({ action }) => action === "CreateLiveCallbackRule");
    const targets = creates.filter((call) => requestedKey(call) === key).map(({ request }) => request["TemplateId"]);
    expect(targets, `templates that ${key} was to be bound to after its rule was deleted`).to.include(templateId);
  }
}

/**
 * Checks that no template was created with the name of another: that one is taken over, or an error is
 * reported.
 */
export function expectNoSecondOfAName({ cloud }: World, before: Before): void {
  const calls = cloud.callRecord();
  const ids = calls.filter(({ action }) => /^(Delete|Modify)/.test(action)).map(({ request }) => request["TemplateId"]);
  const names = before.cloud.templates.filter(({ TemplateId }) => !ids.includes(TemplateId));
  for (const { request } of calls.filter(tookEffect("CreateLiveCallbackTemplate"))) {
    const same = names.filter(({ TemplateName }) => TemplateName === request["TemplateName"]);
    expect(same, `templates called ${request["TemplateName"]} before one was created`).to.deep.equal([]);
  }
}

const tookEffect =
  (wanted: CallEntry["action"]) =>
  ({ action, code, prevented }: CallEntry): boolean =>
    action === wanted && !code && !prevented;

const requestedKey = ({ request }: CallEntry): string =>
  [request["DomainName"], request["AppName"]].filter(Boolean).join("/");
