import type { Emulator, EmulatorOptions, EventDelivery, StreamEvent } from "../../../emulator";
import { startForTest } from "../emulatorClient";
import { allUrls, Hooks } from "../hooks";

/** The domain of the events, their key, and the time at which a test begins. */
export const DOMAIN = "push.example.com";
export const KEY = "CallbackKey1";
export const NOW = Date.UTC(2025, 0, 2, 3, 4, 5, 678);

/** An emulator that sends events, a receiver on this machine, and their clock. It can be restarted. */
export class EventWorld {
  now = NOW;
  emulator!: Emulator;
  hooks!: Hooks;

  async start(options: EmulatorOptions = {}, receiver = Hooks.start()): Promise<void> {
    this.now = NOW;
    this.emulator = await startForTest({ clock: () => this.now, ...options });
    this.hooks = await receiver;
  }

  /** Starts with a template that has a key, bound to the domain. */
  async startBound(...options: Parameters<EventWorld["start"]>): Promise<void> {
    await this.start(...options);
    this.bind({ CallbackKey: KEY });
  }

  /** Creates a template with the URLs of all events, and binds it. */
  bind(fields: object = {}, DomainName = DOMAIN, AppName = ""): number {
    const urls = allUrls(this.hooks.url);
    const { TemplateId } = this.emulator.putTemplate({ TemplateName: "hooks", ...urls, ...fields });
    this.emulator.putRule({ DomainName, AppName, TemplateId });
    return TemplateId;
  }

  send(event: Partial<StreamEvent> = {}): Promise<EventDelivery> {
    return this.emulator.sendEvent({ event: "streamBegin", domainName: DOMAIN, ...event });
  }

  /** Advances the clock, and makes the attempts that are due. */
  pass(ms: number): Promise<EventDelivery[]> {
    this.now += ms;
    return this.emulator.deliverDue();
  }
}
