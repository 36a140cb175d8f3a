import { expect } from "chai";
import { check, create, refresh, rejection, type Stored, update, useCloud } from "../support/cloud";

const URL = "https://hooks.example.com/live";
const DOMAIN = "push.example.com";
const NAMED = { templateName: "hooks", streamBeginNotifyUrl: URL };

/** The minimal histories to which random ones were reduced. */
describe("the findings of random histories", () => {
  const cloud = useCloud();

  const ids = () => cloud.state().templates.map(({ TemplateId }) => String(TemplateId));

  describe("a template whose resource changes its name", () => {
    const RENAMED = { ...NAMED, templateName: "renamed" };
    let old: Stored;
    beforeEach(async () => {
      old = await create(cloud.deployment().callbackTemplate, NAMED);
    });

    for (const adopt of [undefined, true]) {
      it(`is not taken over by a new resource with the old name${adopt ? " and adopt" : ""}`, async () => {
        const type = cloud.deployment().callbackTemplate;
        const inputs = await check(type, old.inputs, RENAMED);
        await type.diff(old.id, old.outs, inputs);
        const error = await rejection(create(type, { ...NAMED, ...(adopt && { adopt }) }));
        expect(error.message).to.contain("another resource of this program already has");
        await type.update(old.id, old.outs, { ...inputs });
        const renamed = { ...old, inputs, outs: { ...old.outs, templateName: "renamed" } };

        const next = cloud.deployment().callbackTemplate;
        await update(next, renamed, RENAMED);
        const created = await create(next, NAMED);
        expect(ids()).to.deep.equal([old.id, created.id]);
      });
    }

    it("releases the name as soon as it is renamed", async () => {
      const type = cloud.deployment().callbackTemplate;
      await update(type, old, RENAMED);
      const created = await create(type, NAMED);
      expect(ids()).to.deep.equal([old.id, created.id]);
    });

    it("is rejected for its own resource if the new resource comes first", async () => {
      const type = cloud.deployment().callbackTemplate;
      const created = await create(type, NAMED);
      expect(created.id).to.equal(old.id);
      await rejection(update(type, old, RENAMED));
      expect(cloud.state().templates).to.have.length(1);
      expect(cloud.state().templates[0]).to.include({ TemplateName: "hooks" });
    });
  });

  it("report an error for two templates of one name in a program, whatever exists in the cloud", async () => {
    const one = { ...NAMED, declaredBy: "one" };
    const two = { ...NAMED, declaredBy: "two" };
    const type = cloud.deployment().callbackTemplate;
    await check(type, {}, one);
    await check(type, {}, one);
    const error = await rejection(check(type, {}, two));
    expect(error.message).to.contain("another resource of this program");
  });

  it("report an error if two resources share a template after an interrupted rename, once both are declared", async () => {
    const FORMER = { streamBeginNotifyUrl: URL, automaticName: "former-1111111" };
    const LATER = { streamBeginNotifyUrl: URL, automaticName: "later-2222222", templateName: "hooks" };
    const former = await create(cloud.deployment().callbackTemplate, FORMER);
    // The new resource adopts the template, the run is killed before the old one is deleted, and a refresh
    // follows.
    const adopting = { ...LATER, adopt: Number(former.id), adoptOverwrite: true };
    const later = await create(cloud.deployment().callbackTemplate, adopting);
    const refreshed = await refresh(cloud.deployment().callbackTemplate, former);
    if (!refreshed) throw new Error("gone");
    const type = cloud.deployment().callbackTemplate;
    await update(type, later, adopting);
    const error = await rejection(update(type, refreshed, FORMER));
    expect(error.message).to.contain(`another resource of this program already has template ${former.id}`);
    expect(error.message).to.contain("remove this resource, deploy, then add it back");
    expect(cloud.state().templates[0]).to.include({ TemplateName: "hooks" });
  });

  it("report an error for two bindings of one domain that are both in the state", async () => {
    const { TemplateId } = cloud.putTemplate({ TemplateName: "one", StreamBeginNotifyUrl: URL });
    const args = { domainName: DOMAIN, templateId: TemplateId };
    // A run was killed between the create of a renamed binding and the delete of the old one; then both were
    // declared.
    const one = await create(cloud.deployment().domainBinding, args);
    const other = await create(cloud.deployment().domainBinding, args);
    const type = cloud.deployment().domainBinding;
    await check(type, one.inputs, args);
    const error = await rejection(check(type, other.inputs, args));
    expect(error.message).to.contain(`another resource of this program already binds ${DOMAIN}`);
  });

  it("report an error for two bindings of one domain if the first moves to another template", async () => {
    const [from = 0, to = 0] = ["one", "two"].map(
      (TemplateName) => cloud.putTemplate({ TemplateName, StreamBeginNotifyUrl: URL }).TemplateId,
    );
    const args = { domainName: DOMAIN, templateId: from };
    const one = await create(cloud.deployment().domainBinding, args);
    const other = await create(cloud.deployment().domainBinding, args);
    const type = cloud.deployment().domainBinding;
    const inputs = await check(type, one.inputs, { ...args, templateId: to });
    await type.diff(one.id, one.outs, inputs);
    const error = await rejection(check(type, other.inputs, args));
    expect(error.message).to.contain(`another resource of this program already binds ${DOMAIN}`);
  });
});
