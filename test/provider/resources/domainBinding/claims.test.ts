import { expect } from "chai";
import { UNKNOWN_SENTINEL } from "../../../../provider/hosts/dynamic/properties";
import { check, create, destroy, rejection, useCloud } from "../../../support/cloud";
import { DOMAIN, putTemplates, rulesIn } from "../../../support/provider/bindings";

/** Whose a rule is decides what a create may take over and what a delete must leave. */
describe("the key of a binding, declared by another resource too", () => {
  const cloud = useCloud();
  let one: number;
  let two: number;
  let three: number;
  beforeEach(() => {
    [one, two, three] = putTemplates(cloud);
  });

  const type = () => cloud.deployment().domainBinding;
  const rules = () => rulesIn(cloud);

  it("is an error at preview in two resources, new ones or existing ones, whichever comes first", async () => {
    const args = { domainName: DOMAIN, templateId: one };
    const existing = await create(type(), args);
    const left = await create(type(), args);
    for (const [first, second] of [
      [{}, {}],
      [existing.inputs, {}],
      [{}, existing.inputs],
      [existing.inputs, left.inputs],
    ] as const) {
      const preview = type();
      await check(preview, first, args);
      const error = await rejection(check(preview, second, args));
      expect(error.message).to.equal(`another resource of this program already binds ${DOMAIN}`);
    }
  });

  it("is no error in one resource that is checked again, to be replaced", async () => {
    const args = { domainName: DOMAIN, templateId: one, declaredBy: "binding" };
    const deployment = type();
    await check(deployment, {}, args);
    await check(deployment, {}, args);
  });

  it("can be tried again after a create that failed", async () => {
    cloud.addFault({ kind: "error", action: "CreateLiveCallbackRule", code: "InternalError.ConfNotFound" });
    const deployment = type();
    const args = { domainName: DOMAIN, templateId: one, declaredBy: "binding" };
    await rejection(create(deployment, args));
    await create(deployment, args);
    expect(rules()).to.deep.equal([[DOMAIN, "", one]]);
  });

  it("is replaced in either order when the user forces it, to the same template or another", async () => {
    const declaredBy = "binding";
    const stored = await create(type(), { domainName: DOMAIN, templateId: one, declaredBy });
    const createFirst = type();
    const again = await create(createFirst, { domainName: DOMAIN, templateId: one, declaredBy });
    await destroy(createFirst, stored);
    expect(rules()).to.deep.equal([[DOMAIN, "", one]]);

    const deleteFirst = type();
    const inputs = await check(deleteFirst, again.inputs, { domainName: DOMAIN, templateId: two });
    await deleteFirst.diff(again.id, again.outs, inputs);
    await check(deleteFirst, {}, { domainName: DOMAIN, templateId: two, declaredBy });
    await destroy(deleteFirst, again);
    await deleteFirst.create({ ...inputs });
    expect(rules()).to.deep.equal([[DOMAIN, "", two]]);
  });

  it("does not let a binding take a rule that its holder gives up once that one points elsewhere", async () => {
    const stored = await create(type(), { domainName: DOMAIN, templateId: one });
    const deployment = type();
    await check(deployment, stored.inputs, { domainName: "b.example.com", templateId: one });
    cloud.putRule({ DomainName: DOMAIN, TemplateId: three });
    const error = await rejection(create(deployment, { domainName: DOMAIN, templateId: two }));
    expect(error.message).to.contain(`is already bound to template ${three}`);
  });

  it("does not let a binding take a rule for what a refresh compared: that says nothing about the program", async () => {
    const stored = await create(type(), { domainName: DOMAIN, templateId: one });
    const deployment = type();
    await deployment.diff(stored.id, { ...stored.outs, templateId: two }, stored.inputs);
    cloud.putRule({ DomainName: DOMAIN, TemplateId: two });
    const error = await rejection(create(deployment, { domainName: DOMAIN, templateId: three }));
    expect(error.message).to.contain(`is already bound to template ${two}`);
  });

  it("is said to be this stack's only if the run has compared a resource of the state with that rule", async () => {
    const stored = await create(type(), { domainName: DOMAIN, templateId: one });
    const renamed = { domainName: DOMAIN, templateId: two };
    const messages = [type(), type(), type()].map(async (deployment, index) => {
      if (index === 1) await deployment.diff(stored.id, stored.outs, stored.inputs);
      if (index === 2) await deployment.diff(stored.id, { ...stored.outs, templateId: three }, stored.inputs);
      return (await rejection(create(deployment, renamed))).message;
    });
    const [unknown, held, different] = await Promise.all(messages);
    expect(held).to.contain(`is already bound to template ${one}, by another resource of this stack. If resources`);
    for (const message of [unknown, different])
      expect(message).to.contain(`already bound to template ${one}. If resources`);
  });

  it("does not let another binding take a rule that its holder keeps", async () => {
    const stored = await create(type(), { domainName: DOMAIN, templateId: one });
    const deployment = type();
    await check(deployment, stored.inputs, stored.inputs);
    cloud.reset({ calls: true });
    const error = await rejection(create(deployment, { domainName: DOMAIN, templateId: two, adopt: true }));
    expect(error.message).to.equal(`another resource of this program already binds ${DOMAIN}`);
    expect(cloud.calls()).to.deep.equal({});
  });

  it("says nothing about a resource that is refused for its other properties, or not known yet", async () => {
    const stored = await create(type(), { domainName: DOMAIN, templateId: one });
    const deployment = type();
    await rejection(check(deployment, stored.inputs, { ...stored.inputs, templateId: 0 }));
    await check(deployment, stored.inputs, { ...stored.inputs, domainName: UNKNOWN_SENTINEL });
    await check(deployment, stored.inputs, { ...stored.inputs, appName: UNKNOWN_SENTINEL });
    await check(deployment, {}, { domainName: UNKNOWN_SENTINEL, templateId: one });
    await check(deployment, {}, { domainName: UNKNOWN_SENTINEL, templateId: one });
    await destroy(deployment, stored);
    expect(rules()).to.deep.equal([]);
  });

  it("is replaced by force, deleted first, with another template as well", async () => {
    const stored = await create(type(), { domainName: DOMAIN, templateId: one });
    const deployment = type();
    // With --replace the engine checks it as a new resource only.
    const inputs = await check(deployment, {}, { domainName: DOMAIN, templateId: two });
    await destroy(deployment, stored);
    await deployment.create({ ...inputs });
    expect(rules()).to.deep.equal([[DOMAIN, "", two]]);
  });

  it("is replaced by a create that comes first, where the user wants that of another template", async () => {
    const stored = await create(type(), { domainName: DOMAIN, templateId: one });
    const deployment = type();
    const news = { domainName: DOMAIN, templateId: two, declaredBy: stored.inputs["declaredBy"] };
    const inputs = await check(deployment, stored.inputs, news);
    await deployment.diff(stored.id, stored.outs, inputs);
    await create(deployment, news);
    await destroy(deployment, stored);
    expect(rules()).to.deep.equal([[DOMAIN, "", two]]);
  });
});
