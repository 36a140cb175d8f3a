import { type ApiError, mayHaveExecuted } from "../../provider/api/errors";
import { pollUntil, startBudget } from "../../provider/api/retry";
import { appOf, isOn, listRules, listTemplates } from "./account";
import { Unsettled } from "./answers";
import { removeRule } from "./cleanup";
import type { Ownership } from "./ownership";
import type { Raw, Wire } from "./wire";

export interface LabOptions {
  wire: Wire;
  owner: Ownership;
  /** The beginning of every name it makes. */
  run: string;
  domain: string;
  otherDomain: string | undefined;
  callbackUrl: string;
  print: (line: string) => void;
  /** How long a change may take to show, in milliseconds. */
  settleMs: number;
}

/** A template that the lab made. */
export interface Specimen {
  id: number;
  name: string;
}

/** What a Modify led to: why it was refused, or the template as it then reads. */
export type Modified = { refused: ApiError; read?: undefined } | { read: Raw; refused?: undefined };

/** Makes templates and rules to look at, each under a name of its own, and knows what is to be removed again. */
export class Lab {
  readonly #specimens = new Map<number, Specimen>();
  readonly #rules: { domain: string; app: string }[] = [];
  #names = 0;

  constructor(readonly options: LabOptions) {}

  get wire(): Wire {
    return this.options.wire;
  }

  /** The URL that templates carry. */
  get url(): string {
    return this.options.callbackUrl;
  }

  /** A name that nothing has had before, for a template or an app. */
  newName(): string {
    return `${this.options.run}-${++this.#names}`;
  }

  /** A domain that does not exist: below the user's own, so that it is nobody else's either. */
  get unknownDomain(): string {
    return `${this.options.run}.${this.options.domain}`;
  }

  /** Makes a template with one URL and these fields, and waits until it can be read. */
  async template(fields: Readonly<Record<string, string>> = {}): Promise<Specimen> {
    const name = this.newName();
    const made = await this.create(name, fields);
    if (typeof made !== "number") throw new Unsettled(`a template for it was refused (${made.code}: ${made.message})`);
    await this.eventually(`template ${made} cannot be read`, () => this.read(made));
    return { id: made, name };
  }

  /** Asks for a template of this name. Where the answer is lost, a template of the name that was not there before is it. */
  async create(name: string, fields: Readonly<Record<string, string>> = {}): Promise<number | ApiError> {
    const request = { TemplateName: name, StreamBeginNotifyUrl: this.url, ...fields };
    const { made } = this.options.owner;
    let id: number;
    try {
      const { refused, answer } = await this.wire.call("CreateLiveCallbackTemplate", request);
      if (refused && !mayHaveExecuted(refused)) return refused;
      if (refused) throw refused;
      id = Number(answer["TemplateId"]);
    } catch (error) {
      if (!mayHaveExecuted(error)) throw error;
      id = await this.#findLost(name, error);
    }
    made.add(id);
    this.#specimens.set(id, { id, name });
    this.options.print(`made template ${id} ${name}`);
    return id;
  }

