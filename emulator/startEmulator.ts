import { setMaxListeners } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { realTimer } from "../provider/api/clock";
import { TEMPLATE_LIMITS } from "../provider/api/contract/limits";
import { Domains } from "./account/domains";
import { OutOfBandChanges } from "./account/outOfBandChanges";
import { openStore } from "./account/persistence";
import type { Store } from "./account/store";
import { completeDialect } from "./dialect";
import type { Emulator } from "./emulator";
import { Deliveries } from "./events";
import { Propagation } from "./events/propagation";
import { checkedDeliverTo } from "./events/routing";
import { Faults } from "./faults";
import { CallRecord } from "./http/callRecord";
import { isControl, respondToControl } from "./http/control";
import { Gateway, type GatewayOptions } from "./http/gateway";
import { RateLimits } from "./http/rateLimits";
import { listen } from "./http/server";
import { checkedOptions, EMULATOR_CREDENTIALS, type EmulatorOptions } from "./options";
import { Recent } from "./recent";
import { isMetadata, respondToMetadata } from "./sts/metadata";
import { Roles, Sessions } from "./sts/roles";

const DEFAULT_HOST = "127.0.0.1";
const DEFAULT_ACCOUNT = "100000000001";

/**
 * Starts the live-stream callback API of Tencent Cloud CSS on this machine. It listens on loopback only.
 *
 * @example
 * const emulator = await startEmulator({ domains: ["push.example.com"] });
 * // point a client at emulator.url, sign with EMULATOR_CREDENTIALS
 * await emulator.close();
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { host = DEFAULT_HOST, port = 0 } = options;
  const closing = new AbortController();
  // Each waiting request adds a listener.
  setMaxListeners(0, closing.signal);
  const { store, release } = openStore(checkedOptions(options).dataFile);
  try {
    const parts = assemble(options, store, closing.signal);
    const gateway = new Gateway(parts);
    const events = assembleEvents(options, parts);
    const server = await listen(host, port, async (request) => {
      if (isControl(request)) return respondToControl(emulator, request);
      if (!isMetadata(request)) return gateway.respond(request);
      const { accountId, sessions } = parts.context;
      const { instanceRole } = options;
      return respondToMetadata(request, { accountId, sessions, instanceRole, now: parts.clock() });
    });
    const emulator = handle(parts, events, server, () => close(server, closing).finally(release));
    return emulator;
  } catch (error) {
    release();
    throw error;
  }
}

function assemble(options: EmulatorOptions, store: Store, closing: AbortSignal): GatewayOptions {
  const faults = new Faults();
  for (const fault of options.faults ?? []) faults.add(fault);
  return {
    credentials: options.credentials ?? [EMULATOR_CREDENTIALS],
    clock: options.clock ?? Date.now,
    timer: options.timer ?? realTimer,
    latencyMs: options.latencyMs ?? 0,
    rateLimits: new RateLimits(options.rateLimits),
    faults,
    record: new CallRecord(),
    closing,
    context: {
      dialect: completeDialect(options.dialect),
      domains: new Domains(options.domains),
      templateLimit: options.templateLimit ?? TEMPLATE_LIMITS.perAccount,
      store,
      callbackLog: new Recent(),
      accountId: options.accountId ?? DEFAULT_ACCOUNT,
      roles: new Roles(options.roles),
      sessions: new Sessions(),
    },
  };
}

interface Events {
  deliveries: Deliveries;
  propagation: Propagation;
}

function assembleEvents(options: EmulatorOptions, { clock, timer, closing, context }: GatewayOptions): Events {
  const { deliverTo = "thisMachine", bindingDelayMs = 0 } = options;
  const { store, dialect, callbackLog: log } = context;
  const propagation = new Propagation(store, bindingDelayMs, clock);
  const target = checkedDeliverTo(deliverTo);
  const deliveries = new Deliveries({ store, propagation, log, dialect, clock, timer, deliverTo: target, closing });
  return { deliveries, propagation };
}

function handle(parts: GatewayOptions, events: Events, server: Server, close: () => Promise<void>): Emulator {
  const { faults, record, rateLimits } = parts;
  const { store, domains, callbackLog, sessions } = parts.context;
  const { deliveries, propagation } = events;
  const all = [record, store, propagation, faults, rateLimits, deliveries, callbackLog, sessions];
  const outOfBand = new OutOfBandChanges(store, parts.clock);
  const { address, family, port } = server.address() as AddressInfo;
  return {
    url: `http://${family === "IPv6" ? `[${address}]` : address}:${port}`,
    port,
    close,
    state: () =>
      structuredClone({ templates: store.data().templates, rules: store.data().rules, domains: domains.list() }),
    calls: () => record.count(),
    callRecord: () => record.list(),
    reset: ({ calls = false } = {}) => {
      for (const part of calls ? [record] : all) part.clear();
    },
    addFault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    putTemplate: (template) => outOfBand.putTemplate(template),
    patchTemplate: (templateId, changes) => outOfBand.patchTemplate(templateId, changes),
    removeTemplate: (templateId) => store.removeTemplate(templateId),
    putRule: (rule) => outOfBand.putRule(rule),
    removeRule: (domainName, appName = "") => store.removeRule(domainName, appName),
    sendEvent: (event) => deliveries.send(event),
    deliverDue: () => deliveries.deliverDue(),
    deliveries: () => deliveries.list(),
  };
}

async function close(server: Server, closing: AbortController): Promise<void> {
  closing.abort();
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
