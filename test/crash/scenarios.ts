import type { Emulator } from "../../emulator";
import { type Declared, NOTHING } from "./declared";

/** A deployment that is killed at each of its calls. */
export interface Scenario {
  /** A description, as a noun phrase. */
  title: string;
  /** The previously deployed program. Without it, the stack is empty. */
  before?: string;
  /** An out-of-band change of the cloud after `before`. */
  outOfBand?: (cloud: Emulator) => void;
  /** The program of the killed run. @default `before` */
  program?: string;
  /** The command of the killed run. @default an update */
  command?: readonly string[];
  /** The program that the recovery deploys. @default `program` */
  recovery?: string;
  /** The last command of the recovery. @default an update */
  lastCommand?: readonly string[];
  /**
   * An unbound template that may be left: its create was killed before it was recorded, and the program was
   * reverted afterwards, so the stack no longer contains its name.
   */
  forgotten?: string;
  /** The expected templates and rules at the end. */
  declared: Declared;
}

const URL = "https://hooks.example.com/live";
const OTHER = "https://other.example.com/live";
const KEY = "Key0123456789";

export const UP = ["up", "--yes", "--skip-preview", "--stack", "dev"] as const;
export const DESTROY = ["destroy", "--yes", "--skip-preview", "--stack", "dev"] as const;

/** A template resource with the given name, or with an automatic name. */
const template = (resource: string, args = "", url = URL): string =>
  `const ${resource} = new CallbackTemplate("${resource}", { streamBeginNotifyUrl: "${url}", ${args} });\n`;
const named = (resource: string, args = ""): string => template(resource, `templateName: "${resource}", ${args}`);
const binding = (resource: string, domain: string, to: string, more = ""): string =>
  `const ${resource} = new DomainBinding("${resource}", { domainName: "${domain}", templateId: ${to}.templateId, ${more} });\n`;
/**
 * A template that is created after these resources: its calls separate their creates from the deletes of old
 * ones.
 */
const late = (...resources: string[]): string =>
  `new CallbackTemplate("late", { templateName: "late", streamBeginNotifyUrl: "${URL}" }, { dependsOn: [${resources}] });\n`;

const deletedFirst = (domain: string): string =>
  `new DomainBinding("binding", { domainName: "${domain}", templateId: one.id }, { deleteBeforeReplace: true });\n`;
export const urn = (type: string, name: string): string =>
  `urn:pulumi:dev::callbacks::pulumi-nodejs:dynamic/tencentcloud-live:${type}::${name}`;

const FIELDS = { StreamBeginNotifyUrl: URL };
const ONE_AND_TWO = { one: FIELDS, two: FIELDS };
const TARGETS = '["a.example.com", { domainName: "b.example.com", appName: "live" }]';
const bindAll = (to: string): string => `const bindings = ${to}.bindTo(${TARGETS});\n`;
const boundTo = (name: string): Record<string, string> => ({
  "a.example.com": name,
  "b.example.com/live": name,
});

const CREATING: Record<string, Scenario> = {
  "create-automatic": {
    title: "templates with automatic names and their bindings, created for the first time",
    program: `${template("hooks", `callbackKey: "${KEY}"`)}${template("spare")}${bindAll("hooks")}`,
    declared: {
      templates: { "hooks-*": { ...FIELDS, CallbackKey: KEY }, "spare-*": FIELDS },
      rules: boundTo("hooks-*"),
    },
  },
  "create-explicit": {
    title: "templates with names of their own and their bindings, created for the first time",
    program: `${named("hooks", `callbackKey: "${KEY}"`)}${named("spare")}${bindAll("hooks")}`,
    declared: { templates: { hooks: { ...FIELDS, CallbackKey: KEY }, spare: FIELDS }, rules: boundTo("hooks") },
  },
  adopt: {
    title: "an adoption by name that changes the template, two by id, and one of a domain that is bound elsewhere",
    before: named("mine"),
    outOfBand: (cloud) => {
      cloud.putTemplate({ TemplateId: 1001, TemplateName: "byName", StreamEndNotifyUrl: OTHER });
      cloud.putTemplate({ TemplateId: 1002, TemplateName: "old", StreamBeginNotifyUrl: OTHER });
      cloud.putTemplate({ TemplateId: 1003, TemplateName: "kept", ...FIELDS, RecordStatusNotifyUrl: OTHER });
      cloud.putRule({ DomainName: "a.example.com", TemplateId: 1001 });
      cloud.putRule({ DomainName: "b.example.com", TemplateId: 1001 });
    },
    program:
      `${named("mine")}${named("byName", "adopt: true, adoptOverwrite: true")}` +
      `${named("byId", "adopt: 1002, adoptOverwrite: true")}${template("unchanged", "adopt: 1003")}` +
      `${binding("a", "a.example.com", "byName")}${binding("b", "b.example.com", "mine", "adopt: true")}`,
    declared: {
      templates: { mine: FIELDS, byName: FIELDS, byId: FIELDS, kept: { ...FIELDS, RecordStatusNotifyUrl: OTHER } },
      rules: { "a.example.com": "byName", "b.example.com": "mine" },
    },
  },
};

