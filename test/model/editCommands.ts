import fc from "fast-check";
import type { Values } from "../support/cloud";
import { type Command, command, inARow } from "./modelCommand";
import {
  type BindingDeclaration,
  type Declaration,
  describe,
  keyOf,
  type Program,
  type TemplateDeclaration,
  urnOf,
} from "./program";
import type { World } from "./world";

const HOOK = "https://hooks.example.com";
export const DOMAINS = ["a.example.com", "b.example.com"] as const;
export const NAMES = ["hooks", "spare"] as const;

const optional = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(values, { nil: undefined });

const fields: fc.Arbitrary<Values> = fc
  .record({
    streamBeginNotifyUrl: fc.constantFrom(`${HOOK}/1`, `${HOOK}/2`),
    streamEndNotifyUrl: optional(fc.constantFrom(`${HOOK}/1`, `${HOOK}/2`)),
    description: optional(fc.constantFrom("one", "two")),
    callbackKey: optional(fc.constant("Secret1")),
    recordStatusNotifyUrl: optional(fc.constant(`${HOOK}/status`)),
    recordExceptionNotifyUrl: optional(fc.constant(`${HOOK}/exception`)),
    levels: optional(fc.constantFrom(["info"], ["error", "warning"])),
  })
  .map(({ levels, ...rest }) => ({ ...rest, ...(rest.recordExceptionNotifyUrl && { recordExceptionLevels: levels }) }))
  .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)));

const template = fc.record({
  kind: fc.constant("template" as const),
  name: fc.constantFrom("t1", "t2", "t3"),
  templateName: optional(fc.constantFrom(...NAMES)),
  fields,
  adopt: fc.option(fc.constantFrom("name", "id"), { freq: 6, nil: undefined }),
  adoptOverwrite: fc.boolean(),
  contested: fc.nat(9).map((n) => n === 9),
});

const binding = fc.record({
  name: fc.constantFrom("b1", "b2", "b3"),
  domainName: fc.constantFrom(...DOMAINS),
  appName: optional(fc.constant("live")),
  to: fc.nat(2),
  by: fc.constantFrom("reference", "reference", "reference", "id"),
  adopt: fc.option(fc.constant(true as const), { freq: 6, nil: undefined }),
  contested: fc.nat(9).map((n) => n === 9),
});

/** Replaces the declaration with the same URN, or appends the new one. */
export function declare(world: World, declaration: Declaration): string {
  const urn = urnOf(declaration);
  const known = world.program.some((one) => urnOf(one) === urn);
  world.program = known
    ? world.program.map((one) => (urnOf(one) === urn ? declaration : one))
    : [...world.program, declaration];
  return `declare ${describe(declaration)}`;
}

type TemplateChoice = Omit<TemplateDeclaration, "adopt" | "adoptOverwrite"> & {
  adopt?: "name" | "id" | undefined;
  adoptOverwrite: boolean;
  contested: boolean;
};

function declareTemplate(world: World, choice: TemplateChoice): string {
  const { adopt, adoptOverwrite, contested, templateName, ...rest } = choice;
  // The adoption of a template that the program already has would give it two owners.
  const known = [...world.stack.templateIds(), ...world.program.map((one) => one.adopt)];
  const ids = world.cloud.state().templates.map(({ TemplateId }) => TemplateId);
  const id = ids.filter((one) => !known.includes(one)).at(-1);
  const names = world.program.flatMap((one) => (one.kind === "template" && !same(one, rest) ? [one.templateName] : []));
  const named = templateName && (contested || !names.includes(templateName)) ? { templateName } : {};
  // A preview rejects the adoption of another template by a resource that already has one.
  const byId = contested || !world.stack.live(urnOf(rest)) ? id : undefined;
  const adopted = adopt === "name" ? "templateName" in named : adopt && byId;
  return declare(world, {
    ...rest,
    ...named,
    ...(adopted && { adopt: adopted, ...(adoptOverwrite && { adoptOverwrite }) }),
  });
}

type BindingChoice = Omit<BindingDeclaration, "kind" | "template"> & { to: number; by: string; contested: boolean };

function declareBinding(world: World, { to, by, contested, ...rest }: BindingChoice): string | undefined {
  const one = { kind: "binding" as const, ...rest };
  const others = world.program.filter((other) => other.kind === "binding" && !same(other, one));
  if (!contested && others.some((other) => keyOf(other as BindingDeclaration) === keyOf(one))) return undefined;
  const templates = world.program.filter(({ kind }) => kind === "template");
  const of = templates[to % templates.length]?.name;
  const ids = world.cloud.state().templates.map(({ TemplateId }) => TemplateId);
  const id = ids[to % ids.length] ?? 99;
  // Rarely to a template that does not exist.
  if (by === "id" && (id !== 99 || contested)) return declare(world, { ...one, template: { id } });
  return of === undefined ? undefined : declare(world, { ...one, template: { of } });
}

