import { formatKey } from "../../provider/resources/ruleKey";
import type { Model } from "./model";

const TEMPLATE = "tencentcloud-live:index:CallbackTemplate";
const BINDING = "tencentcloud-live:index:DomainBinding";

/**
 * Creates the file for `pulumi import --file`: the resources by the types, names and ids of the native provider. A
 * template that keeps its name is not imported: its name would then have to be in the program.
 */
export function importFile({ templates }: Model): string {
  const resources = templates.flatMap(({ id, name, keptName, bindings }) => [
    ...(keptName === undefined ? [{ type: TEMPLATE, name: name.resource, id: String(id) }] : []),
    ...bindings.map(formatKey).map((key) => ({ type: BINDING, name: key, id: key })),
  ]);
  return `${JSON.stringify({ resources }, undefined, 2)}\n`;
}
