import { expect } from "chai";
import { check, create, rejection, type Stored, update, useCloud, writesTo } from "../../../support/cloud";
import { DOMAIN, putTemplates, rulesIn } from "../../../support/provider/bindings";

describe("a domain binding that is bound to another template", () => {
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
  it("changes in place: the old rule goes and the new one comes at once (L9)", async () => {
    const moved = await update(type(), stored, MOVED());
    expect(rules()).to.deep.equal([[DOMAIN, "", two]]);
    expect(moved.outs["templateId"]).to.equal(two);
    expect(writesTo(cloud)).to.deep.equal(["DeleteLiveCallbackRule", "CreateLiveCallbackRule"]);
    expect(cloud.calls()).to.include({ DescribeLiveCallbackTemplates: 1, DescribeLiveCallbackRules: 1 });
    expect(cloud.calls()).to.not.have.property("DescribeLiveCallbackTemplate");
  });

  it("is a difference of the template only, without a replacement", async () => {
    const inputs = await check(type(), stored.inputs, MOVED());
    expect(await type().diff(stored.id, stored.outs, inputs)).to.deep.equal({ replaces: [] });
  });

  it("deletes nothing if the new template does not exist", async () => {
    cloud.removeTemplate(two);
    const error = await rejection(update(type(), stored, MOVED()));
    expect(error.message).to.contain(`there is no template ${two}; nothing was changed`);
    expect(rules()).to.deep.equal([[DOMAIN, "", one]]);
  });

  it("deletes nothing if it cannot be known whether the new template exists", async () => {
    cloud.removeTemplate(two);
    const forbidden = { kind: "error", code: "AuthFailure.UnauthorizedOperation" } as const;
    cloud.addFault({ ...forbidden, action: "DescribeLiveCallbackTemplate" });
    const error = await rejection(update(type(), stored, MOVED()));
    expect(error.message).to.contain("action=DescribeLiveCallbackTemplate");
    expect(rules()).to.deep.equal([[DOMAIN, "", one]]);
  });

  it("is done where the rule points there already, and creates where there is none", async () => {
    cloud.putRule({ DomainName: DOMAIN, TemplateId: two });
    await update(type(), stored, MOVED());
    expect(cloud.calls()).to.not.have.any.keys("DeleteLiveCallbackRule", "CreateLiveCallbackRule");
    cloud.removeRule(DOMAIN);
    await update(type(), stored, MOVED());
    expect(rules()).to.deep.equal([[DOMAIN, "", two]]);
  });

  it("does not touch a rule that someone has pointed to a third template, unless it adopts", async () => {
    cloud.putRule({ DomainName: DOMAIN, TemplateId: three });
    const error = await rejection(update(type(), stored, MOVED()));
    expect(error.message).to.contain(`already bound to template ${three}`);
    expect(rules()).to.deep.equal([[DOMAIN, "", three]]);
    await update(type(), stored, { ...MOVED(), adopt: true });
    expect(rules()).to.deep.equal([[DOMAIN, "", two]]);
  });

  it("puts the old rule back if the new one cannot be made, and tells both (L9)", async () => {
    cloud.addFault({ kind: "error", action: "CreateLiveCallbackRule", code: "ResourceNotFound.FreezeService" });
    const error = await rejection(update(type(), stored, MOVED()));
    expect(error.message).to.contain(`the rule for template ${one} was put back`);
    expect(error.message).to.contain("code=ResourceNotFound.FreezeService action=CreateLiveCallbackRule");
    expect(error).to.not.have.property("id");
    expect(rules()).to.deep.equal([[DOMAIN, "", one]]);
  });

  it("records that nothing is bound if that fails too; the next update binds, even of a reverted program (C10)", async () => {
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

  it("records the same if it cannot even be seen what is left, and says so", async () => {
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
      it(`goes through when an answer to ${action} is lost, ${when} its effect (${lost})`, async () => {
        cloud.addFault({ kind: "reset", action, applied });
        await update(type(), stored, MOVED());
        expect(rules()).to.deep.equal([[DOMAIN, "", two]]);
      });

      it(`goes through when ${action} is answered with HTTP status 500, ${when} its effect (C3)`, async () => {
        cloud.addFault({ kind: "status", status: 500, action, applied });
        await update(type(), stored, MOVED());
        expect(rules()).to.deep.equal([[DOMAIN, "", two]]);
      });
    }
  }

  it("moves to a template that was made a moment ago, which a list may not show yet", async () => {
    const args = { templateName: "four", streamBeginNotifyUrl: "https://hooks.example.com" };
    const four = await create(cloud.deployment().callbackTemplate, args);
    cloud.addFault({ kind: "stale", action: "DescribeLiveCallbackTemplates", writes: 1 });
    await update(type(), stored, { domainName: DOMAIN, templateId: four.id });
    expect(rules()).to.deep.equal([[DOMAIN, "", Number(four.id)]]);
  });
});