  async #findLost(name: string, failure: unknown): Promise<number> {
    const { made } = this.options.owner;
    const look = async () =>
      (await listTemplates(this.wire)).find(
        (template) => template["TemplateName"] === name && !made.has(Number(template["TemplateId"])),
      );
    const found = await pollUntil(look, startBudget(this.options.settleMs), this.wire.backoff);
    if (!found) throw failure;
    return Number(found["TemplateId"]);
  }

  /** A template as the API describes it; `undefined` where it refuses to. */
  async read(id: number): Promise<Raw | undefined> {
    const { answer } = await this.wire.call("DescribeLiveCallbackTemplate", { TemplateId: id });
    return answer && (Object(answer["Template"]) as Raw);
  }

  /**
   * Modifies a template, naming its basic fields and these; `undefined` leaves one out. The description is a new text
   * each time: once it is read back, so is everything else of this change.
   */
  async modify({ id, name }: Specimen, changes: Readonly<Record<string, unknown>>): Promise<Modified> {
    const basic = { TemplateName: name, Description: `change-${++this.#names}`, StreamBeginNotifyUrl: this.url };
    const request = { TemplateId: id, ...basic, ...changes };
    const { refused } = await this.wire.call("ModifyLiveCallbackTemplate", request);
    if (refused) return { refused };
    const read = await this.eventually("a change was accepted, but cannot be read back", async () => {
      const template = await this.read(id);
      return template?.["Description"] === request.Description ? template : undefined;
    });
    return { read };
  }

  /** Deletes a template; what the API made of it is for the caller to judge. */
  async remove({ id }: Specimen): Promise<ApiError | undefined> {
    const { refused } = await this.wire.call("DeleteLiveCallbackTemplate", { TemplateId: id });
    if (!refused) this.#specimens.delete(id);
    return refused;
  }

  /** The id of a template that was made and deleted: nobody has it. */
  async deletedId(): Promise<number> {
    const specimen = await this.template();
    await this.remove(specimen);
    await this.eventually("a deleted template can still be read", async () =>
      (await this.read(specimen.id)) ? undefined : true,
    );
    return specimen.id;
  }

  /** Binds an app (`""`: the whole domain) and waits until the rule is listed. Returns why the API refused. */
  async bind(app: string, templateId: number, domain = this.options.domain): Promise<ApiError | undefined> {
    this.#rules.push({ domain, app });
    const request = { DomainName: domain, AppName: app, TemplateId: templateId };
    const { refused } = await this.wire.call("CreateLiveCallbackRule", request);
    const listed = async () => (await this.#rulesOf(app, domain)).find((rule) => rule["TemplateId"] === templateId);
    // The answer to an attempt before may have been lost: then the last one is refused because of the rule it made.
    if (refused && !(await listed())) return refused;
    await this.eventually("a rule was accepted, but is not listed with its template", listed);
    this.options.print(`bound ${domain}/${app} to template ${templateId}`);
    return undefined;
  }

  /** Binds an app where the question is about something else. */
  async mustBind(app: string, templateId: number): Promise<void> {
    const refused = await this.bind(app, templateId);
    if (refused) throw new Unsettled(`a rule for it was refused (${refused.code}: ${refused.message})`);
  }

  /** The rules of the domain, as they are listed. There were none before, so all are the lab's. */
  async rules(domain = this.options.domain): Promise<Raw[]> {
    return (await listRules(this.wire)).filter((rule) => isOn(domain, rule));
  }

  /** The rules of one app; those of the whole domain are all that have no name of ours, whatever it reads as. */
  async #rulesOf(app: string, domain: string): Promise<Raw[]> {
    const has = (rule: Raw) => (app === "" ? !this.options.owner.names(appOf(rule)) : appOf(rule) === app);
    return (await this.rules(domain)).filter(has);
  }

  /** Removes what a question made, rules first. What resists is left for the sweep at the end. */
  async tidy(): Promise<void> {
    await this.tidyRules();
    for (const specimen of [...this.#specimens.values()]) {
      await this.remove(specimen);
      this.#specimens.delete(specimen.id);
    }
  }

  /** Removes the rules that a question made. */
  async tidyRules(): Promise<void> {
    for (const { domain, app } of this.#rules.splice(0)) {
      const own = app === "" ? await this.#wholeDomainRules(domain) : [{ DomainName: domain, AppName: app }];
      for (const rule of own) await removeRule(this.wire, rule, this.options.print);
    }
  }

  /** Told by their templates, in case somebody binds the domain at this moment. */
  async #wholeDomainRules(domain: string): Promise<Raw[]> {
    return (await this.#rulesOf("", domain)).filter((rule) => this.options.owner.made.has(Number(rule["TemplateId"])));
  }

  /** Looks until there is something, for lists and reads may lag behind writes. */
  async eventually<T>(otherwise: string, look: () => Promise<T | undefined>): Promise<T> {
    const found = await pollUntil(look, startBudget(this.options.settleMs), this.wire.backoff);
    if (found === undefined) throw new Unsettled(`${otherwise} after ${this.options.settleMs / 1000} s`);
    return found;
  }
}
