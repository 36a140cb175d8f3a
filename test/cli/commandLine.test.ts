import { expect } from "chai";
import { parseCommandLine, UsageError } from "../../cli/commandLine";

const spec = {
  name: "tool",
  description: "Does something.",
  argument: { name: "file", help: "what to read" },
  options: {
    name: { value: "name", required: true, help: "a name" },
    label: { value: "text", repeatable: true, help: "a label" },
    size: { value: "n", default: "3", help: "how much" },
    note: { value: "text", help: "a note" },
    "no-limits": { help: "without limits" },
    json: { help: "as JSON" },
  },
  notes: "More text.",
} as const;

describe("parseCommandLine", () => {
  it("returns the values of all options, and the argument", () => {
    const args = ["--label", "a", "--name=n", "file", "--label=b", "--size", "4", "--no-limits", "--json"];
    expect(parseCommandLine(spec, args)).to.deep.equal({
      values: { name: "n", label: ["a", "b"], size: "4", note: undefined, "no-limits": true, json: true },
      argument: "file",
    });
  });

  it("returns the default, an empty list or false for an absent option", () => {
    expect(parseCommandLine(spec, ["--name", "n"])).to.deep.equal({
      values: { name: "n", label: [], size: "3", note: undefined, "no-limits": false, json: false },
      argument: undefined,
    });
  });

  it("uses the last value of an option that is not repeatable, and accepts a value that begins with a hyphen", () => {
    const parsed = parseCommandLine(spec, ["--name", "a", "--name", "-b", "--", "-c"]);
    expect(parsed).to.deep.include({ argument: "-c" }).and.have.nested.property("values.name", "-b");
  });

  it("rejects an option as the value of another option, unless it is joined with =", () => {
    for (const args of [
      ["--note", "--json"],
      ["--note", "--size=4"],
      ["--note", "--help"],
    ]) {
      expect(() => parseCommandLine(spec, ["--name", "n", ...args])).to.throw(UsageError, /^--note requires a <text>$/);
    }
    expect(parseCommandLine(spec, ["--name", "n", "--note=--json"])).to.have.nested.property("values.note", "--json");
  });

  it("rejects a required option that is missing or empty", () => {
    for (const args of [[], ["--name", ""], ["--name="]]) {
      expect(() => parseCommandLine(spec, args)).to.throw(UsageError, /^--name is missing$/);
    }
  });

  it("returns the help even if a required option is missing", () => {
    expect(parseCommandLine(spec, ["--help"])).to.equal(`Usage: tool --name <name> [options] [file]

Does something.

Arguments:
  file            what to read

Options:
  --name <name>   a name
  --label <text>  a label
  --size <n>      how much (default: 3)
  --note <text>   a note
  --no-limits     without limits
  --json          as JSON
  -h, --help      print this help

More text.`);
  });

  it("accepts --version only if the command has a version", () => {
    expect(() => parseCommandLine(spec, ["--version"])).to.throw(UsageError, "unknown option '--version'");
    expect(parseCommandLine({ ...spec, version: () => "1.2.3" }, ["--version"])).to.equal("1.2.3");
  });
});
