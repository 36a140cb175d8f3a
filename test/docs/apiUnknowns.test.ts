import { expect } from "chai";
import { dialectSwitches, eventSwitches, stsSwitches } from "../../emulator/dialect";
import { beyondTheApi } from "../../tools/probe/questions";
import { documentText, quoted, tableOf } from "../support/markdown";

const DOCUMENT = documentText("docs/api-unknowns.md");

type Switches = Readonly<Record<string, readonly unknown[]>>;

/** The tables of the document, with the switches that each describes. */
const TABLES: readonly (readonly [section: string, switches: Switches])[] = [
  ["The API", dialectSwitches],
  ["Events and their delivery record", eventSwitches],
  ["Temporary credentials", stsSwitches],
];

/** Returns the rows of the table in a section. */
function rowsOf(section: string): string[][] {
  const [, rest = ""] = DOCUMENT.split(`\n## ${section}\n`);
  const [text = ""] = rest.split("\n## ");
  const heading = text.split("\n").find((line) => line.startsWith("| switch |")) ?? "";
  return tableOf(text, ...heading.slice(2, -2).split(" | "));
}

describe("the document of open API behaviour", () => {
  for (const [section, switches] of TABLES) {
    const rows = rowsOf(section);

    it(`lists each switch of the dialect once, in order: ${section}`, () => {
      expect(rows.map(([name = ""]) => quoted(name)[0])).to.deep.equal(Object.keys(switches));
    });

    it(`shows the default and all other values of each switch: ${section}`, () => {
      const documented = rows.map(([, , initial = "", others = ""]) => [quoted(initial)[0], ...quoted(others)]);
      expect(documented).to.deep.equal(Object.values(switches).map((values) => values.map(String)));
    });

    it(`describes the open question and the behaviour of each switch: ${section}`, () => {
      for (const [name, open = "", , , consequence = ""] of rows) {
        expect(open, name).to.match(/[?.]$/);
        expect(consequence, name).to.match(/^\W?[A-Z`].{15}/);
      }
    });
  }

  it("lists the questions that neither a switch nor an API call settles", () => {
    const listed = tableOf(DOCUMENT, "question", "what this package assumes").map(([question]) => question);
    const known = beyondTheApi.filter(([name]) => name === "-").map(([, question]) => question);
    expect(listed).to.include.members(known);
  });
});
