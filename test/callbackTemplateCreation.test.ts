import { expect } from "chai";
import { type Cloud, check, create, destroy, rejection, startCloud, update } from "./support/cloud";

const URL = "https://hooks.example.com/live";
const ARGS = { templateName: "hooks", streamBeginNotifyUrl: URL };
const AUTOMATIC = { automaticName: "hooks-0a1b2c3", streamBeginNotifyUrl: URL };
const WIRE = { TemplateName: "hooks", StreamBeginNotifyUrl: URL };

describe("creating a callback template", () => {
  let cloud: Cloud;
  beforeEach(async () => {
    cloud = await startCloud();
  });
  afterEach(() => cloud.close());

  const type = () => cloud.deployment().callbackTemplate;
  const ids = () => cloud.state().templates.map(({ TemplateId }) => TemplateId);

  describe("after an answer that was lost", () => {
    const LOST = [
      ["C2", { kind: "reset", applied: true }],
      ["C3", { kind: "status", status: 502, applied: true }],
      ["C2", { kind: "truncated" }],
      ["C2", { kind: "contentType" }],
      ["C3", { kind: "error", code: "InternalError", applied: true }],
      ["C2", { kind: "resetMidBody" }],
    ] as const;
    for (const [item, fault] of LOST) {
      it(`goes on with the template that was made all the same: ${fault.kind} (${item})`, async () => {
        cloud.addFault({ action: "CreateLiveCallbackTemplate", ...fault });
        const stored = await create(type(), ARGS);
        expect(ids()).to.deep.equal([Number(stored.id)]);
        expect(cloud.calls().CreateLiveCallbackTemplate).to.equal(1);
      });
    }

    it("never sends it again: it says that it may have been created, and the next run heals it (C2)", async () => {
      cloud.addFault({ kind: "reset", action: "CreateLiveCallbackTemplate" });
      const error = await rejection(create(type(), ARGS));
      expect(error.message).to.match(
        /^cannot create callback template "hooks": the connection to http:\/\/127\.0\.0\.1:\d+ failed \(ECONNRESET\); the template may or may not have been created\. Run again: .* \(code=Provider\.OutcomeUnknown action=CreateLiveCallbackTemplate requestId=none retryable=true\)$/,
      );
      expect(error).to.not.have.property("id");
      expect(cloud.calls().CreateLiveCallbackTemplate).to.equal(1);
      await create(type(), ARGS);
      expect(ids()).to.have.length(1);
    });

    it("goes on looking when a look fails", async () => {
      cloud.addFault({ kind: "reset", action: "CreateLiveCallbackTemplate", applied: true });
      const look = { action: "DescribeLiveCallbackTemplates", skip: 1 } as const;
      cloud.addFault({ ...look, kind: "error", code: "AuthFailure.UnauthorizedOperation" });
      cloud.addFault({ ...look, kind: "status", status: 404 });
      const stored = await create(type(), ARGS);
      expect(ids()).to.deep.equal([Number(stored.id)]);
    });

    it("tells of the create, not of the looks, when these fail to the end", async () => {
      cloud.addFault({ kind: "reset", action: "CreateLiveCallbackTemplate", applied: true });
      const forbidden = { kind: "error", code: "AuthFailure.UnauthorizedOperation", times: "always" } as const;
      cloud.addFault({ ...forbidden, action: "DescribeLiveCallbackTemplates", skip: 1 });
      const error = await rejection(create(type(), ARGS));
      expect(error.message).to.contain("code=Provider.OutcomeUnknown action=CreateLiveCallbackTemplate");
    });

    it("does not take a template for its own that another stack made at that moment with other fields", async () => {
      cloud.addFault({ kind: "reset", action: "CreateLiveCallbackTemplate" });
      const failed = rejection(create(type(), ARGS));
      while (!cloud.calls().CreateLiveCallbackTemplate) await new Promise(setImmediate);
      cloud.putTemplate({ ...WIRE, StreamEndNotifyUrl: WIRE.StreamBeginNotifyUrl });
      expect((await failed).message).to.contain("code=Provider.OutcomeUnknown");
    });

    it("takes one of its automatic name, which nobody else can have given, also if the API has changed a field", async () => {
      cloud.addFault({ kind: "reset", action: "CreateLiveCallbackTemplate" });
      const stored = create(type(), AUTOMATIC);
      while (!cloud.calls().CreateLiveCallbackTemplate) await new Promise(setImmediate);
      const { TemplateId } = cloud.putTemplate({ TemplateName: "hooks-0a1b2c3", StreamBeginNotifyUrl: `${URL}/` });
      expect(Number((await stored).id)).to.equal(TemplateId);
    });

    it("does not take a template for its own that was there before, and got the name since", async () => {
      const { TemplateId } = cloud.putTemplate({ ...WIRE, TemplateName: "console" });
      cloud.addFault({ kind: "reset", action: "CreateLiveCallbackTemplate" });
      const failed = rejection(create(type(), ARGS));
      while (!cloud.calls().CreateLiveCallbackTemplate) await new Promise(setImmediate);
      cloud.patchTemplate(TemplateId, { TemplateName: "hooks" });
      expect((await failed).message).to.contain("code=Provider.OutcomeUnknown");
    });

    it("is not misled by a template of that name that was there before", async () => {
      const [old] = [cloud.putTemplate({ ...WIRE, TemplateName: "hooks-0a1b2c3" })];
      cloud.putRule({ DomainName: "push.example.com", TemplateId: old.TemplateId });
      const error = await rejection(create(type(), AUTOMATIC));
      expect(error.message).to.contain(`(id ${old.TemplateId}), and it is bound to push.example.com`);
    });
  });

  it("is sent again after throttling", async () => {
    cloud.addFault({ kind: "error", code: "RequestLimitExceeded", action: "CreateLiveCallbackTemplate", times: 3 });
    await create(type(), ARGS);
    expect(cloud.calls().CreateLiveCallbackTemplate).to.equal(4);
    expect(ids()).to.have.length(1);
  });

  describe("when there is a template of its name", () => {
    it("takes over what an interrupted run left: unbound and equal in every field (C5)", async () => {
      const left = cloud.putTemplate(WIRE);
      const stored = await create(type(), ARGS);
      expect(stored.id).to.equal(String(left.TemplateId));
      expect(cloud.calls()).to.not.have.any.keys("CreateLiveCallbackTemplate", "ModifyLiveCallbackTemplate");
    });

    it("takes over one of its automatic name that differs, and modifies it (C5)", async () => {
      const left = cloud.putTemplate({ TemplateName: "hooks-0a1b2c3", StreamEndNotifyUrl: URL });
      const stored = await create(type(), AUTOMATIC);
      expect(stored.id).to.equal(String(left.TemplateId));
      expect(stored.outs["templateName"]).to.equal("hooks-0a1b2c3");
      expect(cloud.state().templates[0])
        .to.include({ StreamBeginNotifyUrl: URL })
        .and.not.have.property("StreamEndNotifyUrl");
    });

    const refused: [string, () => void, string][] = [
      ["differs", () => cloud.patchTemplate(ids()[0] ?? 0, { Description: "x" }), "and it differs in description"],
      [
        "is bound",
        () => cloud.putRule({ DomainName: "push.example.com", AppName: "live", TemplateId: ids()[0] ?? 0 }),
        "and it is bound to push.example.com/live",
      ],
      ["is not the only one", () => cloud.putTemplate(WIRE), "and there are several"],
    ];
    for (const [reason, arrange, message] of refused) {
      it(`refuses one that ${reason}, names its id and the way out, and touches nothing`, async () => {
        const { TemplateId } = cloud.putTemplate(WIRE);
        arrange();
        const before = cloud.state();
        const error = await rejection(create(type(), ARGS));
        expect(error.message).to.contain(String(TemplateId)).and.contain(message).and.contain("adopt");
        if (ids().length === 1) expect(error.message).to.contain(`set adopt: true or adopt: ${TemplateId};`);
        expect(error.message).to.contain("code=Provider.AlreadyExists");
        expect(cloud.state()).to.deep.equal(before);
      });
    }

    it("tells the ids of several, and that one of them can be adopted by its id", async () => {
      const both = [cloud.putTemplate(WIRE), cloud.putTemplate(WIRE)].map(({ TemplateId }) => TemplateId);
      const error = await rejection(create(type(), ARGS));
      expect(error.message).to.contain(
        `(ids ${both.join(", ")}), and there are several. To take one of them over set adopt to its id; otherwise`,
      );
    });

    it("is found, too, after the deployment has made another one", async () => {
      const left = cloud.putTemplate(WIRE);
      const deployment = cloud.deployment().callbackTemplate;
      await create(deployment, { ...ARGS, templateName: "first" });
      expect((await create(deployment, ARGS)).id).to.equal(String(left.TemplateId));
    });

    it("refuses the one of another new resource of the same program", async () => {
      const deployment = cloud.deployment().callbackTemplate;
      const outcomes = await Promise.allSettled([create(deployment, ARGS), create(deployment, ARGS)]);
      expect(outcomes.map(({ status }) => status)).to.deep.equal(["fulfilled", "rejected"]);
      expect(ids()).to.have.length(1);
    });

    it("refuses it, too, where it differs as well: whose it is comes first", async () => {
      const deployment = cloud.deployment().callbackTemplate;
      const stored = await create(deployment, ARGS);
      const other = { ...stored.inputs, declaredBy: "another", description: "x" };
      expect((await rejection(deployment.create(other))).message).to.contain("Provider.DuplicateResource");
    });

    it("refuses the one of another resource of the program that exists already", async () => {
      const existing = await create(type(), ARGS);
      const deployment = cloud.deployment().callbackTemplate;
      await update(deployment, existing, ARGS);
      const inputs = { ...existing.inputs, declaredBy: "another" };
      const error = await rejection(deployment.create(inputs));
      expect(error.message).to.contain(`another resource of this program has template ${existing.id} already`);
    });
  });

  describe("beside other templates of its program", () => {
    const OTHER = { ...ARGS, declaredBy: "other" };
    const SAME = { ...ARGS, declaredBy: "same" };

    it("is refused at preview where two have one templateName, but not when it is checked again to be replaced", async () => {
      const deployment = cloud.deployment().callbackTemplate;
      await check(deployment, {}, OTHER);
      await check(deployment, {}, OTHER);
      const error = await rejection(check(deployment, {}, SAME));
      expect(error.message).to.equal('another resource of this program has the templateName "hooks" already');
    });

    it("is refused at preview where two adopt one id; two of one name may be adopted by their ids", async () => {
      const [one, two] = [cloud.putTemplate(WIRE).TemplateId, cloud.putTemplate(WIRE).TemplateId];
      const deployment = cloud.deployment().callbackTemplate;
      await create(deployment, { ...OTHER, adopt: one });
      await create(deployment, { ...SAME, adopt: two });
      const error = await rejection(check(deployment, {}, { ...ARGS, adopt: two }));
      expect(error.message).to.equal(`another resource of this program has template ${two} already`);
    });

    it("does not take over one that is about to get another name, and is made once it has it", async () => {
      const stored = await create(type(), OTHER);
      const deployment = cloud.deployment().callbackTemplate;
      const renamed = { ...OTHER, templateName: "renamed" };
      await deployment.diff(stored.id, stored.outs, await check(deployment, stored.inputs, renamed));
      const error = await rejection(create(deployment, SAME));
      expect(error.message).to.contain("Provider.DuplicateResource");
      await update(deployment, stored, renamed);
      await create(deployment, SAME);
      expect(cloud.state().templates.map(({ TemplateName }) => TemplateName)).to.have.members(["renamed", "hooks"]);
    });

    it("is not changed by a resource whose template another one has taken over", async () => {
      const stored = await create(type(), OTHER);
      const deployment = cloud.deployment().callbackTemplate;
      await create(deployment, { ...SAME, adopt: true });
      const error = await rejection(update(deployment, stored, { ...OTHER, templateName: "renamed" }));
      expect(error.message).to.contain(`another resource of this program has template ${stored.id} already`);
    });
  });

  describe("with adopt", () => {
    it("takes over the one of its name, bound and different, by one modify (L17)", async () => {
      const { TemplateId } = cloud.putTemplate({ ...WIRE, Description: "made in the console" });
      cloud.putRule({ DomainName: "push.example.com", TemplateId });
      const stored = await create(type(), { ...ARGS, adopt: true });
      expect(stored.id).to.equal(String(TemplateId));
      expect(cloud.calls().ModifyLiveCallbackTemplate).to.equal(1);
      expect(cloud.state().templates[0]).to.not.have.property("Description");
    });

    it("writes nothing where nothing differs (L17)", async () => {
      cloud.putTemplate(WIRE);
      await create(type(), { ...ARGS, adopt: true });
      expect(cloud.calls()).to.not.have.property("ModifyLiveCallbackTemplate");
    });

    it("writes a field that the API does not return", async () => {
      cloud.putTemplate({ ...WIRE, RecordStatusNotifyUrl: "http://old.example.com" });
      await create(type(), { ...ARGS, recordStatusNotifyUrl: URL, adopt: true });
      expect(cloud.state().templates[0]).to.include({ RecordStatusNotifyUrl: URL });
    });

    it("writes nothing where the API returns that field after all, and it is the same", async () => {
      const telling = await startCloud({ dialect: { recordStatusReturned: true } });
      try {
        telling.putTemplate({ ...WIRE, RecordStatusNotifyUrl: URL });
        await create(telling.deployment().callbackTemplate, { ...ARGS, recordStatusNotifyUrl: URL, adopt: true });
        expect(telling.calls()).to.not.have.property("ModifyLiveCallbackTemplate");
      } finally {
        await telling.close();
      }
    });

    it("creates one if there is none of its name", async () => {
      await create(type(), { ...ARGS, adopt: true });
      expect(ids()).to.have.length(1);
    });

    it("takes the one of an id among several of a name", async () => {
      cloud.putTemplate(WIRE);
      const { TemplateId } = cloud.putTemplate(WIRE);
      const error = await rejection(create(type(), { ...ARGS, adopt: true }));
      expect(error.message).to.contain(ids().join(", ")).and.contain("set adopt to its id");
      const stored = await create(type(), { ...ARGS, adopt: TemplateId });
      expect(stored.id).to.equal(String(TemplateId));
    });

    it("is done by one of two resources that ask for it at the same time", async () => {
      const { TemplateId } = cloud.putTemplate(WIRE);
      cloud.addFault({ kind: "latency", action: "ModifyLiveCallbackTemplate", ms: 20 });
      const deployment = cloud.deployment().callbackTemplate;
      const byId = create(deployment, { ...ARGS, templateName: "another", adopt: TemplateId });
      const outcomes = await Promise.allSettled([byId, create(deployment, { ...ARGS, adopt: true })]);
      expect(outcomes.map(({ status }) => status)).to.have.members(["fulfilled", "rejected"]);
      expect(cloud.calls().ModifyLiveCallbackTemplate).to.equal(1);
    });

    it("can be tried again after it has failed", async () => {
      const { TemplateId } = cloud.putTemplate(WIRE);
      cloud.addFault({ kind: "error", code: "InvalidParameter", action: "ModifyLiveCallbackTemplate" });
      const deployment = cloud.deployment().callbackTemplate;
      const args = { ...ARGS, templateName: "other", adopt: TemplateId, declaredBy: "other" };
      await rejection(create(deployment, args));
      expect((await create(deployment, args)).id).to.equal(String(TemplateId));
    });

    it("fails for an id that does not exist", async () => {
      const error = await rejection(create(type(), { ...ARGS, adopt: 77 }));
      expect(error.message).to.contain("there is no template 77 to adopt");
    });

    it("takes a name and a description over that the console would not accept", async () => {
      cloud.putTemplate({
        ...WIRE,
        TemplateName: "made-by-another-tool-long-before-this-one",
        Description: "this is demo",
      });
      const args = {
        ...ARGS,
        templateName: "made-by-another-tool-long-before-this-one",
        description: "this is demo",
        adopt: true,
      };
      const stored = await create(type(), args);
      const { adopt: _, ...later } = args;
      await update(type(), stored, { ...later, streamEndNotifyUrl: URL });
      expect(cloud.state().templates[0]).to.include({ Description: "this is demo", StreamEndNotifyUrl: URL });
    });
  });

  it("survives the rename of its resource: the old one's delete leaves the template that was adopted", async () => {
    const old = await create(type(), ARGS);
    const deployment = cloud.deployment().callbackTemplate;
    const renamed = await create(deployment, { ...ARGS, adopt: true });
    await destroy(deployment, old);
    expect(ids()).to.deep.equal([Number(renamed.id)]);

    // The same when the run was killed between the two, and the next one has only the delete left to do.
    const next = cloud.deployment().callbackTemplate;
    await update(next, renamed, { ...ARGS, adopt: true });
    await destroy(next, old);
    expect(ids()).to.deep.equal([Number(renamed.id)]);
  });

  it("keeps its automatic name when its resource gets another one by an alias", async () => {
    const stored = await create(type(), AUTOMATIC);
    cloud.reset({ calls: true });
    await update(type(), stored, { ...AUTOMATIC, automaticName: "webhooks-9f8e7d6" });
    expect(cloud.calls()).to.deep.equal({});
  });

  it("keeps the codes of its errors, also where the callback key is a single letter", async () => {
    cloud.addFault({
      kind: "error",
      code: "InvalidParameter",
      message: "bad key e",
      action: "CreateLiveCallbackTemplate",
    });
    const error = await rejection(create(type(), { ...ARGS, callbackKey: "e" }));
    expect(error.message).to.match(/^cannot create callback template "hooks": bad k\[hidden\]y \[hidden\]\./);
    expect(error.message).to.contain("(code=InvalidParameter action=CreateLiveCallbackTemplate requestId=");
  });

  it("tells which limit of the account was reached", async () => {
    for (let n = 0; n < 50; n++) cloud.putTemplate({ TemplateName: `t${n}`, StreamBeginNotifyUrl: URL });
    const error = await rejection(create(type(), ARGS));
    expect(error.message).to.contain("code=InternalError.ConfOutLimit").and.contain("at most 50 callback templates");
  });
});
