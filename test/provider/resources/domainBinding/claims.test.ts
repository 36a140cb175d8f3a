import { expect } from "chai";
import { UNKNOWN_SENTINEL } from "../../../../provider/hosts/dynamic/properties";
import { check, create, destroy, rejection, useCloud } from "../../../support/cloud";
import { DOMAIN, putTemplates, rulesIn } from "../../../support/provider/bindings";

/** The owner of a rule decides whether a create may take it over and whether a delete may delete it. */
describe("the key of a binding that several resources declare", () => {
  const cloud = useCloud();
  let one: number;
  let two: number;
  let three: number;
  beforeEach(() => {
    [one, two, three] = putTemplates(cloud);
  });

  const type = () => cloud.deployment().domainBinding;
  const rules = () => rulesIn(cloud);

  it("is rejected at preview in two resources, new or existing, in either order", async () => {
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

  it("is accepted if one resource is checked again for a replacement", async () => {
    const args = { domainName: DOMAIN, templateId: one, declaredBy: "binding" };
    const deployment = type();
    await check(deployment, {}, args);
    await check(deployment, {}, args);
  });

  it("can be bound after a create that failed", async () => {
    cloud.addFault({ kind: "error", action: "CreateLiveCallbackRule", code: "InternalError.ConfNotFound" });
    const deployment = type();
    const args = { domainName: DOMAIN, templateId: one, declaredBy: "binding" };
    await rejection(create(deployment, args));
    await create(deployment, args);
    expect(rules()).to.deep.equal([[DOMAIN, "", one]]);
  });

  it("can be replaced by force in either order, with the same template or another", async () => {
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

  it("is not taken over from a holder that gives it up if its rule points elsewhere by then", async () => {
    const stored = await create(type(), { domainName: DOMAIN, templateId: one });
    const deployment = type();
    await check(deployment, stored.inputs, { domainName: "b.example.com", templateId: one });
    cloud.putRule({ DomainName: DOMAIN, TemplateId: three });
    const error = await rejection(create(deployment, { domainName: DOMAIN, templateId: two }));
    expect(error.message).to.contain(`is already bound to template ${three}`);
  });

  it("is not taken over because of a comparison in a refresh, which does not show the program", async () => {
    const stored = await create(type(), { domainName: DOMAIN, templateId: one });
    const deployment = type();
    await deployment.diff(stored.id, { ...stored.outs, templateId: two }, stored.inputs);
    cloud.putRule({ DomainName: DOMAIN, TemplateId: two });
    const error = await rejection(create(deployment, { domainName: DOMAIN, templateId: three }));
    expect(error.message).to.contain(`is already bound to template ${two}`);
  });

  it("is reported as held by this stack only if the run has compared a resource that has its rule", async () => {
    const stored = await create(type(), { domainName: DOMAIN, templateId: one });
    const renamed = { domainName: DOMAIN, templateId: two };
    const messages = [type(), type(), type()].map(async (deployment, index) => {
      if (index === 1) await deployment.diff(stored.id, stored.outs, stored.inputs);
      if (index === 2) await deployment.diff(stored.id, { ...stored.outs, templateId: three }, stored.inputs);
      return (await rejection(create(deployment, renamed))).message;
    });
    const [unknown, held, different] = await Promise.all(messages);
    expect(held).to.contain(`is already bound to template ${one}, by another resource of this stack. If you renamed`);
    for (const message of [unknown, different]) expect(message).to.contain(`already bound to template ${one}. To move`);
  });

  it("is not taken over while its holder keeps it", async () => {
    const stored = await create(type(), { domainName: DOMAIN, templateId: one });
    const deployment = type();
    await check(deployment, stored.inputs, stored.inputs);
    cloud.reset({ calls: true });
    const error = await rejection(create(deployment, { domainName: DOMAIN, templateId: two, adopt: true }));
    expect(error.message).to.equal(`another resource of this program already binds ${DOMAIN}`);
    expect(cloud.calls()).to.deep.equal({});
  });

  it("is not claimed by a resource with other properties that are rejected, or while it is unknown", async () => {
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

  it("can be replaced by force with a delete first and another template", async () => {
    const stored = await create(type(), { domainName: DOMAIN, templateId: one });
    const deployment = type();
    // With --replace, the engine checks it only as a new resource.
    const inputs = await check(deployment, {}, { domainName: DOMAIN, templateId: two });
    await destroy(deployment, stored);
    await deployment.create({ ...inputs });
    expect(rules()).to.deep.equal([[DOMAIN, "", two]]);
  });

  it("can be replaced by force with a create first and another template", async () => {
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
