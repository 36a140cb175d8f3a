import { resolve } from "node:path";
import ts from "typescript";

/** A field of an event, as its public type declares it. */
export interface DeclaredField {
  name: string;
  optional: boolean;
  /** A value of the field's type. */
  sample: unknown;
}

/**
 * The fields of each event from the type `CallbackEvent`, by event name, without the computed fields of all
 * events.
 */
export function declaredFields(): Map<string, DeclaredField[]> {
  const index = resolve(__dirname, "../../receiver/index.ts");
  const options = {
    strict: true,
    target: ts.ScriptTarget.ES2022,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: [],
  };
  const program = ts.createProgram([index], options);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(index);
  const module = source && checker.getSymbolAtLocation(source);
  const exported = module && checker.getExportsOfModule(module).find(({ name }) => name === "CallbackEvent");
  if (!exported) throw new Error("receiver/index.ts exports no CallbackEvent");
  const union = checker.getDeclaredTypeOfSymbol(checker.getAliasedSymbol(exported)) as ts.UnionType;
  return new Map(union.types.map((event) => [nameOf(event, checker), fieldsOf(event, checker)]));
}

function nameOf(event: ts.Type, checker: ts.TypeChecker): string {
  const type = event.getProperty("type");
  return type ? String((checker.getTypeOfSymbol(type) as ts.StringLiteralType).value) : "";
}

const COMPUTED = ["type", "eventType", "id", "payload"];

const fieldsOf = (type: ts.Type, checker: ts.TypeChecker): DeclaredField[] =>
  type
    .getProperties()
    .filter(({ name }) => type.symbol?.name === "__type" || !COMPUTED.includes(name) || !type.getProperty("payload"))
    .map((property) => ({
      name: property.name,
      optional: (property.flags & ts.SymbolFlags.Optional) !== 0,
      sample: sampleOf(checker.getNonNullableType(checker.getTypeOfSymbol(property)), checker),
    }));

function sampleOf(type: ts.Type, checker: ts.TypeChecker): unknown {
  if (type.flags & ts.TypeFlags.NumberLike) return 7;
  // A union with documented values, or plain text.
  if (type.isUnionOrIntersection() || type.flags & ts.TypeFlags.StringLike) return "some text";
  const [member] = checker.isArrayType(type) ? checker.getTypeArguments(type as ts.TypeReference) : [];
  if (member) return [sampleOf(member, checker)];
  const fields = fieldsOf(type, checker).map(({ name, sample }) => [name, sample]);
  return fields.length > 0 ? Object.fromEntries(fields) : { any: "field" };
}
