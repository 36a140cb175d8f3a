import { expect } from "chai";
import { packageSchema } from "../../tools/schema";
import { schemaPages } from "../../tools/schema/pages";
import type { FunctionSpec, ObjectSpec, PropertySpec, ResourceSpec } from "../../tools/schema/types";
import { anchorsIn, linksIn } from "../support/markdown";

const schema = packageSchema();
const pages = schemaPages(schema);
const nameOf = (token: string): string => token.split(":").at(-1) ?? "";
const pageOf = (name: string): string => pages[`${nameOf(name).toLowerCase()}.md`] ?? "";

/** Returns the rows of the table below a heading: name, type and description. */
function rowsOf(page: string, heading: string): string[][] {
  const [, rest = ""] = page.split(`\n## ${heading}\n`);
  const rows = (rest.split("\n## ")[0] ?? "").split("\n").filter((line) => line.startsWith("| `"));
  return rows.map((row) => row.slice(2, -2).split(" | "));
}

/** Expects a row for each property, with its description and its other attributes. */
function expectRows(page: string, heading: string, properties: Record<string, PropertySpec>, required?: string[]) {
  const rows = rowsOf(page, heading);
  expect(rows.map(([name]) => name)).to.deep.equal(Object.keys(properties).map((name) => `\`${name}\``));
  Object.entries(properties).forEach(([name, property], index) => {
    const [, type = "", description] = rows[index] ?? [];
    expect(description, name).to.equal(property.description.replace(/\s+/g, " "));
    expect(/required|always set/.test(type), name).to.equal(required?.includes(name) ?? false);
    expect(type.includes("secret"), name).to.equal(property.secret ?? false);
    expect(type.includes("a change replaces"), name).to.equal(property.willReplaceOnChanges ?? false);
  });
}

describe("the pages of the schema", () => {
  for (const [token, resource] of Object.entries<ResourceSpec>(schema.resources))
    it(`describe each property of ${nameOf(token)}, with examples and an import`, () => {
      const page = pageOf(token);
      expectRows(page, "Inputs", resource.inputProperties, resource.requiredInputs);
      expectRows(page, "Outputs", resource.properties, resource.required);
      for (const language of ["typescript", "yaml"]) expect(page).to.include(`\`\`\`${language}\n`);
      expect(page).to.match(RegExp(`^pulumi import ${token} \\S+ \\S+$`, "m"));
      expect(page).to.not.include("{{%");
    });

  for (const [token, { inputs, outputs }] of Object.entries<FunctionSpec>(schema.functions))
    it(`describe each argument and result of ${nameOf(token)}`, () => {
      expectRows(pageOf(token), "Arguments", inputs?.properties ?? {}, inputs?.required);
      expectRows(pageOf(token), "Result", outputs.properties, outputs.required);
    });

  it("describe each setting of a stack and of a provider", () => {
    const settings = rowsOf(pageOf("Configuration"), "Settings").map(([name]) => name);
    const known = Object.keys(schema.config.variables).map((name) => `\`tencentcloud-live:${name}\``);
    expect(settings).to.deep.equal(known);
    expectRows(pageOf("Provider"), "Inputs", schema.provider.inputProperties);
  });

  it("describe each type", () => {
    for (const [token, type] of Object.entries(schema.types)) {
      if ("enum" in type)
        for (const { value } of type.enum) expect(pageOf("Types")).to.match(RegExp(`^- \`${value}\``, "m"));
      else expectRows(pageOf("Types"), nameOf(token), (type as ObjectSpec).properties, (type as ObjectSpec).required);
    }
  });

  it("link only to pages and headings that exist, and the index to each page", () => {
    for (const [file, text] of Object.entries(pages))
      for (const link of linksIn(text)) {
        const [target = "", anchor] = link.split("#");
        const linked = pages[target];
        expect(linked, `${link} in ${file}`).to.be.a("string");
        if (anchor) expect(anchorsIn(linked ?? "")).to.include(anchor);
      }
    expect(linksIn(pages["index.md"] ?? "")).to.have.members(Object.keys(pages).filter((file) => file !== "index.md"));
  });
});
