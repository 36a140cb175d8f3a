import { expect } from "chai";
import { clockAt } from "../../support/clock";
import { create, type Deployment, destroy, refresh, type Stored, update, useCloud } from "../../support/cloud";
import { MINIMAL } from "../../support/provider/callbackTemplates";

const N = 25;

/** Deployments of N templates with one binding each, in the engine's order, on a stopped clock. */
describe("the API calls of N templates and N bindings", () => {
  const cloud = useCloud({ domains: [{ name: "push.example.com" }], rateLimits: false });
  const names = Array.from({ length: N }, (_, index) => `hooks-${index}`);
  let now: number;
  beforeEach(() => {
    now = Date.now();
  });

  const deployment = (): Deployment => cloud.deployment({}, { clock: clockAt(() => now) });
  const argsOf = (templateName: string) => ({ ...MINIMAL, templateName });
  const bindingOf = (appName: string, templateId: string) => ({ domainName: "push.example.com", appName, templateId });

  interface Pair {
    template: Stored;
    binding: Stored;
  }

  /** Creates all pairs. `passing` is the time between two pairs, in milliseconds. */
  async function up(passing = 0): Promise<Pair[]> {
    const { callbackTemplate, domainBinding } = deployment();
    const pairs: Pair[] = [];
    for (const name of names) {
      const template = await create(callbackTemplate, argsOf(name));
      pairs.push({ template, binding: await create(domainBinding, bindingOf(name, template.id)) });
      now += passing;
    }
    return pairs;
  }

  const total = () => Object.values(cloud.calls()).reduce((sum, count) => sum + count, 0);

  it("are two per pair and four in total in an up: two lists, the domains and the account", async () => {
    await up();
    expect(cloud.calls()).to.deep.equal({
      CreateLiveCallbackTemplate: N,
      CreateLiveCallbackRule: N,
      DescribeLiveCallbackTemplates: 1,
      DescribeLiveCallbackRules: 1,
      DescribeLiveDomains: 1,
      GetCallerIdentity: 1,
    });
  });

  it("include each list once more for every further 10 s of an up", async () => {
    await up(1_000);
    expect(total()).to.equal(2 * N + 4 + 2 * 2);
  });

  it("are none in a no-op update and two in a refresh", async () => {
    const pairs = await up();
    cloud.reset({ calls: true });
    const { callbackTemplate, domainBinding } = deployment();
    for (const { template, binding } of pairs) {
      await update(callbackTemplate, template, template.inputs);
      await update(domainBinding, binding, binding.inputs);
    }
    expect(total()).to.equal(0);
    for (const { template, binding } of pairs) {
      await refresh(callbackTemplate, template);
      await refresh(domainBinding, binding);
    }
    expect(cloud.calls()).to.deep.equal({ DescribeLiveCallbackTemplates: 1, DescribeLiveCallbackRules: 1 });
  });

  it("are two per pair and one in total in a destroy, and one list of rules for every 2 s of it", async () => {
    const destroyAll = async (passing: number) => {
      const pairs = await up();
      cloud.reset({ calls: true });
      const { callbackTemplate, domainBinding } = deployment();
      for (const { binding } of pairs) {
        await destroy(domainBinding, binding);
        now += passing;
      }
      for (const { template } of pairs) await destroy(callbackTemplate, template);
      return total();
    };
    expect(await destroyAll(0)).to.equal(2 * N + 1);
    expect(await destroyAll(500)).to.equal(2 * N + 1 + 6);
  });
});
