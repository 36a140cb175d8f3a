import { expect } from "chai";
import { joinWords, oneLine, own, quoted, words } from "../../provider/words";

const hide = (text: string): string => text.replaceAll("e", "*");

describe("a message", () => {
  it("hides secrets in inserted text, but not in its own words, in names or in numbers", () => {
    const message = words`the template ${"hello"} has ${12e3} of ${own("recordNotifyUrl")}`;
    expect(message.show(hide)).to.equal("the template h*llo has 12000 of recordNotifyUrl");
    expect(String(message)).to.equal("the template hello has 12000 of recordNotifyUrl");
  });

  it("keeps the parts of an inserted message", () => {
    expect(words`there: ${words`be ${"here"}`}, else`.show(hide)).to.equal("there: be h*r*, else");
  });

  it("formats a text after its secrets are hidden, so that none is cut in two", () => {
    expect(quoted('e"').show(hide)).to.equal(String.raw`"*\""`);
    const shortened = quoted("secret", (text) => `${text.slice(0, 3)}…`);
    expect(shortened.show((text) => text.replace("secret", "[hidden]"))).to.equal("[hi…");
  });

  it("is joined with others that are not empty, and treats a plain string as foreign text", () => {
    const joined = joinWords([own("one"), "", undefined, "three", own("")], " else ");
    expect(joined.show(hide)).to.equal("one else thr**");
    expect(String(joinWords([], ", "))).to.equal("");
  });

  it("is formatted on one line, whatever is inserted", () => {
    expect(oneLine(words`one ${"two\r\n\n  three"}`, hide)).to.equal("one two thr**");
  });
});