const BOTH = named("one") + named("two");

const CHANGING: Record<string, Scenario> = {
  change: {
    title: "a template with a field changed, one set and one cleared",
    before: `${named("hooks", `streamEndNotifyUrl: "${URL}", description: "first"`)}${bindAll("hooks")}`,
    program: `${template("hooks", `templateName: "hooks", description: "second", snapshotNotifyUrl: "${URL}"`, OTHER)}${bindAll("hooks")}`,
    declared: {
      templates: { hooks: { StreamBeginNotifyUrl: OTHER, SnapshotNotifyUrl: URL, Description: "second" } },
      rules: boundTo("hooks"),
    },
  },
  move: {
    title: "domains moved from one template to another",
    before: `${BOTH}${bindAll("one")}`,
    program: `${BOTH}${bindAll("two")}`,
    declared: { templates: ONE_AND_TWO, rules: boundTo("two") },
  },
  "move-reverted": {
    title: "domains moved from one template to another, and the program reverted before the recovery",
    before: `${BOTH}${bindAll("one")}`,
    program: `${BOTH}${bindAll("two")}`,
    recovery: `${BOTH}${bindAll("one")}`,
    declared: { templates: ONE_AND_TWO, rules: boundTo("one") },
  },
  "move-to-new-reverted": {
    title: "domains moved to a new template, the old one removed, and the program reverted before the recovery",
    before: `${template("one")}${bindAll("one")}`,
    program: `${template("two")}${bindAll("two")}`,
    recovery: `${template("one")}${bindAll("one")}`,
    forgotten: "two-*",
    declared: { templates: { "one-*": FIELDS }, rules: boundTo("one-*") },
  },
  "other-domain": {
    title: "a binding resource given another domain, which replaces it",
    before: `${BOTH}${binding("binding", "a.example.com", "one")}`,
    program: `${BOTH}${binding("binding", "b.example.com", "one")}${late("binding")}`,
    declared: { templates: { ...ONE_AND_TWO, late: FIELDS }, rules: { "b.example.com": "one" } },
  },
};

const RENAMING: Record<string, Scenario> = {
  "rename-binding": {
    title: "a binding resource renamed",
    before: `${named("one")}${binding("before", "a.example.com", "one")}`,
    program: `${named("one")}${binding("after", "a.example.com", "one")}${late("after")}`,
    declared: { templates: { one: FIELDS, late: FIELDS }, rules: { "a.example.com": "one" } },
  },
  "rename-binding-reverted": {
    title: "a binding resource renamed, and the program reverted before the recovery",
    before: `${named("one")}${binding("before", "a.example.com", "one")}`,
    program: `${named("one")}${binding("after", "a.example.com", "one")}${late("after")}`,
    recovery: `${named("one")}${binding("before", "a.example.com", "one")}`,
    forgotten: "late",
    declared: { templates: { one: FIELDS }, rules: { "a.example.com": "one" } },
  },
  "rename-and-move": {
    title: "a binding resource renamed and given another template, with adopt",
    before: `${BOTH}${binding("before", "a.example.com", "one")}`,
    program: `${BOTH}${binding("after", "a.example.com", "two", "adopt: true")}${late("after")}`,
    declared: { templates: { ...ONE_AND_TWO, late: FIELDS }, rules: { "a.example.com": "two" } },
  },
  "rename-template-explicit": {
    title: "a template resource of an explicit name renamed, with adopt",
    before: `${template("before", 'templateName: "hooks"')}${bindAll("before")}`,
    program: `${template("after", 'templateName: "hooks", adopt: true')}${bindAll("after")}${late("...bindings")}`,
    declared: { templates: { hooks: FIELDS, late: FIELDS }, rules: boundTo("hooks") },
  },
  "rename-template-automatic": {
    title: "a template resource of an automatic name renamed",
    before: `${template("before")}${bindAll("before")}`,
    program: `${template("after")}${bindAll("after")}`,
    declared: { templates: { "after-*": FIELDS }, rules: boundTo("after-*") },
  },
  "swap-one-template": {
    title: "two bindings to one template that swap their domains",
    before: `${named("one")}${binding("x", "a.example.com", "one")}${binding("y", "b.example.com", "one")}`,
    program: `${named("one")}${binding("x", "b.example.com", "one")}${binding("y", "a.example.com", "one")}${late("x", "y")}`,
    declared: { templates: { one: FIELDS, late: FIELDS }, rules: { "a.example.com": "one", "b.example.com": "one" } },
  },
  "swap-two-templates": {
    title: "two bindings to two templates that swap their domains",
    before: `${BOTH}${binding("x", "a.example.com", "one")}${binding("y", "b.example.com", "two")}`,
    program: `${BOTH}${binding("x", "b.example.com", "one")}${binding("y", "a.example.com", "two")}${late("x", "y")}`,
    declared: {
      templates: { ...ONE_AND_TWO, late: FIELDS },
      rules: { "b.example.com": "one", "a.example.com": "two" },
    },
  },
};

