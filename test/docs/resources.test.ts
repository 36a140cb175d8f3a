import { expect } from "chai";
import { CALLBACK_EVENTS } from "../../provider/api/contract/events";
import { documentText, quoted, tableOf } from "../support/markdown";

describe("the table of CallbackTemplate's arguments in docs/resources.md", () => {
  const rows = tableOf(documentText("docs/resources.md"), "argument", "in the console", "limits and default");

  it("has the URL, the console's name and the number of each event", () => {
    const urls = rows.filter(([argument = ""]) => argument.endsWith("NotifyUrl`"));
    const listed = urls.map(([argument = "", console = "", limits = ""]) => [
      quoted(argument)[0],
      console.replace(/ \(older: .*\)$/, "").replace("–", ""),
      /^event (\d+)/.exec(limits)?.[1],
    ]);
    const known = Object.values(CALLBACK_EVENTS).map(({ property, consoleName = "", eventType }) => [
      ...[property, consoleName, String(eventType)],
    ]);
    expect(listed).to.have.deep.members(known);
  });
});
