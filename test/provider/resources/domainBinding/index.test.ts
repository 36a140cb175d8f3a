import { expect } from "chai";
import { UNKNOWN_SENTINEL } from "../../../../provider/hosts/dynamic/properties";
import { clockAt } from "../../../support/clock";
import { create, destroy, refresh, rejection, type Stored, startCloud, update, useCloud } from "../../../support/cloud";
import { DOMAIN, HOOKS, putTemplates, rulesIn } from "../../../support/provider/bindings";

describe("a domain binding", () => {
  const cloud = useCloud();
  let one: number;
  let two: number;
  let three: number;
  beforeEach(() => {
    [one, two, three] = putTemplates(cloud);
  });

  const type = () => cloud.deployment().domainBinding;
  const rules = () => rulesIn(cloud);

  it("is created, unchanged by a refresh, and deleted (L1, L4, L10)", async () => {
    const now = Date.parse("2026-11-22T20:00:00Z");
    const clocked = await startCloud({ clock: () => now });
    try {
      const { TemplateId } = clocked.putTemplate({ TemplateName: "one", ...HOOKS });
      const deployment = () => clocked.deployment({}, { clock: clockAt(() => now) }).domainBinding;
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

  it("is independent of the bindings of other apps on its domain", async () => {
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

  it("takes over a rule that already points to its template (L17, C5)", async () => {
    cloud.putRule({ DomainName: DOMAIN, TemplateId: one });
    await create(type(), { domainName: DOMAIN, templateId: one });
    expect(cloud.calls()).to.not.have.property("CreateLiveCallbackRule");
  });

  it("takes over a domain that is bound to another template only with adopt (L17)", async () => {
    cloud.putRule({ DomainName: DOMAIN, TemplateId: two });
    const error = await rejection(create(type(), { domainName: DOMAIN, templateId: one }));
    expect(error.message).to.equal(
      `cannot create domain binding ${DOMAIN}: ${DOMAIN} is already bound to template ${two}. ` +
        "To move the domain to this template, unbind it there, or set adopt: true. " +
        "If you renamed or moved a resource of this stack, give it the option " +
        'aliases: [{ name: "<old name>", parent: <old parent> }]; leave out what did not change. ' +
        "(code=Provider.AlreadyBound action=none requestId=none retryable=false)",
    );
    expect(rules()).to.deep.equal([[DOMAIN, "", two]]);
    await create(type(), { domainName: DOMAIN, templateId: one, adopt: true });
    expect(rules()).to.deep.equal([[DOMAIN, "", one]]);
  });

  it("is created in one of two stacks that bind a domain concurrently, and rejected in the other (C12)", async () => {
    const outcomes = await Promise.allSettled(
      [one, two].map((templateId) => create(type(), { domainName: DOMAIN, appName: "live", templateId })),
    );
    const [[, , holder] = []] = rules();
    expect(rules()).to.deep.equal([[DOMAIN, "live", holder]]);
    const [rejected, ...others] = outcomes.filter((outcome) => outcome.status === "rejected");
    expect(others).to.deep.equal([]);
    expect(rejected?.reason.message)
      .to.contain(`${DOMAIN}/live is already bound to template ${holder}. `)
      .and.contain("unbind it there, or set adopt: true");
  });

  describe("the comparison of a binding with its state", () => {
    const differs = async (news: object) => {
      const stored = await create(type(), { domainName: DOMAIN, templateId: one });
      return type().diff(stored.id, stored.outs, { ...stored.inputs, ...news });
    };

    it("finds no difference between an absent app and an empty one", async () => {
      expect(await differs({ appName: "" })).to.deep.equal({ changes: false });
      expect(await differs({ appName: undefined })).to.deep.equal({ changes: false });
      const whole = { domainName: DOMAIN, templateId: one };
      expect(await type().diff(DOMAIN, whole, { ...whole, appName: "" })).to.deep.equal({ changes: false });
    });

    it("requires a replacement for another domain or app, but not for an unknown one (L8, P2)", async () => {
      expect(await differs({ domainName: "b.example.com" })).to.deep.equal({ replaces: ["domainName"] });
      expect(await differs({ appName: "live" })).to.deep.equal({ replaces: ["appName"] });
      expect(await differs({ domainName: UNKNOWN_SENTINEL, appName: UNKNOWN_SENTINEL })).to.deep.equal({
        replaces: [],
      });
    });
  });

  describe("a read of a binding", () => {
    it("keeps adopt, so that a refresh shows no change", async () => {
      cloud.putRule({ DomainName: DOMAIN, AppName: "live", TemplateId: two });
      const stored = await create(type(), { domainName: DOMAIN, appName: "live", templateId: one, adopt: true });
      const refreshed = await refresh(type(), stored);
      expect(refreshed?.inputs).to.deep.equal(stored.inputs).and.to.include({ adopt: true, appName: "live" });
      expect(refreshed?.outs).to.include({ adopt: true, appName: "live" });
    });

    it("needs one list for all bindings", async () => {
      const all: Stored[] = [];
      for (const appName of ["a", "b", "c"])
        all.push(await create(type(), { domainName: DOMAIN, appName, templateId: one }));
      cloud.reset({ calls: true });
      const deployment = type();
      for (const stored of all) expect((await refresh(deployment, stored))?.id).to.equal(stored.id);
      expect(cloud.calls()).to.deep.equal({ DescribeLiveCallbackRules: 1 });
    });

    it("returns every input that a program would declare, with only an id (L18)", async () => {
      cloud.putRule({ DomainName: DOMAIN, TemplateId: two });
      expect((await type().read(DOMAIN, {})).inputs).to.deep.equal({ domainName: DOMAIN, templateId: two });
    });

    for (const appNameEmptyReads of ["empty", "null", "missing", "star"] as const) {
      it(`finds the rule of a whole domain if the API lists its app as ${appNameEmptyReads}`, async () => {
        const other = await startCloud({ dialect: { appNameEmptyReads } });
        try {
          const { TemplateId } = other.putTemplate({ TemplateName: "one", ...HOOKS });
          const stored = await create(other.deployment().domainBinding, { domainName: DOMAIN, templateId: TemplateId });
          expect((await refresh(other.deployment().domainBinding, stored))?.inputs).to.deep.equal(stored.inputs);
          await destroy(other.deployment().domainBinding, stored);
          expect(other.state().rules).to.deep.equal([]);
        } finally {
          await other.close();
        }
      });
    }

    for (const listed of ["PUSH.Example.COM", "push.example.com."]) {
      it(`finds a domain that the API lists as ${listed}`, async () => {
        cloud.putRule({ DomainName: listed, TemplateId: two });
        expect((await type().read(DOMAIN, {})).inputs).to.deep.equal({ domainName: DOMAIN, templateId: two });
        const error = await rejection(create(type(), { domainName: DOMAIN, templateId: one }));
        expect(error.message).to.contain(`is already bound to template ${two}`);
      });
    }
  });

  describe("a delete of a binding", () => {
    it("succeeds if the rule does not exist, and keeps a rule that points elsewhere (L12, L14)", async () => {
      const stored = await create(type(), { domainName: DOMAIN, templateId: one });
      cloud.putRule({ DomainName: DOMAIN, TemplateId: two });
      await destroy(type(), stored);
      expect(rules()).to.deep.equal([[DOMAIN, "", two]]);
      cloud.removeRule(DOMAIN);
      await destroy(type(), stored);
      expect(cloud.calls()).to.not.have.property("DeleteLiveCallbackRule");
    });

    it("succeeds if the rule is deleted after the list was read", async () => {
      const stored = await create(type(), { domainName: DOMAIN, templateId: one });
      const deployment = type();
      await refresh(deployment, stored);
      cloud.removeRule(DOMAIN);
      await destroy(deployment, stored);
      expect(cloud.calls().DeleteLiveCallbackRule).to.equal(1);
    });

    it("shares one list with the other deletes of its deployment, including that of the template", async () => {
      const deployment = cloud.deployment();
      const hooks = { templateName: "hooks", streamBeginNotifyUrl: HOOKS.StreamBeginNotifyUrl };
      const template = await create(cloud.deployment().callbackTemplate, hooks);
      const args = { domainName: DOMAIN, templateId: template.id };
      const bound = [await create(type(), args), await create(type(), { ...args, appName: "live" })];
      cloud.reset({ calls: true });
      for (const stored of bound) await destroy(deployment.domainBinding, stored);
      await destroy(deployment.callbackTemplate, template);
      expect(cloud.calls()).to.deep.equal({
        ...{ DescribeLiveCallbackRules: 1, DeleteLiveCallbackRule: 2, DeleteLiveCallbackTemplate: 1 },
      });
    });

    it("is detected by a refresh if it was made out of band (L13)", async () => {
      const stored = await create(type(), { domainName: DOMAIN, templateId: one });
      cloud.removeRule(DOMAIN);
      expect(await refresh(type(), stored)).to.equal(undefined);
    });

    it("reads the rules again before a retry, because the domain may have been bound again (C4)", async () => {
      const stored = await create(type(), { domainName: DOMAIN, templateId: one });
      cloud.addFault({ kind: "reset", action: "DeleteLiveCallbackRule", applied: true });
      await destroy(type(), stored);
      expect(cloud.calls()).to.include({ DeleteLiveCallbackRule: 1, DescribeLiveCallbackRules: 3 });
    });
  });

  it("reports the id of a template that does not exist", async () => {
    const error = await rejection(create(type(), { domainName: DOMAIN, templateId: 77 }));
    expect(error.message).to.contain("it was to be bound to template 77").and.contain("ConfNotFound");
  });

  it("cannot be read by an id that is not a domain with an optional app", async () => {
    for (const id of ["https://push.example.com", "push.example.com/a/b", "localhost"]) {
      const error = await rejection(type().read(id, {}));
      expect(error.message).to.contain(
        `cannot read domain binding ${id}: the id must be domainName or domainName/appName; given: "${id}"`,
      );
    }
  });

  it("fails with the code Provider.InvalidId if it is read by an invalid id", async () => {
    expect((await rejection(type().read("localhost", {}))).message).to.contain("(code=Provider.InvalidId ");
  });
});
