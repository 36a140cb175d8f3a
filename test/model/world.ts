import type { TemplateChanges, TemplateInput } from "../../emulator/account/outOfBandChanges";
import type { EmulatorState } from "../../emulator/emulator";
import type { Cloud } from "../support/cloud";
import type { Engine } from "./engine";
import { rulesOf } from "./expectation";
import type { Program } from "./program";
import { Stack, type StackResource } from "./stack";

/** What was there before a deployment. */
export interface Before {
  cloud: EmulatorState;
  resources: readonly StackResource[];
  /** Templates and rules that are the colleague's. */
  foreignTemplates: ReadonlySet<number>;
  foreignRules: ReadonlyMap<string, number>;
  /** The resources that the run is to replace, by URN. */
  replace: readonly string[];
  /** The state is known to be what the cloud holds. */
  sure: boolean;
}

/** An account in which a stack and a colleague work, and who made what. */
export class World {
  readonly stack = new Stack();
  program: Program = [];
  /** Templates that the colleague made and no deployment has taken over. */
  readonly foreignTemplates = new Set<number>();
  /** Rules that the colleague made, by key, with their templates. */
  readonly foreignRules = new Map<string, number>();
  /** What an interrupted run, or one with an unknown outcome, may have left: nobody can know it until it is declared again. */
  readonly leftTemplates = new Set<number>();
  readonly leftRules = new Set<string>();
  /** Nothing has happened since the last refresh, or the last success, that the state does not tell. */
  sure = true;
  /** That has never been otherwise: so not even fields that the API does not return are in doubt. */
  alwaysSure = true;

  /** What has happened, one step on one line. */
  readonly story: string[] = [];

  constructor(
    readonly cloud: Cloud,
    readonly engine: Engine,
  ) {}

  doubt(): void {
    this.sure = false;
    this.alwaysSure = false;
  }

  before(replace: readonly string[] = []): Before {
    return {
      cloud: this.cloud.state(),
      resources: this.stack.resources.map((resource) => ({ ...resource })),
      foreignTemplates: new Set(this.foreignTemplates),
      foreignRules: new Map(this.foreignRules),
      replace,
      sure: this.sure,
    };
  }

  owns(templateId: number): boolean {
    return this.stack.templateIds().includes(templateId);
  }

  ownsRule(key: string): boolean {
    return this.stack.resources.some(({ kind, id }) => kind === "binding" && id === key);
  }

  /** The colleague makes a template. */
  addTemplate(template: TemplateInput): number {
    const { TemplateId } = this.cloud.putTemplate(template);
    this.foreignTemplates.add(TemplateId);
    return TemplateId;
  }

  changeTemplate(templateId: number, changes: TemplateChanges): void {
    this.cloud.patchTemplate(templateId, changes);
    if (this.owns(templateId)) this.doubt();
  }

  /** The colleague deletes a template, and before that the rules that use it. */
  deleteTemplate(templateId: number): void {
    for (const rule of this.cloud.state().rules.filter(({ TemplateId }) => TemplateId === templateId)) {
      this.deleteRule(rule.DomainName, rule.AppName);
    }
    this.cloud.removeTemplate(templateId);
    this.foreignTemplates.delete(templateId);
    if (this.owns(templateId)) this.doubt();
  }

  putRule(domainName: string, appName: string, templateId: number): void {
    const key = appName ? `${domainName}/${appName}` : domainName;
    if (rulesOf(this.cloud.state()).get(key) === templateId) return;
    this.cloud.putRule({ DomainName: domainName, AppName: appName, TemplateId: templateId });
    this.foreignRules.set(key, templateId);
    if (this.ownsRule(key)) this.doubt();
  }

  deleteRule(domainName: string, appName: string): void {
    const key = appName ? `${domainName}/${appName}` : domainName;
    this.cloud.removeRule(domainName, appName);
    this.foreignRules.delete(key);
    if (this.ownsRule(key)) this.doubt();
  }
}
