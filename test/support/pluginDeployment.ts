import type { Metadata, ServiceError } from "@grpc/grpc-js";
import type { dynamic } from "@pulumi/pulumi";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import type { DeploymentOptions } from "../../provider/deployment";
import { UNKNOWN_SENTINEL } from "../../provider/hosts/dynamic/properties";
import { ownerOf } from "../../provider/hosts/plugin/resource";
import { decode, encode } from "../../provider/hosts/plugin/struct";
import type { Log } from "../../provider/log";
import { defined, type Properties, UNKNOWN } from "../../provider/properties";
import { NAMESPACE, SETTINGS } from "../../provider/settings/keys";
import { PluginCalls } from "./pluginCalls";

type Values = Record<string, unknown>;
type Provider = Required<dynamic.ResourceProvider>;

/**
 * The inputs that the dynamic classes add. The plugin uses the URN and the configuration of auto-naming
 * instead.
 */
const HIDDEN = ["__provider", "declaredBy", "automaticName"] as const;
/** The properties that the plugin adds to outputs and inputs. */
const ADDED = ["declaredBy", "stateVersion", "__defaults"];

/**
 * The lifecycles of a plugin that is called over gRPC, with the interface of the dynamic provider host, so
 * that a test can run with both hosts.
 */
export function pluginDeployment(options: DeploymentOptions & { log: Log }) {
  const calls = new Calls(PluginCalls.start(options));
  return {
    callbackTemplate: providerOf(calls, "CallbackTemplate"),
    domainBinding: providerOf(calls, "DomainBinding"),
  };
}

/** The calls of one deployment, which begin with the configuration. */
class Calls {
  readonly #plugin: Promise<PluginCalls>;
  #configured: Promise<unknown> | undefined;
  #configuration: Values = {};

  constructor(plugin: Promise<PluginCalls>) {
    this.#plugin = plugin;
  }

  configure(config: dynamic.Config): void {
    const values = Object.keys(SETTINGS).map((key) => [key, config.get(`${NAMESPACE}:${key}`)]);
    this.#configuration = defined(Object.fromEntries(values));
  }

  async call<Response>(method: Parameters<PluginCalls["call"]>[0], request: object): Promise<Response> {
    const plugin = await this.#plugin;
    this.#configured ??= plugin.call("configure", configureRequest(this.#configuration));
    await this.#configured;
    return plugin.call<Response>(method, request).catch((error: ServiceError) => {
      throw failureOf(error);
    });
  }
}

function configureRequest(values: Values): messages.ConfigureRequest {
  const request = new messages.ConfigureRequest();
  request.setArgs(encode(values, new Set()));
  return request;
}

/** Converts a failure to the error of the dynamic host. */
function failureOf(error: ServiceError): Error {
  const failure = Object.assign(new Error(error.details), { stack: "" });
  const [binary] = (error.metadata as Metadata | undefined)?.get("grpc-status-details-bin") ?? [];
  if (!binary) return failure;
  const [detail] = Status.deserializeBinary(binary as Buffer).getDetailsList();
  const failed = messages.ErrorResourceInitFailed.deserializeBinary(detail?.getValue_asU8() ?? new Uint8Array());
  return Object.assign(failure, {
    id: failed.getId(),
    properties: received(failed.getProperties()),
    reasons: failed.getReasonsList(),
  });
}

/** Returns the URN of a resource that the tests identify by this text. */
const urnOf = (type: string, declaredBy: unknown): string =>
  `urn:pulumi:dev::callbacks::${NAMESPACE}:index:${type}::${String(declaredBy ?? "")}`;

