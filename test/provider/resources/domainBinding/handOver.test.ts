import { expect } from "chai";
import { UNKNOWN_SENTINEL } from "../../../../provider/hosts/dynamic/properties";
import {
  check,
  create,
  destroy,
  refresh,
  rejection,
  type Stored,
  update,
  useCloud,
  writesTo,
} from "../../../support/cloud";
import { DOMAIN, putTemplates, rulesIn } from "../../../support/provider/bindings";

/** A rule outlives its resource if another resource declares it. */
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

  it("keeps its rule when its resource is renamed", async () => {
    const old = await create(type(), { domainName: DOMAIN, templateId: one });
    const deployment = type();
    await create(deployment, { domainName: DOMAIN, templateId: one });
    await destroy(deployment, old);
    expect(rules()).to.deep.equal([[DOMAIN, "", one]]);
  });

  it("keeps its rule when a rename was killed between its create and its delete", async () => {
    const old = await create(type(), { domainName: DOMAIN, templateId: one });
    const renamed = await create(type(), { domainName: DOMAIN, templateId: one });
    const deployment = type();
    await update(deployment, renamed, { domainName: DOMAIN, templateId: one });
    await destroy(deployment, old);
    expect(rules()).to.deep.equal([[DOMAIN, "", one]]);
  });

  it("loses its rule when its only resource is removed in a run that refreshes", async () => {
    const old = await create(type(), { domainName: DOMAIN, templateId: one });
    const deployment = type();
    const refreshed = await refresh(deployment, old);
    await deployment.diff(old.id, refreshed?.outs ?? {}, old.inputs);
    await destroy(deployment, old);
    expect(rules()).to.deep.equal([]);
  });

  it("can be swapped with that of another binding, of the same template or another", async () => {
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

  describe("a key whose second resource is removed again", () => {
    const OTHER = "other.example.com";
    let keeping: Stored;
    let taking: Stored;
    /** Makes only the first half of a swap of two domains. The program is then reverted. */
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

    it("is bound to that template in the next run after a failure, even one that left it unbound", async () => {
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

    it("stays bound while the template that the program declares for it is unknown", async () => {
      const deployment = type();
      await check(deployment, keeping.inputs, { domainName: OTHER, templateId: UNKNOWN_SENTINEL });
      await destroy(deployment, taking);
      expect(rules()).to.deep.include([OTHER, "", one]);
    });

    it("keeps an out-of-band change to a third template", async () => {
      cloud.putRule({ DomainName: OTHER, TemplateId: three });
      await destroy(await reverted(), taking);
      expect(rules()).to.deep.include([OTHER, "", three]);
    });

    it("stays bound if the template that the program declares for it does not exist", async () => {
      cloud.removeTemplate(two);
      const { message } = await rejection(destroy(await reverted(), taking));
      expect(message).to.contain(`there is no template ${two}; nothing was changed`);
      expect(rules()).to.deep.include([OTHER, "", one]);
    });
  });

  it("keeps its rule without any write when its resource is renamed", async () => {
    const old = await create(type(), { domainName: DOMAIN, templateId: one });
    cloud.reset({ calls: true });
    const deployment = type();
    await create(deployment, { domainName: DOMAIN, templateId: one });
    await destroy(deployment, old);
    expect(writesTo(cloud)).to.deep.equal([]);
  });
});
