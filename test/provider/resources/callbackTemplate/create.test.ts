import { expect } from "chai";
import { check, create, rejection, update, useCloud } from "../../../support/cloud";
import { AUTOMATIC, idsIn, MINIMAL, URL, WIRE } from "../../../support/provider/callbackTemplates";

describe("creation of a callback template", () => {
  const cloud = useCloud();

  const type = () => cloud.deployment().callbackTemplate;
  const ids = () => idsIn(cloud);

  it("is retried after throttling", async () => {
    cloud.addFault({ kind: "error", code: "RequestLimitExceeded", action: "CreateLiveCallbackTemplate", times: 3 });
    await create(type(), MINIMAL);
    expect(cloud.calls().CreateLiveCallbackTemplate).to.equal(4);
    expect(ids()).to.have.length(1);
  });

  describe("a template beside others of its program", () => {
    const OTHER = { ...MINIMAL, declaredBy: "other" };
    const SAME = { ...MINIMAL, declaredBy: "same" };

    it("is rejected at preview if another has its templateName, but not when it is checked again", async () => {
      const deployment = cloud.deployment().callbackTemplate;
      await check(deployment, {}, OTHER);
      await check(deployment, {}, OTHER);
      const error = await rejection(check(deployment, {}, SAME));
      expect(error.message).to.equal('another resource of this program already has the templateName "hooks"');
    });

    it("needs a templateName if a renamed template keeps its automatic name, whichever is checked first", async () => {
      const { automaticName } = AUTOMATIC;
      const renamed = await create(type(), { ...AUTOMATIC, declaredBy: "old" });
      const ofRenamed = [renamed.inputs, { ...AUTOMATIC, declaredBy: "new", automaticName: "new-1234567" }] as const;
      const ofNew = [{}, { ...AUTOMATIC, declaredBy: "old" }] as const;
      for (const [[olds, news], other] of [
        [ofRenamed, ofNew],
        [ofNew, ofRenamed],
      ] as const) {
        const deployment = cloud.deployment().callbackTemplate;
        await check(deployment, olds, news);
        const error = await rejection(check(deployment, other[0], other[1]));
        expect(error.message).to.equal(
          `another resource of this program already has the templateName "${automaticName}"; it is an automatic ` +
            "name, which a template keeps when its resource is renamed or moved: give the new resource a templateName",
        );
      }
    });

    it("is rejected at preview if another adopts the same id, but not if another adopts one of its name", async () => {
      const [one, two] = [cloud.putTemplate(WIRE).TemplateId, cloud.putTemplate(WIRE).TemplateId];
      const deployment = cloud.deployment().callbackTemplate;
      await create(deployment, { ...OTHER, adopt: one });
      await create(deployment, { ...SAME, adopt: two });
      const error = await rejection(check(deployment, {}, { ...MINIMAL, adopt: two }));
      expect(error.message).to.equal(`another resource of this program already has template ${two}`);
    });

    it("does not take over a template that is about to be renamed, and is created after the rename", async () => {
      const stored = await create(type(), OTHER);
      const deployment = cloud.deployment().callbackTemplate;
      const renamed = { ...OTHER, templateName: "renamed" };
      await deployment.diff(stored.id, stored.outs, await check(deployment, stored.inputs, renamed));
      const error = await rejection(create(deployment, SAME));
      expect(error.message).to.contain("Provider.DuplicateResource");
      await update(deployment, stored, renamed);
      await create(deployment, SAME);
      expect(cloud.state().templates.map(({ TemplateName }) => TemplateName)).to.have.members(["renamed", "hooks"]);
    });

    it("is not changed by its old resource after another one has taken it over", async () => {
      const stored = await create(type(), OTHER);
      const deployment = cloud.deployment().callbackTemplate;
      await create(deployment, { ...SAME, adopt: true });
      const error = await rejection(update(deployment, stored, { ...OTHER, templateName: "renamed" }));
      expect(error.message).to.contain(`another resource of this program already has template ${stored.id}`);
    });
  });

  it("gives an automatic name that a rename with an alias keeps", async () => {
    const stored = await create(type(), AUTOMATIC);
    cloud.reset({ calls: true });
    await update(type(), stored, { ...AUTOMATIC, automaticName: "webhooks-9f8e7d6" });
    expect(cloud.calls()).to.deep.equal({});
  });

  it("reports the codes of an error even if the callback key is a single letter", async () => {
    cloud.addFault({
      kind: "error",
      code: "InvalidParameter",
      message: "bad key e",
      action: "CreateLiveCallbackTemplate",
    });
    const error = await rejection(create(type(), { ...MINIMAL, callbackKey: "e" }));
    expect(error.message).to.match(/^cannot create callback template "hooks": bad k\[hidden\]y \[hidden\]\./);
    expect(error.message).to.contain("(code=InvalidParameter action=CreateLiveCallbackTemplate requestId=");
  });

  it("reports which limit of the account was reached", async () => {
    for (let n = 0; n < 50; n++) cloud.putTemplate({ TemplateName: `t${n}`, StreamBeginNotifyUrl: URL });
    const error = await rejection(create(type(), MINIMAL));
    expect(error.message).to.contain("code=InternalError.ConfOutLimit").and.contain("at most 50 callback templates");
  });
});
