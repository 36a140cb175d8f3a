import { type Rule, ruleKey, type Store, type Template } from "./store";

/** A template to create or replace. */
export type TemplateInput = Omit<Template, "TemplateId"> & {
  /** The template to replace. @default a new id */
  TemplateId?: number;
};
/** Fields of a template to set. */
export type TemplateChanges = Partial<Omit<Template, "TemplateId">>;
/** A rule to create or replace. */
export type RuleInput = Pick<Rule, "DomainName" | "TemplateId"> & {
  /** The app. @default "", the whole domain */
  AppName?: string;
};

/** Changes outside the API: without a signature, limits or a call record. */
export class OutOfBandChanges {
  readonly #store: Store;
  readonly #clock: () => number;

  constructor(store: Store, clock: () => number) {
    this.#store = store;
    this.#clock = clock;
  }

  putTemplate(input: TemplateInput): Template {
    const TemplateId = input.TemplateId ?? this.#store.newTemplateId();
    return structuredClone(this.#store.putTemplate({ ...input, TemplateId }));
  }

  patchTemplate(templateId: number, changes: TemplateChanges): Template {
    const template = this.#store.templates.get(templateId);
    if (!template) throw new Error(`there is no template ${templateId}`);
    return this.putTemplate({ ...template, ...changes });
  }

  putRule({ DomainName, AppName = "", TemplateId }: RuleInput): Rule {
    const time = new Date(this.#clock()).toISOString();
    const present = this.#store.rules.get(ruleKey(DomainName, AppName));
    const rule = { DomainName, AppName, TemplateId, CreateTime: present?.CreateTime ?? time, UpdateTime: time };
    this.#store.putRule(rule);
    return { ...rule };
  }
}