const REMOVING: Record<string, Scenario> = {
  remove: {
    title: "a template removed from the program with its bindings",
    before: `${named("keep")}${binding("kept", "c.example.com", "keep")}${named("hooks")}${bindAll("hooks")}`,
    program: `${named("keep")}${binding("kept", "c.example.com", "keep")}`,
    declared: { templates: { keep: FIELDS }, rules: { "c.example.com": "keep" } },
  },
  "remove-reverted": {
    title: "a template removed with its bindings, and the program reverted before the recovery",
    before: `${named("hooks")}${bindAll("hooks")}`,
    program: "",
    recovery: `${named("hooks")}${bindAll("hooks")}`,
    declared: { templates: { hooks: FIELDS }, rules: boundTo("hooks") },
  },
  destroy: {
    title: "everything destroyed",
    before: `${named("hooks")}${template("spare")}${bindAll("hooks")}`,
    command: DESTROY,
    lastCommand: DESTROY,
    declared: NOTHING,
  },
  replace: {
    title: "a template that the user has replaced by force, deleted first and then created again",
    before: named("hooks"),
    command: [...UP, "--replace", urn("CallbackTemplate", "hooks")],
    declared: { templates: { hooks: FIELDS }, rules: {} },
  },
  "replace-automatic": {
    title: "a template with an automatic name that the user has replaced by force",
    before: template("hooks"),
    command: [...UP, "--replace", urn("CallbackTemplate", "hooks")],
    declared: { templates: { "hooks-*": FIELDS }, rules: {} },
  },
  "replace-binding": {
    title: "a binding that the user has replaced by force, with deleteBeforeReplace",
    before: `${named("one")}${deletedFirst("a.example.com")}`,
    command: [...UP, "--replace", urn("DomainBinding", "binding")],
    declared: { templates: { one: FIELDS }, rules: { "a.example.com": "one" } },
  },
  "other-domain-deleted-first": {
    title: "a binding resource given another domain, with deleteBeforeReplace",
    before: `${named("one")}${deletedFirst("a.example.com")}`,
    program: `${named("one")}${deletedFirst("b.example.com")}`,
    declared: { templates: { one: FIELDS }, rules: { "b.example.com": "one" } },
  },
  drift: {
    title: "a template and rules that were changed and deleted out of band, repaired",
    before: `${BOTH}${template("three")}${bindAll("one")}${binding("c", "c.example.com", "three")}`,
    outOfBand: (cloud) => {
      const idOf = (start: string) =>
        cloud.state().templates.find(({ TemplateName }) => TemplateName.startsWith(start))?.TemplateId ?? 0;
      cloud.patchTemplate(idOf("one"), { StreamBeginNotifyUrl: OTHER, StreamEndNotifyUrl: OTHER });
      cloud.removeRule("a.example.com");
      cloud.putRule({ DomainName: "b.example.com", AppName: "live", TemplateId: idOf("two") });
      cloud.removeRule("c.example.com");
      cloud.removeTemplate(idOf("three"));
    },
    command: [...UP, "--refresh"],
    declared: {
      templates: { ...ONE_AND_TWO, "three-*": FIELDS },
      rules: { ...boundTo("one"), "c.example.com": "three-*" },
    },
  },
};

export const SCENARIOS: Record<string, Scenario> = { ...CREATING, ...CHANGING, ...RENAMING, ...REMOVING };
