import { expect } from "chai";
import { check, create, destroy, PROVIDER_STUB, rejection, type Stored, update, useCloud } from "../support/cloud";

const URL = "https://hooks.example.com/live";
const TEMPLATES = {
  "an explicit": { templateName: "hooks", streamBeginNotifyUrl: URL },
  "an automatic": { automaticName: "hooks-0a1b2c3", streamBeginNotifyUrl: URL },
};
const DOMAIN = "push.example.com";

/** The findings of the crash sweep, as minimal cases. */
describe("an interrupted delete-before-replace", () => {
  const cloud = useCloud();

  /**
   * Runs a replacement again that was killed after its delete: the engine checks the resource with its old
   * inputs, compares it, checks it as a new resource, and creates it without another delete.
   */
  const resume = async (name: "callbackTemplate" | "domainBinding", old: Stored, args: object): Promise<string> => {
    const type = cloud.deployment()[name];
    const inputs = await check(type, old.inputs, { ...args });
    await type.diff(old.id, old.outs, inputs);
    const again = await check(type, {}, { ...args, declaredBy: old.inputs["declaredBy"] });
    return (await type.create({ ...again, __provider: PROVIDER_STUB })).id;
  };

  for (const [what, args] of Object.entries(TEMPLATES)) {
    it(`takes over the template with ${what} name from the killed create`, async () => {
      const old = await create(cloud.deployment().callbackTemplate, args);
      await destroy(cloud.deployment().callbackTemplate, old);
      const unrecorded = await create(cloud.deployment().callbackTemplate, {
        ...args,
        declaredBy: old.inputs["declaredBy"],
      });
      expect(await resume("callbackTemplate", old, args)).to.equal(unrecorded.id);
      expect(cloud.state().templates).to.have.length(1);
    });

    it(`creates the template with ${what} name if the killed create was not executed`, async () => {
      const old = await create(cloud.deployment().callbackTemplate, args);
      await destroy(cloud.deployment().callbackTemplate, old);
      await resume("callbackTemplate", old, args);
      expect(cloud.state().templates).to.have.length(1);
    });
  }

  it("does not take over a template of another resource of the program", async () => {
    const args = TEMPLATES["an explicit"];
    const other = await create(cloud.deployment().callbackTemplate, args);
    const type = cloud.deployment().callbackTemplate;
    await update(type, other, { ...args, templateName: "renamed" });
    const error = await rejection(create(type, { ...args, templateName: "renamed2", adopt: Number(other.id) }));
    expect(error.message).to.contain(`another resource of this program already has template ${other.id}`);
  });

  it("creates a binding again, whether its rule still exists or not", async () => {
    const { TemplateId } = cloud.putTemplate({ TemplateName: "one", StreamBeginNotifyUrl: URL });
    const args = { domainName: DOMAIN, templateId: TemplateId };
    const old = await create(cloud.deployment().domainBinding, args);
    expect(await resume("domainBinding", old, args)).to.equal(DOMAIN);
    cloud.removeRule(DOMAIN);
    expect(await resume("domainBinding", old, args)).to.equal(DOMAIN);
    expect(cloud.state().rules).to.have.length(1);
  });
});

describe("two bindings to two templates that swap their domains without adopt", () => {
  const cloud = useCloud();

  it("take over each other's rule, which the same stack created", async () => {
    const [one, two] = ["one", "two"].map(
      (TemplateName) => cloud.putTemplate({ TemplateName, StreamBeginNotifyUrl: URL }).TemplateId,
    ) as [number, number];
    const x = await create(cloud.deployment().domainBinding, { domainName: "a.example.com", templateId: one });
    const y = await create(cloud.deployment().domainBinding, { domainName: "b.example.com", templateId: two });
    const type = cloud.deployment().domainBinding;
    const swapped: object[] = [];
    for (const [old, domainName] of [
      [x, "b.example.com"],
      [y, "a.example.com"],
    ] as const) {
      const inputs = await check(type, old.inputs, { domainName, templateId: old.outs["templateId"] });
      await type.diff(old.id, old.outs, inputs);
      swapped.push(inputs);
    }
    for (const inputs of swapped) await type.create({ ...inputs });
    for (const old of [x, y]) await destroy(type, old);
    const rules = cloud.state().rules.map(({ DomainName, TemplateId }) => [DomainName, TemplateId]);
    expect(rules).to.have.deep.members([
      ["a.example.com", two],
      ["b.example.com", one],
    ]);
  });
});
