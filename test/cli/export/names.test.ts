import { expect } from "chai";
import { nameTemplates } from "../../../cli/export/names";

/** The names of templates whose ids are 1, 2, 3 and so on. */
const namesOf = (...names: string[]) =>
  [...nameTemplates(names.map((TemplateName, index) => ({ TemplateId: index + 1, TemplateName }))).values()].map(
    ({ resource, variable, plain }) => [resource, variable, plain],
  );

describe("the names of an export's templates", () => {
  it("get the id if another template has the name, and a number if that name is also taken", () => {
    expect(namesOf("hooks", "hooks", "Hooks!", "hooks-5", "hooks")).to.deep.equal([
      ["hooks", "hooks", "hooks"],
      ["hooks-2", "hooks2", "hooks2"],
      ["Hooks-3", "hooks3", "hooks3"],
      ["hooks-5", "hooks5", "hooks5"],
      ["hooks-5-2", "hooks52", "hooks52"],
    ]);
  });

  it("are unique in ASCII, even if another template has the ASCII name of a template with a Chinese name", () => {
    expect(namesOf("template-2", "直播", "", "template_3")).to.deep.equal([
      ["template-2", "template2", "template2"],
      ["直播-2-2", "直播22", "template2_2"],
      ["template-3", "template3", "template3"],
      ["template_3-4", "template34", "template34"],
    ]);
  });

  it("never clash in ASCII with the name of another template's binding or secret", () => {
    expect(namesOf("a-binding-1", "a-callback-key", "a-record-notify-url").map(([, , plain]) => plain)).to.deep.equal([
      ...["template1", "template2", "template3"],
    ]);
  });
});
