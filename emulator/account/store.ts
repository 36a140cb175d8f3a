import type { Request } from "../../provider/api/contract/live";

/** A callback template as it is stored: unset fields are absent, never `""`. */
export type Template = Request<"CreateLiveCallbackTemplate"> & {
  /** The id that the API assigned. */
  TemplateId: number;
};

/**
 * A callback rule as it is stored. `AppName` is `""` for a rule of the whole domain; times are ISO 8601 in
 * UTC.
 */
export interface Rule {
  /** The push domain. */
  DomainName: string;
  /** The app; `""` is the whole domain. */
  AppName: string;
  /** The bound template. It may no longer exist. */
  TemplateId: number;
  /** When the rule was created, ISO 8601 in UTC. */
  CreateTime: string;
  /** When the rule last changed, ISO 8601 in UTC. */
  UpdateTime: string;
}

/** The data that is kept across restarts. */
export interface StoreData {
  nextTemplateId: number;
  templates: Template[];
  rules: Rule[];
}

/** The published examples use ids of this size. */
const FIRST_TEMPLATE_ID = 385622;

/** How many writes a stale response can be behind. */
const HISTORY = 100;

/** Returns the key of a rule. Domain names are case-insensitive, app names are case-sensitive. */
export function ruleKey(domainName: string, appName: string): string {
  return `${domainName.toLowerCase()}/${appName}`;
}

/**
 * The account's templates and rules. Stored objects are replaced, never changed, so they can be returned
 * without a copy.
 */
export class Store {
  readonly templates = new Map<number, Template>();
  readonly rules = new Map<string, Rule>();
  #nextTemplateId = FIRST_TEMPLATE_ID;
  readonly #undo: ((past: Store) => void)[] = [];
  readonly #saved: (store: Store) => void;
  #written = () => {};

  /** `saved` is called after every write, before the response. */
  constructor(data?: StoreData, saved: (store: Store) => void = () => {}) {
    this.#saved = saved;
    for (const template of data?.templates ?? []) this.templates.set(template.TemplateId, template);
    for (const rule of data?.rules ?? []) this.rules.set(ruleKey(rule.DomainName, rule.AppName), rule);
    this.#nextTemplateId = data?.nextTemplateId ?? FIRST_TEMPLATE_ID;
  }

  /** Sets the function that is called after every write, in place of the previous one. */
  onWrite(written: () => void): void {
    this.#written = written;
  }

  /** Returns an id that no template has had before. */
  newTemplateId(): number {
    return this.#nextTemplateId++;
  }

  /** Stores a template, and returns it as it is stored. */
  putTemplate(template: Template): Template {
    const stored = withoutUnset(template);
    this.#nextTemplateId = Math.max(this.#nextTemplateId, stored.TemplateId + 1);
    this.#write((store) => store.templates, stored.TemplateId, stored);
    return stored;
  }

  removeTemplate(id: number): boolean {
    return this.templates.has(id) && this.#write((store) => store.templates, id, undefined);
  }

  putRule(rule: Rule): void {
    this.#write((store) => store.rules, ruleKey(rule.DomainName, rule.AppName), rule);
  }

  removeRule(domainName: string, appName: string): boolean {
    const key = ruleKey(domainName, appName);
    return this.rules.has(key) && this.#write((store) => store.rules, key, undefined);
  }

  rulesOf(templateId: number): Rule[] {
    return [...this.rules.values()].filter((rule) => rule.TemplateId === templateId);
  }

  /** Removes everything. The ids of removed templates are not reused. */
  clear(): void {
    this.templates.clear();
    this.rules.clear();
    this.#undo.length = 0;
    this.#saved(this);
    this.#written();
  }

  data(): StoreData {
    return {
      nextTemplateId: this.#nextTemplateId,
      templates: [...this.templates.values()],
      rules: [...this.rules.values()],
    };
  }

  /** Returns a copy of the store as it was before the last writes (at most 100), for stale responses. */
  past(writes: number): Store {
    const past = new Store(this.data());
    for (const revert of this.#undo.slice(-writes).reverse()) revert(past);
    return past;
  }

  #write<K, V>(pick: (store: Store) => Map<K, V>, key: K, value: V | undefined): true {
    const previous = pick(this).get(key);
    this.#undo.push((past) => assign(pick(past), key, previous));
    if (this.#undo.length > HISTORY) this.#undo.shift();
    assign(pick(this), key, value);
    try {
      this.#saved(this);
    } catch (error) {
      this.#undo.pop();
      assign(pick(this), key, previous);
      throw error;
    }
    this.#written();
    return true;
  }
}

function assign<K, V>(map: Map<K, V>, key: K, value: V | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}

function withoutUnset(template: Template): Template {
  const isSet = (value: unknown) =>
    value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(template).filter(([, value]) => isSet(value))) as Template;
}