const same = (one: Pick<Declaration, "kind" | "name">, other: Pick<Declaration, "kind" | "name">): boolean =>
  urnOf(one) === urnOf(other);

function remove(world: World, index: number): string | undefined {
  const gone = world.program[index % world.program.length];
  if (!gone) return undefined;
  world.program = world.program.filter((one) => one !== gone && !uses(one, gone));
  return `remove ${urnOf(gone)}${gone.kind === "template" ? " and what refers to it" : ""}`;
}

const uses = (one: Declaration, other: Declaration): boolean =>
  one.kind === "binding" && "of" in one.template && other.kind === "template" && one.template.of === other.name;

/**
 * Changes only the logical name, and the references to it. With an alias, the resource in the state is kept.
 */
function rename(world: World, index: number, alias: boolean): string | undefined {
  const old = world.program[index % world.program.length];
  const name = old && [1, 2, 3, 4].map((n) => `${old.name[0]}${n}`).find((free) => !taken(world.program, old, free));
  if (!old || !name || (alias && !world.stack.rename(old, name))) return undefined;
  const now = { ...old, name };
  world.program = world.program.map((one) => {
    if (one === old) return now;
    return uses(one, old) ? { ...(one as BindingDeclaration), template: { of: name } } : one;
  });
  return `rename ${urnOf(old)} to ${name}${alias ? " with an alias" : ""}`;
}

const taken = (program: Program, { kind }: Declaration, name: string): boolean =>
  program.some((one) => one.kind === kind && one.name === name);

/** Swaps the keys of two bindings, or the names of two templates. */
function swap(world: World, first: number): string | undefined {
  const one = world.program[first % world.program.length];
  const other = world.program.find((candidate) => candidate !== one && candidate.kind === one?.kind);
  if (!one || !other) return undefined;
  return `swap: ${declare(world, exchanged(one, other))}, ${declare(world, exchanged(other, one))}`;
}

function exchanged(one: Declaration, other: Declaration): Declaration {
  if (one.kind === "binding" && other.kind === "binding") {
    const { appName: _, ...rest } = one;
    return { ...rest, domainName: other.domainName, ...(other.appName && { appName: other.appName }) };
  }
  const { templateName: _, ...rest } = one as TemplateDeclaration;
  const { templateName } = other as TemplateDeclaration;
  if (templateName) return { ...rest, templateName };
  const { adopt, adoptOverwrite, ...nameless } = rest;
  return adopt === true ? nameless : rest;
}

/** Points a binding to another template of the program. */
function move(world: World, index: number): string | undefined {
  const bindings = world.program.filter((one) => one.kind === "binding");
  const binding = bindings[index % bindings.length] as BindingDeclaration | undefined;
  const of = world.program.find((one) => one.kind === "template" && binding && !uses(binding, one))?.name;
  return binding && of && `move: ${declare(world, { ...binding, template: { of } })}`;
}

/** Changes the order of the declarations, which must not matter. */
function reverse(world: World): string {
  world.program = [...world.program].reverse();
  return "reverse the program";
}

const declaringTemplate = template.map((choice) =>
  command((world) => declareTemplate(world, choice as TemplateChoice)),
);
const declaringBinding = binding.map((choice) => command((world) => declareBinding(world, choice as BindingChoice)));

/** Replaces all or many declarations. */
export const declaringMany = fc
  .tuple(declaringTemplate, declaringTemplate, declaringBinding, declaringBinding, declaringBinding)
  .map((commands) => inARow(...commands));

export const moving = fc.nat(5).map((index) => command((world) => move(world, index)));
export const renaming = fc.nat(5).map((index) => command((world) => rename(world, index, false)));
/** Renames with an alias. Only for the stand-in, because the programs for the real CLI contain no aliases. */
export const aliasing = fc.nat(5).map((index) => command((world) => rename(world, index, true)));

/** Changes of the program. */
export const editCommands: fc.Arbitrary<Command>[] = [
  declaringMany,
  declaringTemplate,
  declaringBinding,
  declaringBinding,
  moving,
  renaming,
  fc.nat(5).map((index) => command((world) => remove(world, index))),
  fc.nat(5).map((index) => command((world) => swap(world, index))),
  fc.constant(0).map(() => command(reverse)),
];
