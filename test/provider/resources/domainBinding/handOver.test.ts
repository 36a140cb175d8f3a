import { expect } from "chai";
import { UNKNOWN_SENTINEL } from "../../../../provider/hosts/dynamic/properties";
import { check, create, destroy, refresh, rejection, type Stored, update, useCloud } from "../../../support/cloud";
import { DOMAIN, putTemplates, rulesIn } from "../../../support/provider/bindings";

/** A rule outlives its resource where another one declares it. */
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

  it("keeps its rule when its resource is renamed", async () => {
    const old = await create(type(), { domainName: DOMAIN, templateId: one });
    const deployment = type();
    await create(deployment, { domainName: DOMAIN, templateId: one });
    await destroy(deployment, old);
    expect(rules()).to.deep.equal([[DOMAIN, "", one]]);
  });

  it("keeps it also when the run was killed between the two", async () => {
    const old = await create(type(), { domainName: DOMAIN, templateId: one });
    const renamed = await create(type(), { domainName: DOMAIN, templateId: one });
    const deployment = type();
    await update(deployment, renamed, { domainName: DOMAIN, templateId: one });
    await destroy(deployment, old);
    expect(rules()).to.deep.equal([[DOMAIN, "", one]]);
  });

  it("keeps it through a refresh of the resource that is about to go, which is then deleted", async () => {
    const old = await create(type(), { domainName: DOMAIN, templateId: one });
    const deployment = type();
    const refreshed = await refresh(deployment, old);
    await deployment.diff(old.id, refreshed?.outs ?? {}, old.inputs);
    await destroy(deployment, old);
    expect(rules()).to.deep.equal([]);
  });

  it("swaps its domain with another binding, of the same template or of another one", async () => {
    const OTHER = "other.example.com";
    let first = await create(type(), { domainName: DOMAIN, templateId: one });
    let second = await create(type(), { domainName: OTHER, templateId: two });
    const swap = async (templates: [number, number]) => {
      const deployment = type();
      const news = [
        { ...first.inputs, domainName: second.inputs["domainName"], templateId: templates[0] },
        { ...second.inputs, domainName: first.inputs["domainName"], templateId: templates[1] },
      ] as const;
      await check(deployment, first.inputs, news[0]);
      await check(deployment, second.inputs, news[1]);
      const made = [await create(deployment, news[0]), await create(deployment, news[1])] as const;
      await destroy(deployment, first);
      await destroy(deployment, second);
      [first, second] = made;
    };
    await swap([one, two]);
    expect(rules()).to.have.deep.members([
      [OTHER, "", one],
      [DOMAIN, "", two],
    ]);
    await swap([two, one]);
    expect(rules()).to.have.deep.members([
      [DOMAIN, "", two],
      [OTHER, "", one],
    ]);
  });

  describe("whose other resource goes again", () => {
    const OTHER = "other.example.com";
    let keeping: Stored;
    let taking: Stored;
    /** A swap of two domains of which only the first half was made, before the program was reverted. */
    beforeEach(async () => {
      const first = await create(type(), { domainName: DOMAIN, templateId: one });
      keeping = await create(type(), { domainName: OTHER, templateId: two });
      const half = type();
      const inputs = await check(half, first.inputs, { domainName: OTHER, templateId: one });
      await check(half, keeping.inputs, { domainName: DOMAIN, templateId: two });
      taking = await create(half, inputs);
    });
    const reverted = async () => {
      const deployment = type();
      await update(deployment, keeping, { domainName: OTHER, templateId: two });
      return deployment;
    };

    it("is bound to the template that the program declares for it", async () => {
      await destroy(await reverted(), taking);
      expect(rules()).to.have.deep.members([
        [DOMAIN, "", one],
        [OTHER, "", two],
      ]);
    });

    it("is bound to it in the next run if that failed, also where it was not bound at all in between", async () => {
      cloud.addFault({
        kind: "error",
        action: "CreateLiveCallbackRule",
        code: "ResourceNotFound.FreezeService",
        times: 2,
      });
      const { message } = await rejection(destroy(await reverted(), taking));
      expect(message).to.match(
        /^cannot delete domain binding other.*putting back the rule for template \d+ failed too/,
      );
      expect(rules()).to.deep.equal([[DOMAIN, "", one]]);
      await destroy(await reverted(), taking);
      expect(rules()).to.deep.include([OTHER, "", two]);
    });

    it("is left alone while the template that the program declares for it is not known", async () => {
      const deployment = type();
      await check(deployment, keeping.inputs, { domainName: OTHER, templateId: UNKNOWN_SENTINEL });
      await destroy(deployment, taking);
      expect(rules()).to.deep.include([OTHER, "", one]);
    });

    it("is left alone where someone has pointed it elsewhere meanwhile", async () => {
      cloud.putRule({ DomainName: OTHER, TemplateId: three });
      await destroy(await reverted(), taking);
      expect(rules()).to.deep.include([OTHER, "", three]);
    });

    it("stays bound where the template that is declared for it does not exist", async () => {
      cloud.removeTemplate(two);
      const { message } = await rejection(destroy(await reverted(), taking));
      expect(message).to.contain(`there is no template ${two}; nothing was changed`);
      expect(rules()).to.deep.include([OTHER, "", one]);
    });
  });
});
