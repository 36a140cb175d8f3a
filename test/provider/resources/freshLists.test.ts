import { expect } from "chai";
import { systemClock } from "../../../provider/api/clock";
import { clockAt, VirtualClock } from "../../support/clock";
import {
  create,
  type Deployment,
  destroy,
  refresh,
  rejection,
  type Stored,
  startCloud,
  update,
  useCloud,
} from "../../support/cloud";

const URL = "https://hooks.example.com/live";
const ARGS = { templateName: "hooks", streamBeginNotifyUrl: URL };
const DOMAIN = "push.example.com";

/**
 * The lists that all resources share may be ten seconds old. In each test, a deployment reads them, a
 * colleague then changes the cloud, and an operation must not rely on the lists that were read.
 */
describe("an operation after an out-of-band change of a list", () => {
  const cloud = useCloud();
  let deployment: Deployment;
  let one: number;
  let two: number;
  beforeEach(() => {
    [one, two] = ["one", "two"].map((name) => put(name)) as [number, number];
    cloud.putRule({ DomainName: "other.example.com", TemplateId: one });
    // The clock advances only in waits, so that no list expires on its own.
    deployment = cloud.deployment({ "tencentcloud-live:inUseTimeoutSeconds": "0.2" }, { clock: new VirtualClock() });
  });

  const put = (TemplateName: string) => cloud.putTemplate({ TemplateName, StreamBeginNotifyUrl: URL }).TemplateId;
  const ids = () => cloud.state().templates.map(({ TemplateId }) => TemplateId);
  const ruleOf = (domain = DOMAIN) => cloud.state().rules.find(({ DomainName }) => DomainName === domain)?.TemplateId;
  const readLists = async () => {
    await deployment.callbackTemplate.read(String(one), {});
    await deployment.domainBinding.read("other.example.com", {});
    cloud.reset({ calls: true });
  };
  const bound = (templateId = one): Promise<Stored> =>
    create(cloud.deployment().domainBinding, { domainName: DOMAIN, templateId });

  describe("an operation on a template", () => {
    it("creates a template again that was to be taken over and was deleted", async () => {
      const gone = put("hooks");
      await readLists();
      cloud.removeTemplate(gone);
      const { id } = await create(deployment.callbackTemplate, ARGS);
      expect(ids()).to.deep.equal([one, two, Number(id)]);
    });

    it("does not take over a template that was bound", async () => {
      const TemplateId = put("hooks");
      await readLists();
      cloud.putRule({ DomainName: DOMAIN, TemplateId });
      const error = await rejection(create(deployment.callbackTemplate, ARGS));
      expect(error.message).to.contain(`it is bound to ${DOMAIN}`);
    });

    it("adopts a template that was just created", async () => {
      await readLists();
      const TemplateId = put("hooks");
      const stored = await create(deployment.callbackTemplate, { ...ARGS, adopt: true });
      expect(stored.id).to.equal(String(TemplateId));
    });

    it("reads a new template from a fresh list, even if a request for its id does not find it", async () => {
      await readLists();
      const TemplateId = put("hooks");
      cloud.addFault({ kind: "error", code: "InternalError.ConfNotFound", action: "DescribeLiveCallbackTemplate" });
      const { id } = await deployment.callbackTemplate.read(String(TemplateId), {});
      expect(id).to.equal(String(TemplateId));
    });

    it("deletes a template that was unbound", async () => {
      const stored = await create(cloud.deployment().callbackTemplate, ARGS);
      cloud.putRule({ DomainName: DOMAIN, TemplateId: Number(stored.id) });
      await readLists();
      cloud.removeRule(DOMAIN);
      await destroy(deployment.callbackTemplate, stored);
      expect(ids()).to.deep.equal([one, two]);
    });

    it("reports the domain to which a template is now bound", async () => {
      const stored = await create(cloud.deployment().callbackTemplate, ARGS);
      const impatient = cloud.deployment({ "tencentcloud-live:inUseTimeoutSeconds": "0" });
      const TemplateId = Number(stored.id);
      cloud.putRule({ DomainName: DOMAIN, TemplateId });
      await impatient.domainBinding.read(DOMAIN, {});
      cloud.removeRule(DOMAIN);
      cloud.putRule({ DomainName: "late.example.com", TemplateId });
      const error = await rejection(destroy(impatient.callbackTemplate, stored));
      expect(error.message).to.contain("it is still bound to late.example.com, after 0 s");
    });
  });

  describe("an operation on a binding", () => {
    it("reads a rule that was created", async () => {
      await readLists();
      cloud.putRule({ DomainName: DOMAIN, TemplateId: two });
      const { props } = await deployment.domainBinding.read(DOMAIN, {});
      expect(props).to.include({ templateId: two });
    });

    it("creates a rule again that was deleted", async () => {
      cloud.putRule({ DomainName: DOMAIN, TemplateId: one });
      await readLists();
      cloud.removeRule(DOMAIN);
      await create(deployment.domainBinding, { domainName: DOMAIN, templateId: one });
      expect(ruleOf()).to.equal(one);
    });

    it("creates a rule in place of a deleted rule to another template", async () => {
      cloud.putRule({ DomainName: DOMAIN, TemplateId: two });
      await readLists();
      cloud.removeRule(DOMAIN);
      await create(deployment.domainBinding, { domainName: DOMAIN, templateId: one });
      expect(ruleOf()).to.equal(one);
    });

    it("keeps a rule that was moved to another template", async () => {
      const stored = await bound();
      await readLists();
      const three = put("three");
      cloud.putRule({ DomainName: DOMAIN, TemplateId: three });
      const error = await rejection(update(deployment.domainBinding, stored, { domainName: DOMAIN, templateId: two }));
      expect(error.message).to.contain(`is already bound to template ${three}`);
      expect(ruleOf()).to.equal(three);
    });

    it("keeps a rule that was to be moved to a deleted template", async () => {
      const stored = await bound();
      await readLists();
      cloud.removeTemplate(two);
      const error = await rejection(update(deployment.domainBinding, stored, { domainName: DOMAIN, templateId: two }));
      expect(error.message).to.contain(`there is no template ${two}; nothing was changed`);
      expect(cloud.calls()).to.not.have.property("DeleteLiveCallbackRule");
    });

    it("finds a rule that was moved although the response reported a failure", async () => {
      const stored = await bound();
      cloud.addFault({ kind: "status", status: 403, action: "CreateLiveCallbackRule", applied: true });
      cloud.addFault({ kind: "status", status: 403, action: "CreateLiveCallbackRule" });
      const moved = await update(deployment.domainBinding, stored, { domainName: DOMAIN, templateId: two });
      expect(ruleOf()).to.equal(two);
      expect(await refresh(cloud.deployment().domainBinding, moved)).to.deep.include({ inputs: moved.inputs });
    });

    it("keeps a rule that points elsewhere by the time its delete is retried", async () => {
      const stored = await bound();
      // The colleague changes the rule before the second attempt.
      const sleep = async () => void cloud.putRule({ DomainName: DOMAIN, TemplateId: two });
      deployment = cloud.deployment({}, { clock: { ...systemClock, sleep } });
      await readLists();
      cloud.addFault({ kind: "reset", action: "DeleteLiveCallbackRule", applied: true });
      await destroy(deployment.domainBinding, stored);
      expect(cloud.calls().DeleteLiveCallbackRule).to.equal(1);
      expect(ruleOf()).to.equal(two);
    });

    it("accepts a duplicate rule to the same template, and rejects one to another template", async () => {
      await readLists();
      cloud.putRule({ DomainName: DOMAIN, TemplateId: one });
      cloud.putRule({ DomainName: "late.example.com", TemplateId: two });
      await create(deployment.domainBinding, { domainName: DOMAIN, templateId: one });
      const taken = { domainName: "late.example.com", templateId: one };
      const error = await rejection(create(deployment.domainBinding, taken));
      expect(error.message).to.contain(`late.example.com is already bound to template ${two}`);
      expect(error.message).to.contain("code=Provider.AlreadyBound");
      expect(ruleOf("late.example.com")).to.equal(two);
    });
  });
});

