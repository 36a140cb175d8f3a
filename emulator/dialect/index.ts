import { type EventDialect, eventSwitches } from "./events";
import { dialectSwitches, type LiveDialect } from "./live";
import { type StsDialect, stsSwitches } from "./sts";

export { dialectSwitches, type EventDialect, eventSwitches, type LiveDialect, type StsDialect, stsSwitches };

/** The choices for the API, its callbacks and temporary keys. */
export type Dialect = LiveDialect & EventDialect & StsDialect;

const allSwitches = { ...dialectSwitches, ...eventSwitches, ...stsSwitches };

/** Completes a dialect with the defaults. @throws Error for an unknown switch or value */
export function completeDialect(choices: Partial<Dialect> = {}): Dialect {
  for (const [name, value] of Object.entries(choices)) {
    const values: readonly unknown[] | undefined = Object.entries(allSwitches).find(([key]) => key === name)?.[1];
    if (!values) throw new Error(`unknown dialect switch "${name}"`);
    if (!values.includes(value)) {
      throw new Error(`dialect switch "${name}" must be one of ${values.join(", ")}; got ${String(value)}`);
    }
  }
  const defaults = Object.fromEntries(Object.entries(allSwitches).map(([name, values]) => [name, values[0]]));
  return { ...defaults, ...choices } as Dialect;
}
