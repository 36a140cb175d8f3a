import { expect } from "chai";
import { create, destroy, rejection, startCloud, update, useCloud } from "../../../support/cloud";
import { idsIn, MINIMAL, URL, WIRE } from "../../../support/provider/callbackTemplates";

describe("creating a callback template", () => {
  const cloud = useCloud();

  const type = () => cloud.deployment().callbackTemplate;
  const ids = () => idsIn(cloud);

  describe("with adopt", () => {
    it("takes over the one of its name, bound and different, by one modify (L17)", async () => {
      const { TemplateId } = cloud.putTemplate({ ...WIRE, Description: "made in the console" });
      cloud.putRule({ DomainName: "push.example.com", TemplateId });
      const stored = await create(type(), { ...MINIMAL, adopt: true });
      expect(stored.id).to.equal(String(TemplateId));
      expect(cloud.calls().ModifyLiveCallbackTemplate).to.equal(1);
      expect(cloud.state().templates[0]).to.not.have.property("Description");
    });

    it("writes nothing where nothing differs (L17)", async () => {
      cloud.putTemplate(WIRE);
      await create(type(), { ...MINIMAL, adopt: true });
      expect(cloud.calls()).to.not.have.property("ModifyLiveCallbackTemplate");
    });

    it("writes a field that the API does not return", async () => {
      cloud.putTemplate({ ...WIRE, RecordStatusNotifyUrl: "http://old.example.com" });
      await create(type(), { ...MINIMAL, recordStatusNotifyUrl: URL, adopt: true });
      expect(cloud.state().templates[0]).to.include({ RecordStatusNotifyUrl: URL });
    });

    it("writes nothing where the API returns that field after all, and it is the same", async () => {
      const telling = await startCloud({ dialect: { recordStatusReturned: true } });
      try {
        telling.putTemplate({ ...WIRE, RecordStatusNotifyUrl: URL });
        await create(telling.deployment().callbackTemplate, { ...MINIMAL, recordStatusNotifyUrl: URL, adopt: true });
        expect(telling.calls()).to.not.have.property("ModifyLiveCallbackTemplate");
      } finally {
        await telling.close();
      }
    });

    it("creates one if there is none of its name", async () => {
      await create(type(), { ...MINIMAL, adopt: true });
      expect(ids()).to.have.length(1);
    });

    it("takes the one of an id among several of a name", async () => {
      cloud.putTemplate(WIRE);
      const { TemplateId } = cloud.putTemplate(WIRE);
      const error = await rejection(create(type(), { ...MINIMAL, adopt: true }));
      expect(error.message).to.contain(ids().join(", ")).and.contain("set adopt to its id");
      const stored = await create(type(), { ...MINIMAL, adopt: TemplateId });
      expect(stored.id).to.equal(String(TemplateId));
    });

    it("is done by one of two resources that ask for it at the same time", async () => {
      const { TemplateId } = cloud.putTemplate(WIRE);
      cloud.addFault({ kind: "latency", action: "ModifyLiveCallbackTemplate", ms: 20 });
      const deployment = cloud.deployment().callbackTemplate;
      const byId = create(deployment, { ...MINIMAL, templateName: "another", adopt: TemplateId });
      const outcomes = await Promise.allSettled([byId, create(deployment, { ...MINIMAL, adopt: true })]);
      expect(outcomes.map(({ status }) => status)).to.have.members(["fulfilled", "rejected"]);
      expect(cloud.calls().ModifyLiveCallbackTemplate).to.equal(1);
    });

    it("can be tried again after it has failed", async () => {
      const { TemplateId } = cloud.putTemplate(WIRE);
      cloud.addFault({ kind: "error", code: "InvalidParameter", action: "ModifyLiveCallbackTemplate" });
      const deployment = cloud.deployment().callbackTemplate;
      const args = { ...MINIMAL, templateName: "other", adopt: TemplateId, declaredBy: "other" };
      await rejection(create(deployment, args));
      expect((await create(deployment, args)).id).to.equal(String(TemplateId));
    });

    it("fails for an id that does not exist", async () => {
      const error = await rejection(create(type(), { ...MINIMAL, adopt: 77 }));
      expect(error.message).to.contain("there is no template 77 to adopt");
    });

    it("takes a name and a description over that the console would not accept", async () => {
      cloud.putTemplate({
        ...WIRE,
        TemplateName: "made-by-another-tool-long-before-this-one",
        Description: "this is demo",
      });
      const args = {
        ...MINIMAL,
        templateName: "made-by-another-tool-long-before-this-one",
        description: "this is demo",
        adopt: true,
      };
      const stored = await create(type(), args);
      const { adopt: _, ...later } = args;
      await update(type(), stored, { ...later, streamEndNotifyUrl: URL });
      expect(cloud.state().templates[0]).to.include({ Description: "this is demo", StreamEndNotifyUrl: URL });
    });
  });

  it("survives the rename of its resource: the old one's delete leaves the template that was adopted", async () => {
    const old = await create(type(), MINIMAL);
    const deployment = cloud.deployment().callbackTemplate;
    const renamed = await create(deployment, { ...MINIMAL, adopt: true });
    await destroy(deployment, old);
    expect(ids()).to.deep.equal([Number(renamed.id)]);

    // The same when the run was killed between the two, and the next one has only the delete left to do.
    const next = cloud.deployment().callbackTemplate;
    await update(next, renamed, { ...MINIMAL, adopt: true });
    await destroy(next, old);
    expect(ids()).to.deep.equal([Number(renamed.id)]);
  });
});
