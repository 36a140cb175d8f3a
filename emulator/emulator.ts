import type { EmulatorDomain } from "./account/domains";
import type { RuleInput, TemplateChanges, TemplateInput } from "./account/outOfBandChanges";
import type { Rule, Template } from "./account/store";
import type { EmulatedAction } from "./actions";
import type { EventDelivery } from "./events/eventDelivery";
import type { StreamEvent } from "./events/streamEvent";
import type { Fault } from "./faults";
import type { CallEntry } from "./http/callRecord";

/** A plain copy of the emulated account, in the API's spelling. Unset fields are absent. */
export interface EmulatorState {
  /** The templates, oldest first. */
  templates: Template[];
  /** The rules, oldest first. */
  rules: Rule[];
  /** The domains of the option `domains`. */
  domains: Required<EmulatorDomain>[];
}

/** A running emulator. Changes take effect with the next request. */
export interface Emulator {
  /** For example `http://127.0.0.1:38025`. */
  readonly url: string;
  /** The port that it listens on. */
  readonly port: number;
  /**
   * Stops listening and ends open connections; requests that wait for a latency are dropped without effect.
   */
  close(): Promise<void>;
  /** Returns a copy of the account. */
  state(): EmulatorState;
  /** How often each action was called, including rejected calls. */
  calls(): Partial<Record<EmulatedAction, number>>;
  /** The last 10,000 calls, oldest first, for example to check the order of deletes. */
  callRecord(): CallEntry[];
  /** Clears everything except the domains, including pending events; with `calls`, only the call record. */
  reset(what?: { calls?: boolean }): void;
  /** Adds a fault for later calls, after the existing faults. */
  addFault(fault: Fault): void;
  /** Removes the pending faults. */
  clearFaults(): void;
  /** Creates a template, or replaces the one with its id, like a user of the console. No limit applies. */
  putTemplate(template: TemplateInput): Template;
  /** Sets some fields of a template; an empty value removes the field. An unknown id is an error. */
  patchTemplate(templateId: number, changes: TemplateChanges): Template;
  /** Removes a template, even if rules use it. Returns `false` if there was none. */
  removeTemplate(templateId: number): boolean;
  /** Creates or replaces the rule of a domain and app, whether the template exists or not. */
  putRule(rule: RuleInput): Rule;
  /** Removes a rule. Returns `false` if there was none. */
  removeRule(domainName: string, appName?: string): boolean;
  /**
   * Triggers an event of a stream: posts its payload, signed if the template has a key, to the template's
   * URL. Resolves when the first attempt has ended. After a response other than 200, or none within 20 s, the
   * event is sent again as documented: 12 times, a minute apart; a screenshot 5 times, 2 minutes apart.
   *
   * @example
   * const { outcome } = await emulator.sendEvent({ event: "streamBegin", domainName: "push.example.com" });
   */
  sendEvent(event: StreamEvent): Promise<EventDelivery>;
  /**
   * Makes the attempts that are due according to the clock, and resolves to their deliveries. Only needed by
   * a program with its own clock; with the system clock, due attempts are made automatically.
   *
   * @example
   * now += 60_000;
   * await emulator.deliverDue();
   */
  deliverDue(): Promise<EventDelivery[]>;
  /** The last 10,000 events that were sent, oldest first. */
  deliveries(): EventDelivery[];
}
