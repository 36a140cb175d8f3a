import { expect } from "chai";
import { type Clock, systemClock } from "../../../../provider/api/clock";
import {
  check,
  create,
  type Deployment,
  destroy,
  rejection,
  type Stored,
  update,
  useCloud,
  type Values,
} from "../../../support/cloud";
import { DOMAIN, HOOKS, rulesIn } from "../../../support/provider/bindings";

const OTHER = "other.example.com";
const THIRD = "third.example.com";

/** The engine creates resources while it still checks others. */
describe("the rule of a binding that another resource gives up later in the update", () => {
  const cloud = useCloud();
  let templates: Stored[];
  let first: Stored;
  let second: Stored;
  let one: number;
  let two: number;
  beforeEach(async () => {
    const { callbackTemplate, domainBinding } = cloud.deployment();
    const url = { streamBeginNotifyUrl: HOOKS.StreamBeginNotifyUrl };
    templates = [
      await create(callbackTemplate, { templateName: "one", ...url }),
      await create(callbackTemplate, { templateName: "two", ...url }),
    ];
    [one, two] = templates.map(({ outs }) => outs["templateId"] as number) as [number, number];
    first = await create(domainBinding, { domainName: DOMAIN, templateId: one });
    second = await create(domainBinding, { domainName: OTHER, templateId: two });
  });

  /**
   * Starts a deployment that has compared the templates, and whose waits of several seconds last as long as
   * `meanwhile`.
   */
  async function deployment(meanwhile: () => Promise<unknown>, waits: number[] = []): Promise<Deployment> {
    const sleep: Clock["sleep"] = async (ms, signal) => {
      if (ms < 1_000) return systemClock.sleep(ms, signal);
      waits.push(ms);
      await meanwhile();
      if (signal?.aborted) waits.push(0);
    };
    const started = cloud.deployment({}, { clock: { ...systemClock, sleep } });
    for (const template of templates) await update(started.callbackTemplate, template, template.inputs);
    return started;
  }

  it("is moved to a new binding as soon as the engine checks the resource that gives it up", async () => {
    const waits: number[] = [];
    let news: Values = {};
    const started: Deployment = await deployment(async () => {
      news = await check(started.domainBinding, second.inputs, { domainName: THIRD, templateId: two });
    }, waits);
    await create(started.domainBinding, { domainName: OTHER, templateId: one });
    expect(waits, "a wait that the check ended").to.deep.equal([5_000, 0]);
    await create(started.domainBinding, news);
    for (const old of [first, second]) await destroy(started.domainBinding, old);
    expect(rulesIn(cloud)).to.have.deep.members([
      [OTHER, "", one],
      [THIRD, "", two],
    ]);
  });

  it("is not moved if no resource gives it up within 5 s", async () => {
    const waits: number[] = [];
    const started = await deployment(async () => undefined, waits);
    const { message } = await rejection(create(started.domainBinding, { domainName: OTHER, templateId: one }));
    expect(message).to.contain("code=Provider.AlreadyBound");
    expect(waits).to.deep.equal([5_000]);
  });

  it("is not awaited if its resource keeps it, or if its template is not of this stack", async () => {
    const started = await deployment(() => expect.fail("a wait"));
    const foreign = cloud.putTemplate({ TemplateName: "foreign", ...HOOKS }).TemplateId;
    cloud.putRule({ DomainName: THIRD, TemplateId: foreign });
    await update(started.domainBinding, second, { domainName: OTHER, templateId: two });
    for (const domainName of [OTHER, THIRD]) {
      const refused = rejection(started.domainBinding.create({ domainName, templateId: one }));
      expect((await refused).message).to.contain("code=Provider.AlreadyBound");
    }
  });
});
