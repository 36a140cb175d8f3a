import type { TemplateChanges, TemplateInput } from "../../emulator/account/outOfBandChanges";
import type { EmulatorState } from "../../emulator/emulator";
import type { Cloud } from "../support/cloud";
import type { Engine } from "./engine";
import { rulesOf } from "./expectation";
import type { Program } from "./program";
import { Stack, type StackResource } from "./stack";

/** The situation before a deployment. */
export interface Before {
  cloud: EmulatorState;
  resources: readonly StackResource[];
  /** Templates and rules of the colleague. */
  foreignTemplates: ReadonlySet<number>;
  foreignRules: ReadonlyMap<string, number>;
  /** The URNs of the resources that the run replaces. */
  replace: readonly string[];
  /** Whether the state is known to match the cloud. */
  sure: boolean;
}

/** An account that a stack and a colleague use, and the owners of its items. */
export class World {
  readonly stack = new Stack();
  program: Program = [];
  /** Templates that the colleague created and no deployment has taken over. */
  readonly foreignTemplates = new Set<number>();
  /** The rules that the colleague created: their templates by key. */
  readonly foreignRules = new Map<string, number>();
  /**
   * The items that a run without a recorded outcome may have left. They are unknown until they are declared
   * again.
   */
  readonly leftTemplates = new Set<number>();
  readonly leftRules = new Set<string>();
  /** Whether the state contains everything that has happened since the last refresh or success. */
  sure = true;
  /** Whether this has always been so, which also makes the fields certain that the API does not return. */
  alwaysSure = true;

  /** The history, one step per line. */
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

  /** Creates a template as the colleague. */
  addTemplate(template: TemplateInput): number {
    const { TemplateId } = this.cloud.putTemplate(template);
    this.foreignTemplates.add(TemplateId);
    return TemplateId;
  }

  changeTemplate(templateId: number, changes: TemplateChanges): void {
    this.cloud.patchTemplate(templateId, changes);
    if (this.owns(templateId)) this.doubt();
  }

  /** Deletes a template as the colleague, after its rules. */
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
