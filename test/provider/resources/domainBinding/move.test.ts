import { expect } from "chai";
import { check, create, rejection, type Stored, update, useCloud, writesTo } from "../../../support/cloud";
import { DOMAIN, putTemplates, rulesIn } from "../../../support/provider/bindings";

describe("a domain binding whose template changes", () => {
  const cloud = useCloud();
  let one: number;
  let two: number;
  let three: number;
  let stored: Stored;
  beforeEach(async () => {
    [one, two, three] = putTemplates(cloud);
    stored = await create(type(), { domainName: DOMAIN, templateId: one });
    cloud.reset({ calls: true });
  });

  const type = () => cloud.deployment().domainBinding;
  const rules = () => rulesIn(cloud);

  const MOVED = () => ({ domainName: DOMAIN, templateId: two });
  it("is updated in place by a delete of the old rule and an immediate create of the new one (L9)", async () => {
    const moved = await update(type(), stored, MOVED());
    expect(rules()).to.deep.equal([[DOMAIN, "", two]]);
    expect(moved.outs["templateId"]).to.equal(two);
    expect(writesTo(cloud)).to.deep.equal(["DeleteLiveCallbackRule", "CreateLiveCallbackRule"]);
    expect(cloud.calls()).to.include({ DescribeLiveCallbackTemplates: 1, DescribeLiveCallbackRules: 1 });
    expect(cloud.calls()).to.not.have.property("DescribeLiveCallbackTemplate");
  });

  it("differs without a replacement", async () => {
    const inputs = await check(type(), stored.inputs, MOVED());
    expect(await type().diff(stored.id, stored.outs, inputs)).to.deep.equal({ replaces: [] });
  });

  it("keeps its rule if the new template does not exist", async () => {
    cloud.removeTemplate(two);
    const error = await rejection(update(type(), stored, MOVED()));
    expect(error.message).to.contain(`there is no template ${two}; nothing was changed`);
    expect(rules()).to.deep.equal([[DOMAIN, "", one]]);
  });

  it("keeps its rule if the new template cannot be looked up", async () => {
    cloud.removeTemplate(two);
    const forbidden = { kind: "error", code: "AuthFailure.UnauthorizedOperation" } as const;
    cloud.addFault({ ...forbidden, action: "DescribeLiveCallbackTemplate" });
    const error = await rejection(update(type(), stored, MOVED()));
    expect(error.message).to.contain("action=DescribeLiveCallbackTemplate");
    expect(rules()).to.deep.equal([[DOMAIN, "", one]]);
  });

  it("keeps a rule that already points to the new template, and creates a missing one", async () => {
    cloud.putRule({ DomainName: DOMAIN, TemplateId: two });
    await update(type(), stored, MOVED());
    expect(cloud.calls()).to.not.have.any.keys("DeleteLiveCallbackRule", "CreateLiveCallbackRule");
    cloud.removeRule(DOMAIN);
    await update(type(), stored, MOVED());
    expect(rules()).to.deep.equal([[DOMAIN, "", two]]);
  });

  it("keeps a rule that points to a third template unless adopt is set", async () => {
    cloud.putRule({ DomainName: DOMAIN, TemplateId: three });
    const error = await rejection(update(type(), stored, MOVED()));
    expect(error.message).to.contain(`already bound to template ${three}`);
    expect(rules()).to.deep.equal([[DOMAIN, "", three]]);
    await update(type(), stored, { ...MOVED(), adopt: true });
    expect(rules()).to.deep.equal([[DOMAIN, "", two]]);
  });

  it("restores the old rule if the new one cannot be created, and reports both (L9)", async () => {
    cloud.addFault({ kind: "error", action: "CreateLiveCallbackRule", code: "ResourceNotFound.FreezeService" });
    const error = await rejection(update(type(), stored, MOVED()));
    expect(error.message).to.contain(`the rule for template ${one} was put back`);
    expect(error.message).to.contain("code=ResourceNotFound.FreezeService action=CreateLiveCallbackRule");
    expect(error).to.not.have.property("id");
    expect(rules()).to.deep.equal([[DOMAIN, "", one]]);
  });

  it("records a missing rule if the restore also fails, so that a reverted program binds again (C10)", async () => {
    const fault = {
      kind: "error",
      action: "CreateLiveCallbackRule",
      code: "ResourceNotFound.FreezeService",
    } as const;
    cloud.addFault({ ...fault, times: 2 });
    const error = await rejection(update(type(), stored, MOVED()));
    expect(error.message).to.contain(`putting back the rule for template ${one} failed too`);
    expect(error.message).to.contain(`${DOMAIN} is not bound now`);
    expect(error).to.deep.include({ id: DOMAIN, properties: stored.outs });
    await type().update(stored.id, error["properties"], { ...stored.inputs });
    expect(rules()).to.deep.equal([[DOMAIN, "", one]]);
  });

  it("records and reports a possibly missing rule if the rules cannot be listed", async () => {
    const action = "CreateLiveCallbackRule";
    cloud.addFault({ kind: "error", action, code: "ResourceNotFound.FreezeService", times: 2 });
    const forbidden = { kind: "error", code: "AuthFailure.UnauthorizedOperation", times: "always" } as const;
    cloud.addFault({ ...forbidden, action: "DescribeLiveCallbackRules", skip: 1 });
    const error = await rejection(update(type(), stored, MOVED()));
    expect(error.message).to.contain(`it could not be determined whether ${DOMAIN} is bound now`);
    expect(error.message).to.contain("code=ResourceNotFound.FreezeService");
    expect(error).to.deep.include({ id: DOMAIN, properties: stored.outs });
  });

  for (const [action, lost] of [
    ["DeleteLiveCallbackRule", "C4"],
    ["CreateLiveCallbackRule", "C2"],
  ] as const) {
    for (const applied of [true, false]) {
      const when = applied ? "after" : "before";
      it(`is updated if a response to ${action} is lost ${when} its effect (${lost})`, async () => {
        cloud.addFault({ kind: "reset", action, applied });
        await update(type(), stored, MOVED());
        expect(rules()).to.deep.equal([[DOMAIN, "", two]]);
      });

      it(`is updated if ${action} returns HTTP status 500 ${when} its effect (C3)`, async () => {
        cloud.addFault({ kind: "status", status: 500, action, applied });
        await update(type(), stored, MOVED());
        expect(rules()).to.deep.equal([[DOMAIN, "", two]]);
      });
    }
  }

  it("is updated if the response to its delete is lost and no time is left for retries", async () => {
    cloud.addFault({ kind: "reset", action: "DeleteLiveCallbackRule", applied: true });
    const { domainBinding } = cloud.deployment({ "tencentcloud-live:retrySeconds": "0" });
    await update(domainBinding, stored, MOVED());
    expect(rules()).to.deep.equal([[DOMAIN, "", two]]);
  });

  it("is bound to a template just created, even if a list does not include it yet", async () => {
    const args = { templateName: "four", streamBeginNotifyUrl: "https://hooks.example.com" };
    const four = await create(cloud.deployment().callbackTemplate, args);
    cloud.addFault({ kind: "stale", action: "DescribeLiveCallbackTemplates", writes: 1 });
    await update(type(), stored, { domainName: DOMAIN, templateId: four.id });
    expect(rules()).to.deep.equal([[DOMAIN, "", Number(four.id)]]);
  });

  it("fails with the code Provider.NotFound if the new template does not exist", async () => {
    cloud.removeTemplate(two);
    expect((await rejection(update(type(), stored, MOVED()))).message).to.contain("(code=Provider.NotFound ");
  });
});
