import { expect } from "chai";
import { z } from "zod";
import { isUnknown, type Properties, present, UNKNOWN } from "../../provider/properties";
import { type PropertySchemas, validate } from "../../provider/validation";

const reasons = (schemas: PropertySchemas, given: Properties): string[] =>
  validate(schemas, given).failures.map(({ reason }) => String(reason));

describe("the validation of inputs", () => {
  const limits = {
    name: z.string({ error: "a text" }),
    levels: z.array(z.enum(["a", "b"], { error: "a or b" }), { error: "a list" }).optional(),
    callbackKey: z.string({ error: "a short text" }).max(3, { error: "a short text" }).optional(),
    hookUrl: z.string({ error: "a URL" }).startsWith("https:", { error: "a URL" }).optional(),
  };

  it("treats null, undefined and an empty text as not set", () => {
    const given = { name: "x", levels: null, hookUrl: "", callbackKey: undefined };
    expect(present(given)).to.deep.equal({ name: "x" });
    expect(validate(limits, given)).to.deep.equal({ inputs: { name: "x" }, failures: [] });
  });

  it("finds an unknown value at every depth", () => {
    for (const value of [UNKNOWN, ["a", UNKNOWN], { a: { b: [UNKNOWN] } }]) expect(isUnknown(value)).to.equal(true);
    for (const value of ["a", "", null, undefined, 1, ["a"], { a: {} }]) expect(isUnknown(value)).to.equal(false);
  });

  it("accepts an unknown value anywhere, and keeps it", () => {
    const given = { name: UNKNOWN, levels: ["a", UNKNOWN], callbackKey: UNKNOWN, hookUrl: UNKNOWN };
    expect(validate(limits, given)).to.deep.equal({ inputs: given, failures: [] });
  });

  it("reports all problems at once, each with its limit and the given value", () => {
    expect(reasons(limits, { levels: ["c"], hookUrl: 5, callbackKey: "toolong", more: 1 })).to.have.members([
      "name is missing: it must be a text",
      'levels must be a or b; given: ["c"]',
      "hookUrl must be a URL; given: a number",
      "callbackKey must be a short text; given: 7 characters (not shown)",
      "more is not a property of this resource",
    ]);
  });

  it("reports a property that does not exist even if its value is unknown", () => {
    expect(reasons(limits, { name: "x", nmae: UNKNOWN })).to.deep.equal([
      "nmae is not a property of this resource; did you mean name?",
    ]);
  });

  it("never shows a key, the user info or query of a URL, or the value of an unknown property", () => {
    const given = {
      name: "x",
      callbackKey: ["hunter2"],
      hookUrl: " http://u:hunter2@h/?k=hunter2",
      callbackkey: "hunter2",
    };
    const found = reasons(limits, given);
    expect(found).to.have.length(3);
    expect(found.join()).not.to.contain("hunter2");
    expect(found.join()).to.contain("did you mean callbackKey?").and.to.contain("[hidden]@h/?[hidden]");
  });

  it("shortens a long text, and shows its length in characters", () => {
    const long = `http:${"é".repeat(60)}`;
    expect(reasons(limits, { name: "x", hookUrl: long })).to.deep.equal([
      `hookUrl must be a URL; given: "http:${"é".repeat(55)}"… (65 characters)`,
    ]);
  });

  it("shows a text of 60 characters whole", () => {
    expect(reasons(limits, { name: "x", hookUrl: "h".repeat(60) })).to.deep.equal([
      `hookUrl must be a URL; given: "${"h".repeat(60)}"`,
    ]);
  });

  it("shows only the type of a key or URL that is not text, and the value of other properties", () => {
    expect(reasons(limits, { name: 5, callbackKey: 5, hookUrl: true })).to.have.members([
      "name must be a text; given: 5",
      "callbackKey must be a short text; given: a number (not shown)",
      "hookUrl must be a URL; given: a boolean",
    ]);
  });

  it("returns the property of each failure, except for an unknown property", () => {
    const found = validate(limits, { levels: ["c"], more: 1 }).failures.map(({ property }) => property);
    expect(found).to.deep.equal(["name", "levels", ""]);
  });
});
