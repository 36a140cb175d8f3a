import type { dynamic } from "@pulumi/pulumi";
import type { Deployment } from "../../deployment";
import type { Lifecycle } from "../../lifecycle";
import type { OperationContext } from "../../operation";
import { OperationError } from "../../operationError";
import { isSet, type Properties } from "../../properties";
import { decode, encode, type Hidden, type HiddenName } from "./properties";
import type { StackHost } from "./stackHost";

/**
 * Adapts a lifecycle to Pulumi's dynamic provider host. Hidden inputs become arguments of the core, and
 * errors take the form that the host passes on. No module may print while it loads, because the first line
 * that the process prints is its port.
 */
export function dynamicProvider(
  host: StackHost,
  deployment: Deployment,
  lifecycle: Lifecycle,
  hiddenNames: readonly HiddenName[],
): Required<dynamic.ResourceProvider> {
  const read = (properties: Properties) => decode(properties, hiddenNames);
  return {
    configure: async (request) => host.configure(request),

    async check(olds: Properties, news: Properties) {
      const [before, { own, hidden }] = [read(olds), read(news)];
      const autoName = autoNameOf(own, hidden, before.hidden);
      const context = contextOf({ ...hidden, automaticName: autoName }, before.hidden);
      const { inputs, failures } = await lifecycle.check(context, before.own, own).catch(rethrow(deployment, hidden));
      // The engine prints the value of the property that a failure names, even if it is secret. The reason
      // names the property instead.
      const unnamed = failures.map(({ reason }) => ({ property: "", reason }));
      if (unnamed.length > 0) return { inputs: { ...news }, failures: unnamed };
      return { inputs: encode(inputs, { declaredBy: hidden.declaredBy, automaticName: autoName }), failures: [] };
    },

    async diff(id, olds: Properties, news: Properties) {
      const [before, { own, hidden }] = [read(olds), read(news)];
      const context = contextOf(hidden, before.hidden);
      const { properties, replaces } = await lifecycle
        .diff(context, id, before.own, own)
        .catch(rethrow(deployment, hidden));
      // `changes` is never true. If it is absent, the engine compares the properties, honours
      // replaceOnChanges and shows the differences.
      return properties.length === 0 ? { changes: false } : { replaces };
    },

    async create(inputs: Properties) {
      const { own, hidden } = read(inputs);
      const { id, outs } = await lifecycle.create(contextOf(hidden, {}), own).catch(rethrow(deployment, hidden));
      return { id, outs: encode(outs, hidden) };
    },

    async read(id, properties: Properties = {}) {
      const { own, hidden } = read(properties);
      const { __provider, ...recorded } = hidden;
      const state = await lifecycle.read(contextOf(hidden, hidden), id, own).catch(rethrow(deployment, hidden));
      // Every state has `templateId`. Without it, the program reads a resource that it does not manage. If
      // that resource does not exist, the read must fail: otherwise all outputs would be undefined.
      if (!state && own["templateId"] === undefined) return rethrow(deployment, hidden)(lifecycle.getNotFound(id));
      if (!state) return { id: "", props: {} };
      return { id: state.id, props: encode(state.outs, recorded), inputs: encode(state.inputs, recorded) };
    },

    async update(id, olds: Properties, news: Properties) {
      const [before, { own, hidden }] = [read(olds), read(news)];
      const context = contextOf(hidden, before.hidden);
      const outs = await lifecycle.update(context, id, before.own, own).catch(rethrow(deployment, hidden));
      return { outs: encode(outs, hidden) };
    },

    async delete(id, properties: Properties) {
      const { own, hidden } = read(properties);
      await lifecycle.delete(contextOf(hidden, hidden), id, own).catch(rethrow(deployment, hidden));
    },
  };
}

/**
 * Returns the automatic name if the program gives no name. A resource keeps the name it was created with. With
 * ignoreChanges, the engine passes the name in the state, which stays automatic.
 */
function autoNameOf(own: Properties, { automaticName }: Hidden, inState: Hidden): string | undefined {
  const name = own?.["templateName"];
  if (automaticName === undefined || (isSet(name) && name !== inState.automaticName)) return undefined;
  return inState.automaticName ?? automaticName;
}

/** Creates the context of an operation from the hidden inputs of the program and of the state. */
function contextOf({ declaredBy = "", automaticName }: Hidden, inState: Hidden): OperationContext {
  return { owner: declaredBy, ownerInState: inState.declaredBy ?? "", autoName: automaticName };
}

/**
 * Throws an error of the core in the form that Pulumi's host passes on. If it has `id` and `properties`, the
 * engine records that the resource failed to initialise. The stack is empty unless debugging is on, because
 * the host prints it.
 */
function rethrow(deployment: Deployment, hidden: Hidden): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof OperationError)) throw error;
    const { message, trace, recorded } = error;
    const result = Object.assign(new Error(message), { stack: deployment.debug ? trace : "" });
    if (!recorded) throw result;
    const { id, outs } = recorded;
    throw Object.assign(result, { id, properties: encode(outs, hidden), reasons: [message] });
  };
}
