import type { EmulatorDomain } from "./account/domains";
import type { RuleInput, TemplateChanges, TemplateInput } from "./account/outOfBandChanges";
import type { Rule, Template } from "./account/store";
import type { EmulatedAction } from "./actions";
import type { EventDelivery } from "./events/eventDelivery";
import type { StreamEvent } from "./events/streamEvent";
import type { Fault } from "./faults";
import type { CallEntry } from "./http/callRecord";

/**
 * A plain copy of what the emulated account holds, in the API's spelling. Fields that are not set are absent.
 */
export interface EmulatorState {
  /** The templates, oldest first. */
  templates: Template[];
  /** The rules, oldest first. */
  rules: Rule[];
  /** The domains given by option. */
  domains: Required<EmulatorDomain>[];
}

/** A running emulator. What a call changes holds for the next request. */
export interface Emulator {
  /** For example `http://127.0.0.1:38025`. */
  readonly url: string;
  /** The port that it listens on. */
  readonly port: number;
  /**
   * Stops listening and ends open connections; requests that wait for a latency are dropped without effect.
   */
  close(): Promise<void>;
  /** Returns what the account holds, as a copy. */
  state(): EmulatorState;
  /** How often each action was called, refused calls included. */
  calls(): Partial<Record<EmulatedAction, number>>;
  /** The last 10,000 calls, oldest first, for example to check the order of deletes. */
  callRecord(): CallEntry[];
  /** Empties everything but the domains, events under way too; with `calls` only the call record. */
  reset(what?: { calls?: boolean }): void;
  /** Adds a fault for calls to come, behind those that are there. */
  addFault(fault: Fault): void;
  /** Removes the faults that have not struck yet. */
  clearFaults(): void;
  /**
   * Makes a template, or replaces the one of that id, as a colleague in the console would. No limit applies.
   */
  putTemplate(template: TemplateInput): Template;
  /** Sets some fields of a template; an empty value removes the field. An unknown id is an error. */
  patchTemplate(templateId: number, changes: TemplateChanges): Template;
  /** Removes a template even if rules use it. `false`: there was none. */
  removeTemplate(templateId: number): boolean;
  /** Makes or replaces the rule of a domain and app, whether the template exists or not. */
  putRule(rule: RuleInput): Rule;
  /** Removes a rule. `false`: there was none. */
  removeRule(domainName: string, appName?: string): boolean;
  /**
   * Makes an event happen to a stream: its payload, signed if the template has a key, is posted to the
   * template's URL. Resolves when the first attempt is over. After a response other than 200, or none within
   * 20 s, it is sent again as documented: 12 times, a minute apart; a screenshot 5 times, 2 minutes apart.
   *
   * @example
   * const { outcome } = await emulator.sendEvent({ event: "streamBegin", domainName: "push.example.com" });
   */
  sendEvent(event: StreamEvent): Promise<EventDelivery>;
  /**
   * Makes the attempts that are due by the clock, and resolves with what became of them. Only a program that
   * moves the clock itself needs it; with real time they are made when they are due.
   *
   * @example
   * now += 60_000;
   * await emulator.deliverDue();
   */
  deliverDue(): Promise<EventDelivery[]>;
  /** The last 10,000 events that went somewhere, oldest first. */
  deliveries(): EventDelivery[];
}
