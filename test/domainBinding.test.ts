import { expect } from "chai";
import {
  type Cloud,
  check,
  create,
  destroy,
  refresh,
  rejection,
  type Stored,
  startCloud,
  update,
} from "./support/cloud";

const HOOKS = { StreamBeginNotifyUrl: "https://hooks.example.com" };
const DOMAIN = "push.example.com";

describe("the life of a domain binding", () => {
  let cloud: Cloud;
  let one: number;
  let two: number;
  let three: number;
  beforeEach(async () => {
    cloud = await startCloud();
    [one, two, three] = ["one", "two", "three"].map(
      (TemplateName) => cloud.putTemplate({ TemplateName, ...HOOKS }).TemplateId,
    ) as [number, number, number];
  });
  afterEach(() => cloud.close());

  const type = () => cloud.deployment().domainBinding;
  const rules = () =>
    cloud.state().rules.map(({ DomainName, AppName, TemplateId }) => [DomainName, AppName, TemplateId]);

  it("is created, unchanged by a refresh, and deleted", async () => {
    const now = Date.parse("2026-11-22T20:00:00Z");
    const clocked = await startCloud({ clock: () => now });
    try {
      const { TemplateId } = clocked.putTemplate({ TemplateName: "one", ...HOOKS });
      const deployment = () => clocked.deployment({}, { now: () => now }).domainBinding;
      const stored = await create(deployment(), { domainName: "PUSH.Example.com.", templateId: String(TemplateId) });
      expect(stored.id).to.equal(DOMAIN);
      expect(stored.outs).to.deep.include({
        domainName: DOMAIN,
        appName: "",
        templateId: TemplateId,
        createTime: "2026-11-23T04:00:00+08:00",
        updateTime: "2026-11-23T04:00:00+08:00",
      });
      expect(await refresh(deployment(), stored)).to.deep.equal(stored);
      await destroy(deployment(), stored);
      expect(clocked.state().rules).to.deep.equal([]);
    } finally {
      await clocked.close();
    }
  });

  it("is apart from the bindings of other apps on its domain", async () => {
    const bindings: Stored[] = [];
    for (const [appName, templateId] of [
      ["", one],
      ["live", two],
      ["Live", three],
    ] as const) {
      bindings.push(await create(type(), { domainName: DOMAIN, appName, templateId }));
    }
    expect(bindings.map(({ id }) => id)).to.deep.equal([DOMAIN, `${DOMAIN}/live`, `${DOMAIN}/Live`]);
    await update(type(), bindings[1] as Stored, { domainName: DOMAIN, appName: "live", templateId: three });
    await destroy(type(), bindings[0] as Stored);
    expect(rules()).to.have.deep.members([
      [DOMAIN, "live", three],
      [DOMAIN, "Live", three],
    ]);
  });

  it("takes a rule that points to its template already as its own", async () => {
    cloud.putRule({ DomainName: DOMAIN, TemplateId: one });
    await create(type(), { domainName: DOMAIN, templateId: one });
    expect(cloud.calls()).to.not.have.property("CreateLiveCallbackRule");
  });

  it("never takes a domain over silently, only with adopt", async () => {
    cloud.putRule({ DomainName: DOMAIN, TemplateId: two });
    const error = await rejection(create(type(), { domainName: DOMAIN, templateId: one }));
    expect(error.message).to.equal(
      `cannot create domain binding ${DOMAIN}: ${DOMAIN} is bound to template ${two} already. ` +
        "Unbind it there, or set adopt: true to move it to this template. " +
        "(code=Provider.AlreadyBound action=none requestId=none retryable=false)",
    );
    expect(rules()).to.deep.equal([[DOMAIN, "", two]]);
    await create(type(), { domainName: DOMAIN, templateId: one, adopt: true });
    expect(rules()).to.deep.equal([[DOMAIN, "", one]]);
  });

  describe("bound to another template", () => {
    const MOVED = () => ({ domainName: DOMAIN, templateId: two });
    let stored: Stored;
    beforeEach(async () => {
      stored = await create(type(), { domainName: DOMAIN, templateId: one });
      cloud.reset({ calls: true });
    });

    it("changes in place: the old rule goes and the new one comes at once", async () => {
      const moved = await update(type(), stored, MOVED());
      expect(rules()).to.deep.equal([[DOMAIN, "", two]]);
      expect(moved.outs["templateId"]).to.equal(two);
      const writes = cloud
        .callRecord()
        .map(({ action }) => action)
        .filter((action) => !action.startsWith("Describe"));
      expect(writes).to.deep.equal(["DeleteLiveCallbackRule", "CreateLiveCallbackRule"]);
    });

    it("is a difference of the template only, without a replacement", async () => {
      const inputs = await check(type(), stored.inputs, MOVED());
      expect(await type().diff(stored.id, stored.outs, inputs)).to.deep.equal({ replaces: [] });
    });

    it("deletes nothing if the new template does not exist", async () => {
      cloud.removeTemplate(two);
      const error = await rejection(update(type(), stored, MOVED()));
      expect(error.message).to.contain(`there is no template ${two}; nothing was changed`);
      expect(rules()).to.deep.equal([[DOMAIN, "", one]]);
    });

    it("is done where the rule points there already, and creates where there is none", async () => {
      cloud.putRule({ DomainName: DOMAIN, TemplateId: two });
      await update(type(), stored, MOVED());
      expect(cloud.calls()).to.not.have.any.keys("DeleteLiveCallbackRule", "CreateLiveCallbackRule");
      cloud.removeRule(DOMAIN);
      await update(type(), stored, MOVED());
      expect(rules()).to.deep.equal([[DOMAIN, "", two]]);
    });

    it("does not touch a rule that someone has pointed to a third template, unless it adopts", async () => {
      cloud.putRule({ DomainName: DOMAIN, TemplateId: three });
      const error = await rejection(update(type(), stored, MOVED()));
      expect(error.message).to.contain(`bound to template ${three} already`);
      expect(rules()).to.deep.equal([[DOMAIN, "", three]]);
      await update(type(), stored, { ...MOVED(), adopt: true });
      expect(rules()).to.deep.equal([[DOMAIN, "", two]]);
    });

    it("puts the old rule back if the new one cannot be made, and tells both", async () => {
      cloud.addFault({ kind: "error", action: "CreateLiveCallbackRule", code: "ResourceNotFound.FreezeService" });
      const error = await rejection(update(type(), stored, MOVED()));
      expect(error.message).to.contain(`the rule for template ${one} was put back`);
      expect(error.message).to.contain("code=ResourceNotFound.FreezeService action=CreateLiveCallbackRule");
      expect(error).to.not.have.property("id");
      expect(rules()).to.deep.equal([[DOMAIN, "", one]]);
    });

    it("records that nothing is bound if that fails too; the next update binds, even of a reverted program", async () => {
      const fault = {
        kind: "error",
        action: "CreateLiveCallbackRule",
        code: "ResourceNotFound.FreezeService",
      } as const;
      cloud.addFault({ ...fault, times: 2 });
      const error = await rejection(update(type(), stored, MOVED()));
      expect(error.message).to.contain(`putting back the rule for template ${one} failed too`);
      expect(error.message).to.contain(`${DOMAIN} is not bound now`);
      expect(error).to.deep.include({ id: DOMAIN, properties: stored.outs });
      await type().update(stored.id, error["properties"], { ...stored.inputs });
      expect(rules()).to.deep.equal([[DOMAIN, "", one]]);
    });

    for (const action of ["DeleteLiveCallbackRule", "CreateLiveCallbackRule"] as const) {
      for (const applied of [true, false]) {
        it(`goes through when an answer to ${action} is lost, ${applied ? "after" : "before"} its effect`, async () => {
          cloud.addFault({ kind: "reset", action, applied });
          await update(type(), stored, MOVED());
          expect(rules()).to.deep.equal([[DOMAIN, "", two]]);
        });
      }
    }
  });

  describe("deleted", () => {
    it("succeeds when the rule is gone, and leaves one that points elsewhere", async () => {
      const stored = await create(type(), { domainName: DOMAIN, templateId: one });
      cloud.putRule({ DomainName: DOMAIN, TemplateId: two });
      await destroy(type(), stored);
      expect(rules()).to.deep.equal([[DOMAIN, "", two]]);
      cloud.removeRule(DOMAIN);
      await destroy(type(), stored);
      expect(cloud.calls()).to.not.have.property("DeleteLiveCallbackRule");
    });

    it("is refreshed away when the rule was deleted behind its back", async () => {
      const stored = await create(type(), { domainName: DOMAIN, templateId: one });
      cloud.removeRule(DOMAIN);
      expect(await refresh(type(), stored)).to.equal(undefined);
    });

    it("looks again before it sends a delete again: someone may have bound the domain meanwhile", async () => {
      const stored = await create(type(), { domainName: DOMAIN, templateId: one });
      cloud.addFault({ kind: "reset", action: "DeleteLiveCallbackRule", applied: true });
      await destroy(type(), stored);
      expect(cloud.calls()).to.include({ DeleteLiveCallbackRule: 1, DescribeLiveCallbackRules: 3 });
    });
  });

  describe("declared under another name", () => {
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
        expect(error.message).to.equal(`another resource of this program binds ${DOMAIN} already`);
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

  it("moves to a template that was made a moment ago, which a list may not show yet", async () => {
    const stored = await create(type(), { domainName: DOMAIN, templateId: one });
    const args = { templateName: "four", streamBeginNotifyUrl: "https://hooks.example.com" };
    const four = await create(cloud.deployment().callbackTemplate, args);
    cloud.addFault({ kind: "stale", action: "DescribeLiveCallbackTemplates", writes: 1 });
    await update(type(), stored, { domainName: DOMAIN, templateId: four.id });
    expect(rules()).to.deep.equal([[DOMAIN, "", Number(four.id)]]);
  });

  it("tells of a template that does not exist which one it was", async () => {
    const error = await rejection(create(type(), { domainName: DOMAIN, templateId: 77 }));
    expect(error.message).to.contain("it was to be bound to template 77").and.contain("ConfNotFound");
  });

  it("refuses an id that is none", async () => {
    const error = await rejection(type().read("https://push.example.com", {}));
    expect(error.message).to.contain(
      'the id must be domainName or domainName/appName; given: "https://push.example.com"',
    );
  });
});

describe("the domain of a binding", () => {
  const domains = [
    { name: DOMAIN },
    { name: "play.example.com", type: 1 as const },
    { name: "off.example.com", status: 0 as const },
    { name: "delayed.example.com", isDelayLive: 1 as const },
  ];
  let cloud: Cloud;
  let templateId: number;
  beforeEach(async () => {
    cloud = await startCloud({ domains, dialect: { bindChecksDomain: "nothing" } });
    templateId = cloud.putTemplate({ TemplateName: "one", ...HOOKS }).TemplateId;
  });
  afterEach(() => cloud.close());

  const bind = (domainName: string, config = {}) =>
    create(cloud.deployment(config).domainBinding, { domainName, templateId });

  for (const [domainName, problem] of [
    ["play.example.com", "is a play domain, not a push domain"],
    ["off.example.com", "is disabled"],
    ["unknown.example.com", "is not a live domain of this account"],
  ] as const) {
    it(`is refused before anything is written when it ${problem}`, async () => {
      const error = await rejection(bind(domainName));
      expect(error.message).to.contain(`${domainName} ${problem}`).and.contain("verifyDomains");
      expect(cloud.calls()).to.not.have.property("CreateLiveCallbackRule");
    });
  }

  it("may be one for delayed live, which the list leaves out", async () => {
    await bind("delayed.example.com");
    expect(cloud.calls()).to.include({ DescribeLiveDomain: 1, CreateLiveCallbackRule: 1 });
  });

  it("is looked up once for all bindings", async () => {
    const { domainBinding } = cloud.deployment();
    const apps = ["a", "b", "c", "d"];
    await Promise.all(apps.map((appName) => create(domainBinding, { domainName: DOMAIN, appName, templateId })));
    expect(cloud.calls()).to.deep.equal({
      DescribeLiveDomains: 1,
      DescribeLiveCallbackRules: 1,
      CreateLiveCallbackRule: 4,
    });
  });

  it("is not looked up with verifyDomains off", async () => {
    await bind("unknown.example.com", { "tencentcloud-live:verifyDomains": "false" });
    expect(cloud.calls()).to.not.have.any.keys("DescribeLiveDomains", "DescribeLiveDomain");
  });

  it("passes when the credentials may not list domains", async () => {
    cloud.addFault({
      kind: "error",
      code: "AuthFailure.UnauthorizedOperation",
      action: "DescribeLiveDomains",
      times: "always",
    });
    await bind("unknown.example.com");
    expect(cloud.calls().CreateLiveCallbackRule).to.equal(1);
  });

  it("passes when the account's list is empty", async () => {
    const empty = await startCloud({ dialect: { emptyDomainList: "error", bindChecksDomain: "nothing" } });
    try {
      const { TemplateId } = empty.putTemplate({ TemplateName: "one", ...HOOKS });
      await create(empty.deployment().domainBinding, { domainName: DOMAIN, templateId: TemplateId });
      expect(empty.state().rules).to.have.length(1);
    } finally {
      await empty.close();
    }
  });
});
