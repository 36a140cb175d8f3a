import { expect } from "chai";
import { CALLBACK_EVENTS } from "../../../../provider/api/contract/events";
import type { TemplateInfo } from "../../../../provider/api/contract/live";
import { fromTemplateInfo, isUnreadable } from "../../../../provider/resources/callbackTemplate/canonical";

const info = { TemplateId: 7, TemplateName: "hooks" } as TemplateInfo;
const urls = Object.fromEntries(
  Object.values(CALLBACK_EVENTS).map(({ property }) => [property, `https://hooks.example.com/${property}`]),
);

describe("a template that the API returned", () => {
  it("keeps what is known of the URLs that the API does not return, and of no other", () => {
    const { callbackKey, templateName, ...kept } = fromTemplateInfo(info, { callbackKey: "Secret1", ...urls });
    const writeOnly = Object.values(CALLBACK_EVENTS).filter(({ returned }) => !returned);
    expect([callbackKey, templateName]).to.deep.equal(["", "hooks"]);
    expect(Object.keys(kept)).to.deep.equal(writeOnly.map(({ property }) => property)).and.to.not.be.empty;
  });

  it("cannot be compared where the program sets a URL that it lacks although the API returns it nowhere", () => {
    const known = { callbackKey: "", recordStatusNotifyUrl: "https://hooks.example.com" };
    expect(isUnreadable(info, known)).to.equal(true);
    expect(isUnreadable({ ...info, RecordStatusNotifyUrl: "https://hooks.example.com" }, known)).to.equal(false);
    expect(isUnreadable(info, { callbackKey: "", streamEndNotifyUrl: "https://hooks.example.com" })).to.equal(false);
  });
});
