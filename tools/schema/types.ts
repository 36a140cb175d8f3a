import ts from "typescript";
import { ACCEPTED_RECORD_EXCEPTION_LEVELS } from "../../provider/api/contract/limits";
import { CREDENTIAL_SETTINGS } from "../../provider/settings/keys";
import { nativeToken } from "../../sdk/resourceTypes";
import type { Property, Sources } from "./sources";

/** A type in a Pulumi schema. */
export type TypeSpec =
  | { type: "boolean" | "integer" | "number" | "string" }
  | { type: "array"; items: TypeSpec }
  | { $ref: string }
  | { oneOf: TypeSpec[] };

/** A property in a Pulumi schema. */
export type PropertySpec = TypeSpec & {
  description: string;
  secret?: true;
  willReplaceOnChanges?: true;
  defaultInfo?: { environment: readonly string[] };
};

/** An object in a Pulumi schema. */
export interface ObjectSpec {
  description?: string;
  type: "object";
  properties: Record<string, PropertySpec>;
  required?: string[] | undefined;
}

/** A resource, or a provider, in a Pulumi schema. */
export interface ResourceSpec {
  description: string;
  properties: Record<string, PropertySpec>;
  required?: string[] | undefined;
  inputProperties: Record<string, PropertySpec>;
  requiredInputs?: string[] | undefined;
  aliases?: { type: string }[];
}

/** A function in a Pulumi schema. */
export interface FunctionSpec {
  description: string;
  inputs?: ObjectSpec;
  outputs: ObjectSpec;
}

const SECRETS: readonly string[] = ["callbackKey", ...CREDENTIAL_SETTINGS];

/** Returns the properties of an interface, in the form of a Pulumi schema. */
export function objectSpec(sources: Sources, name: string): ObjectSpec {
  const properties = sources.properties(name);
  const required = properties.filter((property) => property.required).map((property) => property.name);
  return {
    type: "object",
    properties: Object.fromEntries(properties.map((property) => [property.name, propertySpec(sources, property)])),
    ...(required.length > 0 && { required }),
  };
}

function propertySpec({ checker }: Sources, { name, type, description }: Property): PropertySpec {
  return {
    ...typeSpec(checker, type, numberType(name)),
    description,
    ...(SECRETS.includes(name) && { secret: true as const }),
  };
}

/** Returns the type of a number: an id is an integer, and a setting in seconds may have decimals. */
const numberType = (name: string) => (name.endsWith("Seconds") ? "number" : "integer");

/** The types that wrap the value of an input. */
const WRAPPERS = ["Promise", "OutputInstance"];

function typeSpec(checker: ts.TypeChecker, type: ts.Type, number: "integer" | "number"): TypeSpec {
  const parts = (type.isUnion() ? type.types : [type]).filter(({ symbol }) => !WRAPPERS.includes(symbol?.name ?? ""));
  const isAny = (flags: ts.TypeFlags) => parts.some((part) => part.flags & flags);
  const specs: TypeSpec[] = [];
  if (isAny(ts.TypeFlags.BooleanLike)) specs.push({ type: "boolean" });
  if (isAny(ts.TypeFlags.NumberLike)) specs.push({ type: number });
  if (isAny(ts.TypeFlags.String)) specs.push({ type: "string" });
  if (isAny(ts.TypeFlags.StringLiteral)) specs.push(levels(parts.filter((part) => part.isStringLiteral())));
  for (const part of parts.filter(({ flags }) => flags & ts.TypeFlags.Object)) {
    const [member] = checker.isArrayType(part) ? checker.getTypeArguments(part as ts.TypeReference) : [];
    specs.push(member ? { type: "array", items: typeSpec(checker, member, number) } : reference(part.symbol.name));
  }
  const [only, other] = specs;
  if (!only) throw new Error(`no schema type for ${checker.typeToString(type)}`);
  return other ? { oneOf: specs } : only;
}

/** Returns the only enumeration. Outputs have a subset of its values. */
function levels(literals: ts.StringLiteralType[]): TypeSpec {
  const unknown = literals.filter(
    ({ value }) => !(ACCEPTED_RECORD_EXCEPTION_LEVELS as readonly string[]).includes(value),
  );
  if (unknown.length > 0) throw new Error(`no enumeration of ${unknown.map(({ value }) => value).join(", ")}`);
  return reference("RecordExceptionLevel");
}

const reference = (name: string): TypeSpec => ({ $ref: `#/types/${nativeToken(name)}` });