describe("a delete whose list of rules is older than 2 s", () => {
  const cloud = useCloud();
  let now: number;
  let deployment: Deployment;
  let stored: { template: Stored; binding: Stored };
  beforeEach(async () => {
    now = Date.now();
    const { callbackTemplate, domainBinding } = cloud.deployment();
    const template = await create(callbackTemplate, ARGS);
    const binding = await create(domainBinding, { domainName: DOMAIN, templateId: Number(template.id) });
    stored = { template, binding };
    deployment = cloud.deployment({ "tencentcloud-live:inUseTimeoutSeconds": "0" }, { clock: clockAt(() => now) });
    await refresh(deployment.domainBinding, binding);
    await refresh(deployment.callbackTemplate, template);
    cloud.reset({ calls: true });
  });

  it("keeps a rule that now points elsewhere", async () => {
    const { TemplateId } = cloud.putTemplate({ TemplateName: "elsewhere" });
    cloud.putRule({ DomainName: DOMAIN, TemplateId });
    now += 2_000;
    await destroy(deployment.domainBinding, stored.binding);
    expect(cloud.state().rules.map((rule) => rule.TemplateId)).to.deep.equal([TemplateId]);
  });

  it("keeps a template that is now bound, even if the API would delete it", async () => {
    const lax = await startCloud({ dialect: { inUseEnforced: false } });
    try {
      const template = await create(lax.deployment().callbackTemplate, ARGS);
      const config = { "tencentcloud-live:inUseTimeoutSeconds": "0" };
      const later = lax.deployment(config, { clock: clockAt(() => now) });
      await later.domainBinding.read("a.example.com", {}).catch(() => undefined);
      lax.putRule({ DomainName: DOMAIN, TemplateId: Number(template.id) });
      now += 2_000;
      expect((await rejection(destroy(later.callbackTemplate, template))).message).to.contain(`bound to ${DOMAIN}`);
      expect(lax.state().templates).to.have.length(1);
    } finally {
      await lax.close();
    }
  });

  it("fetches one list for all deletes of the next 2 s", async () => {
    now += 1_999;
    await destroy(deployment.domainBinding, stored.binding);
    expect(cloud.calls()).to.deep.equal({ DeleteLiveCallbackRule: 1 });
    now += 1;
    await destroy(deployment.callbackTemplate, stored.template);
    expect(cloud.calls()).to.include({ DescribeLiveCallbackRules: 1, DeleteLiveCallbackTemplate: 1 });
  });
});
