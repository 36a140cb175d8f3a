import { formatKey } from "../../provider/resources/ruleKey";
import type { Model } from "./model";
import { bindingName } from "./names";

/** The types of the native provider. */
export const TEMPLATE = "tencentcloud-live:index:CallbackTemplate";
export const BINDING = "tencentcloud-live:index:DomainBinding";

/**
 * Creates the file for `pulumi import --file`: the resources by the types, names and ids of the native provider. The
 * name is what the generated code calls a resource; in the stack it has the logical name, as in the programs. A
 * template that keeps its name is not imported: its name would then have to be in the program.
 */
export function importFile({ templates }: Model): string {
  const resources = templates.flatMap(({ id, name, keptName, bindings }) => [
    ...(keptName === undefined
      ? [{ type: TEMPLATE, name: name.plain, logicalName: name.resource, id: String(id) }]
      : []),
    ...bindings.map(formatKey).map((key, index) => {
      return { type: BINDING, name: bindingName(name.plain, index), logicalName: key, id: key };
    }),
  ]);
  return `${JSON.stringify({ resources }, undefined, 2)}\n`;
}
