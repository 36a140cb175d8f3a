import { expect } from "chai";
import { CALLBACK_EVENTS } from "../../../../provider/api/contract/events";
import type { TemplateInfo } from "../../../../provider/api/contract/live";
import { fromTemplateInfo } from "../../../../provider/resources/callbackTemplate/canonical";

const info = { TemplateId: 7, TemplateName: "hooks" } as TemplateInfo;
const urls = Object.fromEntries(
  Object.values(CALLBACK_EVENTS).map(({ property }) => [property, `https://hooks.example.com/${property}`]),
);

describe("the canonical form of a template from the API", () => {
  it("takes only the URLs that the API does not return from the known values", () => {
    const { callbackKey, templateName, ...kept } = fromTemplateInfo(info, { callbackKey: "Secret1", ...urls });
    const writeOnly = Object.values(CALLBACK_EVENTS).filter(({ returned }) => !returned);
    expect([callbackKey, templateName]).to.deep.equal(["", "hooks"]);
    expect(Object.keys(kept)).to.deep.equal(writeOnly.map(({ property }) => property)).and.to.not.be.empty;
  });

  it("keeps the known levels if an endpoint with the older API model returns none", () => {
    const RecordExceptionNotifyUrl = "https://hooks.example.com/exceptions";
    const known = { callbackKey: "", recordExceptionLevels: ["info" as const] };
    const read = fromTemplateInfo({ ...info, RecordExceptionNotifyUrl }, known);
    expect(read.recordExceptionLevels).to.deep.equal(["info"]);
  });
});