function providerOf(calls: Calls, type: string): Provider {
  const urn = ({ declaredBy }: Values) => urnOf(type, declaredBy);
  const outputs = (outs: Values) => {
    const owner = outs["declaredBy"] === undefined ? {} : { declaredBy: ownerOf(urn(outs)) };
    return sent({ ...without(outs, HIDDEN), ...owner });
  };
  return {
    configure: async ({ config }) => calls.configure(config),

    async check(olds: Values, news: Values) {
      const request = withUrn(new messages.CheckRequest(), urn(news));
      request.setOlds(inputs(olds));
      request.setNews(sent(without(news, HIDDEN)));
      const name = olds["automaticName"] ?? news["automaticName"];
      if (name !== undefined) request.setAutonaming(proposing(String(name)));
      const response = await calls.call<messages.CheckResponse>("check", request);
      const failures = response.getFailuresList().map((failure) => ({ property: "", reason: failure.getReason() }));
      if (failures.length > 0) return { inputs: { ...news }, failures };
      const key = type === "CallbackTemplate" ? { callbackKey: "" } : {};
      const isNamed = decode(response.getInputs()).properties["__defaults"] !== undefined;
      const hidden = { declaredBy: news["declaredBy"], automaticName: isNamed ? name : news["automaticName"] };
      return { inputs: defined({ ...key, ...received(response.getInputs()), ...hidden }), failures: [] };
    },

    async diff(id, olds: Values, news: Values) {
      const request = withUrn(new messages.DiffRequest(), urn(news));
      request.setId(id);
      request.setOlds(outputs(olds));
      request.setNews(inputs(news));
      const response = await calls.call<messages.DiffResponse>("diff", request);
      const isSame = response.getChanges() === messages.DiffResponse.DiffChanges.DIFF_NONE;
      return isSame ? { changes: false } : { replaces: response.getReplacesList() };
    },

    async create(news: Values) {
      const request = withUrn(new messages.CreateRequest(), urn(news));
      request.setProperties(inputs(news));
      const creating = calls.call<messages.CreateResponse>("create", request).catch(addingTo(news));
      const response = await creating;
      return { id: response.getId(), outs: { ...received(response.getProperties()), ...hiddenOf(news) } };
    },

    async read(id, outs: Values = {}) {
      const request = withUrn(new messages.ReadRequest(), urn(outs));
      request.setId(id);
      request.setProperties(outputs(outs));
      const response = await calls.call<messages.ReadResponse>("read", request);
      if (response.getId() === "") return { id: "", props: {} };
      const { __provider, ...hidden } = hiddenOf(outs);
      const key = type === "CallbackTemplate" ? { callbackKey: "" } : {};
      return {
        id: response.getId(),
        props: { ...received(response.getProperties()), ...hidden },
        inputs: { ...key, ...received(response.getInputs()), ...hidden },
      };
    },

    async update(id, olds: Values, news: Values) {
      const request = withUrn(new messages.UpdateRequest(), urn(news));
      request.setId(id);
      request.setOlds(outputs(olds));
      request.setNews(inputs(news));
      const response = await calls.call<messages.UpdateResponse>("update", request).catch(addingTo(news));
      return { outs: { ...received(response.getProperties()), ...hiddenOf(news) } };
    },

    async delete(id, outs: Values) {
      const request = withUrn(new messages.DeleteRequest(), urn(outs));
      request.setId(id);
      request.setProperties(outputs(outs));
      await calls.call("delete", request);
    },
  };
}

function withUrn<Request extends { setUrn(urn: string): unknown }>(request: Request, urn: string): Request {
  request.setUrn(urn);
  return request;
}

/** Adds the properties of the dynamic host to the state that a failure has left. */
const addingTo = (news: Values) => (error: Error & { properties?: Values }) => {
  if (error.properties) Object.assign(error.properties, hiddenOf(news));
  throw error;
};

/** Returns inputs in the form of a check of the plugin. */
function inputs(values: Values) {
  const isAutomatic = values["automaticName"] !== undefined && values["templateName"] === values["automaticName"];
  return sent({ ...without(values, HIDDEN), ...(isAutomatic && { __defaults: ["templateName"] }) });
}

function proposing(name: string): messages.CheckRequest.AutonamingOptions {
  const options = new messages.CheckRequest.AutonamingOptions();
  options.setProposedName(name);
  options.setMode(messages.CheckRequest.AutonamingOptions.Mode.PROPOSE);
  return options;
}

const without = (values: Values, names: readonly string[]): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));

const hiddenOf = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => (HIDDEN as readonly string[]).includes(name)));

/** Converts the properties of a test to the form of the engine. */
const sent = (values: Values) => encode(mapped(values, UNKNOWN_SENTINEL, UNKNOWN) as Properties, new Set());

/** Converts the properties of the plugin to the form of a test. */
const received = (struct: ReturnType<messages.CheckResponse["getInputs"]>): Values =>
  mapped(without(decode(struct).properties as Values, ADDED), UNKNOWN, UNKNOWN_SENTINEL) as Values;

function mapped(value: unknown, from: unknown, to: unknown): unknown {
  if (value === from) return to;
  if (Array.isArray(value)) return value.map((member) => mapped(member, from, to));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mapped(member, from, to)]));
}
