import { expect } from "chai";
import {
  check,
  create,
  destroy,
  refresh,
  rejection,
  startCloud,
  update,
  useCloud,
  writesTo,
} from "../../../support/cloud";
import { idsIn, MAXIMAL, MINIMAL, URL, WIRE } from "../../../support/provider/callbackTemplates";
import { hostWith } from "../../../support/provider/settings";

const STATUS = "http://status.example.com";

describe("adoption of a callback template", () => {
  const cloud = useCloud();

  const type = () => cloud.deployment().callbackTemplate;
  const ids = () => idsIn(cloud);
  const writes = () => writesTo(cloud);

  describe("a template that equals the program", () => {
    it("is adopted without a write, bound or not (L17)", async () => {
      const { TemplateId } = cloud.putTemplate(WIRE);
      cloud.putRule({ DomainName: "push.example.com", TemplateId });
      const stored = await create(type(), { ...MINIMAL, adopt: true });
      expect([stored.id, writes()]).to.deep.equal([String(TemplateId), []]);
    });

    it("keeps a URL set in the console that the API does not return, also in a later change", async () => {
      cloud.putTemplate({ ...WIRE, RecordStatusNotifyUrl: STATUS });
      const stored = await create(type(), { ...MINIMAL, adopt: true });
      await update(type(), stored, { ...MINIMAL, adopt: true, streamEndNotifyUrl: URL });
      expect(cloud.state().templates[0]).to.include({ RecordStatusNotifyUrl: STATUS, StreamEndNotifyUrl: URL });
    });

    it("is also compared in recordStatusNotifyUrl if the API returns it", async () => {
      const returning = await startCloud({ dialect: { recordStatusReturned: true } });
      try {
        returning.putTemplate({ ...WIRE, RecordStatusNotifyUrl: URL });
        const error = await rejection(create(returning.deployment().callbackTemplate, { ...MINIMAL, adopt: true }));
        expect(error.message).to.contain(`would clear recordStatusNotifyUrl, which is "${URL}"`);
        await create(returning.deployment().callbackTemplate, { ...MINIMAL, recordStatusNotifyUrl: URL, adopt: true });
        expect(returning.calls()).to.not.have.property("ModifyLiveCallbackTemplate");
      } finally {
        await returning.close();
      }
    });

    it("keeps a name, a description and a key that the console would reject", async () => {
      const made = { templateName: "made-by-another-tool-long-before-this-one", description: "this is demo" };
      const args = { ...MINIMAL, ...made, callbackKey: "a key of 40 characters and a few-odd_ones" };
      cloud.putTemplate({
        ...WIRE,
        TemplateName: args.templateName,
        Description: args.description,
        CallbackKey: args.callbackKey,
      });
      const stored = await create(type(), { ...args, adopt: true });
      expect(writes()).to.deep.equal([]);
      await update(type(), stored, { ...args, streamEndNotifyUrl: URL });
      expect(cloud.state().templates[0]).to.include({ Description: "this is demo", StreamEndNotifyUrl: URL });
    });
  });

  describe("a template that differs from the program", () => {
    const CONSOLE = {
      ...WIRE,
      Description: "made in the console",
      CallbackKey: "ConsoleKey1",
      SnapshotNotifyUrl: "https://user:password@hooks.example.com/shots?token=Token12345",
    };
    const args = { ...MINIMAL, description: "new", streamEndNotifyUrl: URL, recordStatusNotifyUrl: URL, adopt: true };

    it("is rejected with every difference and current value, without a secret or a write (L17)", async () => {
      const { TemplateId } = cloud.putTemplate(CONSOLE);
      const error = await rejection(create(type(), args));
      expect(error.message).to.equal(
        `cannot create callback template "hooks": adopting template ${TemplateId} would ` +
          'change description, which is "made in the console"; clear callbackKey; set streamEndNotifyUrl; ' +
          "set recordStatusNotifyUrl, which cannot be compared because the API does not return it; " +
          'clear snapshotNotifyUrl, which is "https://[hidden]@hooks.example.com/shots?[hidden]". ' +
          "Give these properties the values of the template, or set adoptOverwrite: true to change the template. " +
          `${hostWith({}).advice.moved} ` +
          "(code=Provider.WouldOverwrite action=none requestId=none retryable=false)",
      );
      expect(writes()).to.deep.equal([]);
    });

    it("is rejected without showing a key that would be set, changed or cleared", async () => {
      const { TemplateId } = cloud.putTemplate({ ...WIRE, CallbackKey: "ConsoleKey1" });
      const reason = async (more: object) =>
        (await rejection(create(type(), { ...MINIMAL, adopt: true, ...more }))).message.split(". ")[0];
      expect(await reason({ callbackKey: "ProgramKey1" })).to.match(/would change callbackKey$/);
      expect(await reason({})).to.match(/would clear callbackKey$/);
      cloud.patchTemplate(TemplateId, { CallbackKey: "" });
      expect(await reason({ callbackKey: "ProgramKey1" })).to.match(/would set callbackKey$/);
    });

    it("is adopted if its values are declared, or by one call with adoptOverwrite, bound or not", async () => {
      const { TemplateId } = cloud.putTemplate({ ...CONSOLE, SnapshotNotifyUrl: URL });
      cloud.putRule({ DomainName: "push.example.com", TemplateId });
      const declared = { description: CONSOLE.Description, callbackKey: CONSOLE.CallbackKey, snapshotNotifyUrl: URL };
      const equal = await create(type(), { ...MINIMAL, ...declared, adopt: true });
      expect([equal.id, writes()]).to.deep.equal([String(TemplateId), []]);
      await create(type(), { ...args, adoptOverwrite: true });
      expect(writes()).to.deep.equal(["ModifyLiveCallbackTemplate"]);
      const changes = { Description: "new", StreamEndNotifyUrl: URL, RecordStatusNotifyUrl: URL };
      expect(cloud.state().templates).to.deep.equal([{ TemplateId, ...WIRE, ...changes }]);
    });

    it("receives with adoptOverwrite the fields that cannot be compared", async () => {
      cloud.putTemplate({ ...WIRE, RecordStatusNotifyUrl: STATUS });
      await create(type(), { ...MINIMAL, recordStatusNotifyUrl: URL, adopt: true, adoptOverwrite: true });
      expect(cloud.state().templates[0]).to.include({ RecordStatusNotifyUrl: URL });
    });

    it("can be adopted after an attempt that failed", async () => {
      const { TemplateId } = cloud.putTemplate(WIRE);
      cloud.addFault({ kind: "error", code: "InvalidParameter", action: "ModifyLiveCallbackTemplate" });
      const deployment = type();
      const overwriting = { ...MINIMAL, templateName: "other", adopt: TemplateId, adoptOverwrite: true };
      await rejection(create(deployment, { ...overwriting, adoptOverwrite: false, declaredBy: "other" }));
      await rejection(create(deployment, { ...overwriting, declaredBy: "other" }));
      expect((await create(deployment, { ...overwriting, declaredBy: "other" })).id).to.equal(String(TemplateId));
    });

    it("is rejected at preview if adoptOverwrite is set without adopt", async () => {
      const error = await rejection(check(type(), {}, { ...MINIMAL, adoptOverwrite: true }));
      expect(error.message).to.contain("adoptOverwrite must come with adopt; given: true without adopt");
    });

    it("can be adopted by another resource of the same program after a failed attempt", async () => {
      const { TemplateId } = cloud.putTemplate(WIRE);
      cloud.addFault({ kind: "error", code: "InvalidParameter", action: "ModifyLiveCallbackTemplate" });
      const deployment = type();
      const changing = { ...MINIMAL, description: "new", adoptOverwrite: true };
      await rejection(create(deployment, { ...changing, templateName: "other", adopt: TemplateId }));
      expect((await create(deployment, { ...changing, adopt: true })).id).to.equal(String(TemplateId));
    });
  });

  describe("a template selected by name", () => {
    it("is created with every field if it does not exist", async () => {
      await create(type(), { ...MAXIMAL, adopt: true });
      expect(cloud.state().templates[0]).to.include({ RecordStatusNotifyUrl: MAXIMAL.recordStatusNotifyUrl });
    });

    it("is rejected at preview if the program gives no name, even with an automatic name", async () => {
      const { templateName, ...nameless } = MINIMAL;
      for (const names of [{}, { automaticName: "hooks-0a1b2c3" }]) {
        const error = await rejection(check(type(), {}, { ...nameless, ...names, adopt: true }));
        expect(error.message).to.contain(
          "adopt: true finds a template by its templateName, which is missing; set it, or set adopt to the id of the template",
        );
      }
      expect(cloud.calls()).to.deep.equal({});
    });

    it("is rejected if several have the name, and can then be adopted by its id", async () => {
      cloud.putTemplate(WIRE);
      const { TemplateId } = cloud.putTemplate(WIRE);
      const error = await rejection(create(type(), { ...MINIMAL, adopt: true }));
      expect(error.message).to.contain(ids().join(", ")).and.contain("set adopt to its id");
      const stored = await create(type(), { ...MINIMAL, adopt: TemplateId });
      expect(stored.id).to.equal(String(TemplateId));
    });
  });

  describe("a template selected by id", () => {
    const NAMELESS = { streamBeginNotifyUrl: URL, automaticName: "hooks-0a1b2c3" };

    it("keeps its name if the program gives none, also after later changes and a refresh", async () => {
      const { TemplateId } = cloud.putTemplate({ ...WIRE, TemplateName: "made-in-the-console" });
      const adopted = await create(type(), { ...NAMELESS, adopt: TemplateId });
      expect(writes()).to.deep.equal([]);
      const later = await update(type(), adopted, NAMELESS);
      const refreshed = await refresh(type(), await update(type(), later, { ...NAMELESS, description: "one" }));
      if (!refreshed) throw new Error("gone");
      await update(type(), refreshed, { ...NAMELESS, description: "two" });
      expect(cloud.state().templates[0]).to.include({ TemplateName: "made-in-the-console", Description: "two" });
    });

    it("keeps having no name if it has none, also after a refresh, a later change and a delete", async () => {
      const adopt = cloud.putTemplate({ ...WIRE, TemplateName: "" }).TemplateId;
      const adopted = await create(type(), { ...NAMELESS, adopt });
      const refreshed = (await refresh(type(), await update(type(), adopted, { ...NAMELESS, adopt }))) ?? adopted;
      expect((await update(type(), refreshed, NAMELESS)).outs).to.deep.equal(refreshed.outs);
      expect(writes()).to.deep.equal([]);
      const changed = await update(type(), refreshed, { ...NAMELESS, description: "one" });
      const { StreamBeginNotifyUrl } = WIRE;
      expect(cloud.state().templates).to.deep.equal([{ TemplateId: adopt, StreamBeginNotifyUrl, Description: "one" }]);
      await destroy(type(), changed);
      expect(ids()).to.deep.equal([]);
    });

    it("gets the name that the program gives later, and the automatic name when it is created again", async () => {
      const { TemplateId } = cloud.putTemplate({ ...WIRE, TemplateName: "console" });
      const adopted = await create(type(), { ...NAMELESS, adopt: TemplateId });
      const named = await update(type(), adopted, { ...NAMELESS, templateName: "explicit" });
      expect(cloud.state().templates[0]).to.include({ TemplateName: "explicit" });
      await destroy(type(), named);
      await create(type(), NAMELESS);
      expect(cloud.state().templates[0]).to.include({ TemplateName: "hooks-0a1b2c3" });
    });

    it("is rejected at preview if the resource already has another template, until adopt is removed", async () => {
      const { TemplateId } = cloud.putTemplate({ ...WIRE, TemplateName: "console" });
      const stored = await create(type(), MINIMAL);
      const error = await rejection(update(type(), stored, { ...MINIMAL, adopt: TemplateId }));
      expect(error.message).to.contain(
        `adopt is ${TemplateId}, but this resource already has template ${stored.id}. ` +
          `Remove adopt, or declare another resource that adopts template ${TemplateId}. (code=Provider.AlreadyManaged `,
      );
      const other = { ...MINIMAL, templateName: "console" };
      expect((await create(type(), { ...other, adopt: TemplateId })).id).to.equal(String(TemplateId));
      expect(await update(type(), stored, MINIMAL)).to.deep.equal(stored);
    });

    it("is rejected if it does not exist", async () => {
      const error = await rejection(create(type(), { ...MINIMAL, adopt: 77 }));
      expect(error.message).to.contain("there is no template 77 to adopt");
    });

    it("is rejected with the code Provider.NotFound if it does not exist", async () => {
      const error = await rejection(create(type(), { ...MINIMAL, adopt: 77 }));
      expect(error.message).to.contain("(code=Provider.NotFound ");
    });

    it("keeps its name after adopt is removed, even if one run removes it from two resources", async () => {
      const adopted = [];
      for (const TemplateName of ["first", "second"]) {
        const { TemplateId } = cloud.putTemplate({ ...WIRE, TemplateName });
        adopted.push(await create(type(), { ...NAMELESS, adopt: TemplateId }));
      }
      const deployment = type();
      for (const stored of adopted) await update(deployment, stored, { ...NAMELESS, description: "new" });
      expect(cloud.state().templates.map(({ TemplateName }) => TemplateName)).to.deep.equal(["first", "second"]);
    });
  });

  it("succeeds for only one of two resources that request it concurrently", async () => {
    const { TemplateId } = cloud.putTemplate(WIRE);
    cloud.addFault({ kind: "latency", action: "ModifyLiveCallbackTemplate", ms: 20 });
    const deployment = type();
    const byId = create(deployment, { ...MINIMAL, description: "new", adopt: TemplateId, adoptOverwrite: true });
    const outcomes = await Promise.allSettled([byId, create(deployment, { ...MINIMAL, adopt: true })]);
    expect(outcomes.map(({ status }) => status)).to.have.members(["fulfilled", "rejected"]);
    expect(writes()).to.have.length.at.most(1);
  });

  describe("a template whose resource is renamed", () => {
    it("belongs to the new resource and survives the delete of the old one", async () => {
      const old = await create(type(), MINIMAL);
      const deployment = type();
      const renamed = await create(deployment, { ...MINIMAL, adopt: true });
      await destroy(deployment, old);
      expect(ids()).to.deep.equal([Number(renamed.id)]);

      // The same applies if the run was killed between the two, and the next run has only the delete to do.
      const next = type();
      await update(next, renamed, { ...MINIMAL, adopt: true });
      await destroy(next, old);
      expect(ids()).to.deep.equal([Number(renamed.id)]);
    });

    it("needs aliases for a URL that the API does not return, unless the run has compared the old state", async () => {
      const args = { ...MINIMAL, recordStatusNotifyUrl: STATUS, declaredBy: "new" };
      const old = await create(type(), { ...args, declaredBy: "old" });
      const error = await rejection(create(type(), { ...args, adopt: true }));
      expect(error.message).to.contain("cannot be compared").and.contain("the option aliases");

      // A refresh compares the template that it has read with the inputs in the state.
      const deployment = type();
      await deployment.diff(old.id, old.outs, old.inputs);
      const changed = await rejection(create(deployment, { ...args, recordStatusNotifyUrl: URL, adopt: true }));
      expect(changed.message).to.contain(`would change recordStatusNotifyUrl, which is "${STATUS}"`);
      expect((await create(deployment, { ...args, adopt: true })).id).to.equal(old.id);
    });
  });
});
