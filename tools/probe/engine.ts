import type { dynamic } from "@pulumi/pulumi";

/** A lifecycle object of the provider. */
export type Lifecycle = Required<dynamic.ResourceProvider>;
export type Values = Record<string, unknown>;

/** A provider stub, which the engine adds to the properties of every resource. */
export const PROVIDER_STUB = "exports.handler=()=>0";

const withStub = (values: Values): Values => ({ ...values, __provider: PROVIDER_STUB });

/** A resource in the state of a stack. */
export interface Stored {
  id: string;
  inputs: Values;
  outs: Values;
}

/** Passes the configuration of a stack to a lifecycle. */
export function configure(type: Lifecycle, config: Readonly<Record<string, string>>): void {
  const get = (key: string): string | undefined => config[key];
  void type.configure({ config: { get } as unknown as dynamic.Config });
}

/** Checks inputs as the engine does. @throws Error with all reasons if the check fails */
export async function check(type: Lifecycle, olds: Values, args: Values): Promise<Values> {
  const { inputs, failures = [] } = await type.check(olds, withStub(args));
  if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("; "));
  return withStub(inputs as Values);
}

export async function create(type: Lifecycle, args: Values): Promise<Stored> {
  const inputs = await check(type, {}, args);
  const { id, outs } = await type.create({ ...inputs });
  return { id, inputs, outs: withStub(outs as Values) };
}

/** Updates a resource as the engine does: check, diff, and the update only if there is a difference. */
export async function update(type: Lifecycle, stored: Stored, args: Values): Promise<Stored> {
  const inputs = await check(type, stored.inputs, args);
  const { changes, replaces = [] } = await type.diff(stored.id, stored.outs, inputs);
  if (changes === false) return { ...stored, inputs };
  if (replaces.length > 0) throw new Error(`replaces ${replaces.join(", ")}`);
  const { outs } = await type.update(stored.id, stored.outs, { ...inputs });
  return { id: stored.id, inputs, outs: withStub(outs as Values) };
}

/** Refreshes a resource. Returns `undefined` if it does not exist. */
export async function refresh(type: Lifecycle, stored: Stored): Promise<Stored | undefined> {
  const { id, props, inputs } = await type.read(stored.id, { ...stored.outs });
  if (!id) return undefined;
  return { id, inputs: withStub(inputs as Values), outs: withStub(props as Values) };
}

export async function destroy(type: Lifecycle, stored: Stored): Promise<void> {
  await type.delete(stored.id, { ...stored.outs });
}

/** Makes the engine's calls on one lifecycle, for a deployment with fixed steps. */
export class Engine {
  constructor(
    private readonly type: Lifecycle,
    config: Readonly<Record<string, string>>,
  ) {
    configure(type, config);
  }

  create(args: Values): Promise<Stored> {
    return create(this.type, args);
  }

  async update(stored: Stored, args: Values): Promise<Stored> {
    const updated = await update(this.type, stored, args);
    if (updated.outs === stored.outs) throw new Error("the diff shows no change");
    return updated;
  }

  /** Returns the actual inputs, or `undefined` if the resource does not exist. */
  async read({ id, outs }: Stored): Promise<Values | undefined> {
    const read = await this.type.read(id, { ...outs });
    return read.id ? (read.inputs as Values) : undefined;
  }

  delete(stored: Stored): Promise<void> {
    return destroy(this.type, stored);
  }
}
