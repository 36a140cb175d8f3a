import { expect } from "chai";
import {
  appOf,
  create,
  DISABLED_DOMAIN,
  DOMAIN,
  destroy,
  expectError,
  expectNoDifference,
  type Life,
  MINIMAL,
  OTHER_DOMAIN,
  refresh,
  rulesOf,
  startBinding,
  UNKNOWN_DOMAIN,
  update,
} from "./dialectLife";

const second = { ...MINIMAL, templateName: "second" };

export const bindingScenarios: Record<string, (life: Life) => Promise<void>> = {
  "the rule of a whole domain is created, read back and deleted, or rejected": async (life) => {
    const templateId = Number((await create(life.templates, MINIMAL)).id);
    const args = { domainName: DOMAIN, templateId };
    if (life.dialect.appNameEmpty === "refused") {
      return expectError(create(life.bindings, args), "AppName must not be empty", "code=InvalidParameter");
    }
    const stored = await create(life.bindings, args);
    expect(stored.id).to.equal(DOMAIN);
    await expectNoDifference(life.bindings, stored, args);
    await destroy(life.bindings, stored);
    await destroy(life.bindings, stored);
    expect(rulesOf(life)).to.deep.equal([]);
  },

  "the rule of an app is created, read back and deleted": async (life) => {
    const templateId = Number((await create(life.templates, MINIMAL)).id);
    const args = { domainName: DOMAIN, appName: "Live", templateId };
    const stored = await create(life.bindings, args);
    expect(stored.id).to.equal(`${DOMAIN}/Live`);
    await expectNoDifference(life.bindings, stored, args);
    await destroy(life.bindings, stored);
    expect(rulesOf(life)).to.deep.equal([]);
  },

  "two apps of a domain have separate rules, or the second is rejected": async (life) => {
    const { args } = await startBinding(life);
    const work = create(life.bindings, { ...args, appName: "second" });
    if (life.dialect.rulesPerDomain === "many") {
      await work;
      expect(rulesOf(life)).to.have.length(2);
    } else if (life.dialect.duplicateRule === "error") {
      await expectError(work, `code=${life.dialect.duplicateRuleCode} action=CreateLiveCallbackRule`);
      expect(rulesOf(life)).to.deep.equal([[`${DOMAIN}/${appOf(life).appName ?? ""}`, args["templateId"]]]);
    } else {
      // Such an account keeps one rule per domain without an error. A refresh shows that the first rule is
      // gone.
      await work;
      expect(rulesOf(life)).to.deep.equal([[`${DOMAIN}/second`, args["templateId"]]]);
    }
  },

  "a domain moves to another template in place": async (life) => {
    const { binding, args } = await startBinding(life);
    const templateId = Number((await create(life.templates, second)).id);
    const moved = await update(life.bindings, binding, { ...args, templateId });
    expect(rulesOf(life).map(([, id]) => id)).to.deep.equal([templateId]);
    await expectNoDifference(life.bindings, moved, { ...args, templateId });
  },

  "a domain is not moved to a template that does not exist": async (life) => {
    const { binding, args, template } = await startBinding(life);
    await expectError(update(life.bindings, binding, { ...args, templateId: 7 }), "there is no template 7");
    expect(rulesOf(life).map(([, id]) => id)).to.deep.equal([Number(template.id)]);
  },

  "a domain cannot be bound to a template that does not exist": async (life) => {
    const { bindTemplateNotFoundCode } = life.dialect;
    const args = { domainName: DOMAIN, ...appOf(life), templateId: 7 };
    await expectError(create(life.bindings, args), `code=${bindTemplateNotFoundCode} action=CreateLiveCallbackRule`);
  },

  "a rule that was changed out of band is reverted, and a deleted rule is created again": async (life) => {
    const { binding, args } = await startBinding(life);
    const { TemplateId } = life.cloud.putTemplate({ TemplateName: "elsewhere" });
    const key = { DomainName: DOMAIN, AppName: appOf(life).appName ?? "" };
    life.cloud.putRule({ ...key, TemplateId });
    const drifted = await refresh(life.bindings, binding);
    expect(drifted?.inputs).to.include({ templateId: TemplateId });
    const repaired = drifted && (await update(life.bindings, drifted, args));
    expect(rulesOf(life).map(([, id]) => id)).to.deep.equal([args["templateId"]]);
    life.cloud.removeRule(key.DomainName, key.AppName);
    expect(repaired && (await refresh(life.bindings, repaired))).to.equal(undefined);
    await destroy(life.bindings, binding);
    await create(life.bindings, args);
    expect(rulesOf(life)).to.have.length(1);
  },

  "a rule of another owner is kept, and taken over only with adopt": async (life) => {
    const { args, template } = await startBinding(life, OTHER_DOMAIN);
    const { TemplateId } = life.cloud.putTemplate({ TemplateName: "elsewhere" });
    life.cloud.putRule({ DomainName: DOMAIN, AppName: appOf(life).appName ?? "", TemplateId });
    const wanted = { ...args, domainName: DOMAIN };
    await expectError(create(life.bindings, wanted), `is already bound to template ${TemplateId}`, "AlreadyBound");
    await create(life.bindings, { ...wanted, adopt: true });
    expect(rulesOf(life).map(([, id]) => id)).to.deep.equal([Number(template.id), Number(template.id)]);
  },

  "a rule that another owner creates just before is reported, unless the API overwrites it": async (life) => {
    const { TemplateId } = life.cloud.putTemplate({ TemplateName: "elsewhere" });
    const template = await create(life.templates, MINIMAL);
    const type = life.bindings;
    const args = { domainName: DOMAIN, ...appOf(life), templateId: Number(template.id) };
    await create(type, { ...args, domainName: OTHER_DOMAIN });
    life.cloud.putRule({ DomainName: DOMAIN, AppName: appOf(life).appName ?? "", TemplateId });
    const work = create(type, args);
    const { duplicateRule, duplicateRuleCode } = life.dialect;
    if (duplicateRule === "overwrite") await work;
    else if (duplicateRuleCode === "InvalidParameter") await expectError(work, "The rule already exists");
    else await expectError(work, `is already bound to template ${TemplateId}`, "code=Provider.AlreadyBound");
    const holder = duplicateRule === "overwrite" ? Number(template.id) : TemplateId;
    expect(life.cloud.state().rules.find(({ DomainName }) => DomainName === DOMAIN)).to.include({ TemplateId: holder });
  },

  "an unusable domain is rejected before the call, and by the API": async (life) => {
    const templateId = Number((await create(life.templates, MINIMAL)).id);
    const { bindChecksDomain, bindDomainCode } = life.dialect;
    for (const domainName of [UNKNOWN_DOMAIN, DISABLED_DOMAIN]) {
      const args = { domainName, ...appOf(life), templateId };
      await expectError(create(life.bindings, args), domainName, "code=Provider.DomainNotUsable");
      expect(life.cloud.calls()).to.not.have.property("CreateLiveCallbackRule");
    }
    const args = { domainName: UNKNOWN_DOMAIN, ...appOf(life), templateId };
    const unverified = life.cloud.deployment({ "tencentcloud-live:verifyDomains": "false" }).domainBinding;
    if (bindChecksDomain === "nothing") await create(unverified, args);
    else await expectError(create(unverified, args), `code=${bindDomainCode} action=CreateLiveCallbackRule`);
  },
};
