import type { dynamic } from "@pulumi/pulumi";

type Lifecycle = Required<dynamic.ResourceProvider>;
type Values = Record<string, unknown>;

/** What the engine adds to the properties of every resource. */
const PROVIDER = { __provider: "exports.handler=()=>0" };

/** A resource as the state of a stack keeps it. */
export interface Stored {
  id: string;
  inputs: Values;
  outs: Values;
}

/** Makes the calls on a lifecycle that the engine makes for one resource. */
export class Engine {
  constructor(
    private readonly type: Lifecycle,
    config: Readonly<Record<string, string>>,
  ) {
    const get = (key: string) => config[key];
    void type.configure({ config: { get } as dynamic.Config });
  }

  async create(args: Values): Promise<Stored> {
    const inputs = await this.#check({}, args);
    const { id, outs } = await this.type.create({ ...inputs });
    return { id, inputs, outs: { ...outs, ...PROVIDER } };
  }

  async update(stored: Stored, args: Values): Promise<Stored> {
    const inputs = await this.#check(stored.inputs, args);
    const { changes, replaces = [] } = await this.type.diff(stored.id, stored.outs, inputs);
    if (changes === false || replaces.length > 0) throw new Error("it is not seen as a change in place");
    const { outs } = await this.type.update(stored.id, stored.outs, { ...inputs });
    return { id: stored.id, inputs, outs: { ...outs, ...PROVIDER } };
  }

  /** What is really there; `undefined` if it is gone. */
  async read({ id, outs }: Stored): Promise<Values | undefined> {
    const read = await this.type.read(id, { ...outs });
    return read.id ? (read.inputs as Values) : undefined;
  }

  async delete({ id, outs }: Stored): Promise<void> {
    await this.type.delete(id, { ...outs });
  }

  async #check(olds: Values, args: Values): Promise<Values> {
    const { inputs, failures = [] } = await this.type.check(olds, { ...args, ...PROVIDER });
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("; "));
    return { ...(inputs as Values), ...PROVIDER };
  }
}
