import { formatKey } from "../../provider/resources/ruleKey";
import type { Model } from "./model";
import { bindingName } from "./names";

/** The types of the native provider. */
export const TEMPLATE = "tencentcloud-live:index:CallbackTemplate";
export const BINDING = "tencentcloud-live:index:DomainBinding";

/**
 * Creates the file for `pulumi import --file`, with the types and ids of the native provider. `name` is the
 * variable in generated code, and `logicalName` the name of the resource, as in the programs. A template that
 * keeps its name is not imported, because the program would then have to declare this name.
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
