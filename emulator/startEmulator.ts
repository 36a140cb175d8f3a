import { setMaxListeners } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { CallRecord } from "./callRecord";
import { answerControl, isControl } from "./control";
import { completeDialect } from "./dialect";
import { Domains } from "./domains";
import { Drift } from "./drift";
import type { Emulator } from "./emulator";
import { Faults } from "./faults";
import { Gateway, type GatewayOptions } from "./gateway";
import { EMULATOR_CREDENTIALS, type EmulatorOptions } from "./options";
import { openStore } from "./persistence";
import { RateLimits } from "./rateLimits";
import { listen } from "./server";

const DEFAULT_HOST = "127.0.0.1";

/**
 * Starts the live-stream callback API of Tencent Cloud CSS on this machine.
 *
 * @example
 * const emulator = await startEmulator({ domains: ["push.example.com"] });
 * // point a client at emulator.url, sign with EMULATOR_CREDENTIALS
 * await emulator.close();
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { host = DEFAULT_HOST, port = 0 } = options;
  const closing = new AbortController();
  // Each waiting request listens to it.
  setMaxListeners(0, closing.signal);
  const parts = assemble(options, closing.signal);
  const gateway = new Gateway(parts);
  const server = await listen(host, port, async (request) =>
    isControl(request) ? answerControl(emulator, request) : gateway.answer(request),
  );
  const emulator = handle(parts, server, closing);
  return emulator;
}

function assemble(options: EmulatorOptions, closing: AbortSignal): GatewayOptions {
  const faults = new Faults();
  for (const fault of options.faults ?? []) faults.add(fault);
  return {
    credentials: options.credentials ?? [EMULATOR_CREDENTIALS],
    clock: options.clock ?? Date.now,
    latencyMs: options.latencyMs ?? 0,
    rateLimits: new RateLimits(options.rateLimits),
    faults,
    record: new CallRecord(),
    closing,
    context: {
      dialect: completeDialect(options.dialect),
      domains: new Domains(options.domains),
      templateLimit: options.templateLimit ?? 50,
      store: openStore(options.dataFile),
    },
  };
}

function handle(parts: GatewayOptions, server: Server, closing: AbortController): Emulator {
  const { faults, record, rateLimits } = parts;
  const { store, domains } = parts.context;
  const drift = new Drift(store, parts.clock);
  const { address, family, port } = server.address() as AddressInfo;
  return {
    url: `http://${family === "IPv6" ? `[${address}]` : address}:${port}`,
    port,
    close: () => close(server, closing),
    state: () =>
      structuredClone({ templates: store.data().templates, rules: store.data().rules, domains: domains.list() }),
    calls: () => record.count(),
    callRecord: () => record.list(),
    reset: ({ calls = false } = {}) => {
      for (const part of calls ? [record] : [record, store, faults, rateLimits]) part.clear();
    },
    addFault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    putTemplate: (template) => drift.putTemplate(template),
    patchTemplate: (templateId, changes) => drift.patchTemplate(templateId, changes),
    removeTemplate: (templateId) => store.removeTemplate(templateId),
    putRule: (rule) => drift.putRule(rule),
    removeRule: (domainName, appName = "") => store.removeRule(domainName, appName),
  };
}

async function close(server: Server, closing: AbortController): Promise<void> {
  closing.abort();
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
