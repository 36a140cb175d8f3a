import { expect } from "chai";
import { check, create, destroy, rejection, type Stored, update, useCloud } from "../../../support/cloud";

const URL = "https://hooks.example.com/live";
const ARGS = { templateName: "hooks", streamBeginNotifyUrl: URL };
/** The arguments of a template that is adopted by its id and keeps its name. */
const KEPT = { streamBeginNotifyUrl: URL };
const WIRE = { TemplateName: "hooks", StreamBeginNotifyUrl: URL };

/** The owner of a template decides whether a create may take it over and whether a delete may delete it. */
describe("a callback template in a program with others", () => {
  const cloud = useCloud();

  const type = () => cloud.deployment().callbackTemplate;
  const ids = () => cloud.state().templates.map(({ TemplateId }) => TemplateId);
  const put = () => cloud.putTemplate(WIRE).TemplateId;

  describe("a template that the user replaces by force", () => {
    /** Makes the calls of the engine: check, diff, check as for a new resource, and delete. */
    async function deletedToBeReplaced(stored: Stored, news: object) {
      const deployment = type();
      const inputs = await check(deployment, stored.inputs, { ...news });
      await deployment.diff(stored.id, stored.outs, inputs);
      await check(deployment, {}, { ...inputs });
      await destroy(deployment, stored);
      return () => deployment.create({ ...inputs });
    }

    it("is deleted and created again", async () => {
      const stored = await create(type(), ARGS);
      const made = await (await deletedToBeReplaced(stored, { ...ARGS, description: "new" }))();
      expect(ids()).to.deep.equal([Number(made.id)]);
      expect(made.id).to.not.equal(stored.id);
    });

    it("is deleted and created again even if a rename with an alias left the old owner in its state", async () => {
      const stored = await create(type(), ARGS);
      const renamed = await update(type(), stored, { ...ARGS, declaredBy: "renamed" });
      expect(renamed.outs["declaredBy"]).to.equal(stored.inputs["declaredBy"]);
      const news = { ...ARGS, description: "new", declaredBy: "renamed" };
      const made = await (await deletedToBeReplaced(renamed, news))();
      expect(ids()).to.deep.equal([Number(made.id)]);
      expect(made.id).to.not.equal(stored.id);
    });

    it("is deleted if it was adopted by its id, and the create then fails because it does not exist", async () => {
      const adopted = { ...ARGS, adopt: put() };
      const stored = await create(type(), adopted);
      const make = await deletedToBeReplaced(stored, { ...adopted, description: "new" });
      expect(ids()).to.deep.equal([]);
      expect((await rejection(make())).message).to.contain("or leave adopt out to create a template");
    });
  });

  it("cannot be adopted by another resource after a change, even if its name has become ambiguous", async () => {
    const stored = await create(type(), ARGS);
    put();
    const deployment = type();
    await update(deployment, stored, { ...ARGS, description: "new" });
    const other = { ...ARGS, templateName: "other", adopt: Number(stored.id) };
    const error = await rejection(create(deployment, other));
    expect(error.message).to.equal(`another resource of this program already has template ${stored.id}`);
  });

  it("frees its old name on a rename, so that a new resource can take over a template of that name", async () => {
    const stored = await create(type(), ARGS);
    const deployment = type();
    await update(deployment, stored, { ...ARGS, templateName: "renamed" });
    const left = put();
    expect((await create(deployment, ARGS)).id).to.equal(String(left));
  });

  for (const [way, argsOf] of [
    ["created", () => ARGS],
    ["adopted", () => ({ ...ARGS, adopt: put() })],
    ["adopted with its name", () => ({ ...KEPT, adopt: put() })],
  ] as const)
    it(`is not given to a new resource after a rename with an alias (up --refresh, ${way})`, async () => {
      const args = argsOf();
      const stored = await create(type(), { ...args, declaredBy: "before" });
      const deployment = type();
      // A refresh compares the template that it has read with the inputs in the state, before any check.
      await deployment.diff(stored.id, stored.outs, stored.inputs);
      await check(deployment, {}, { ...ARGS, templateName: "new", declaredBy: "before" });
      await update(deployment, stored, { ...args, declaredBy: "after" });
      await create(deployment, { ...ARGS, templateName: "new", declaredBy: "before" });
      expect(ids()).to.have.length(2);
    });

  it("is not adopted by a new resource under its old logical name after a rename with an alias", async () => {
    const stored = await create(type(), { ...ARGS, declaredBy: "before" });
    const deployment = type();
    await update(deployment, stored, { ...ARGS, declaredBy: "after" });
    const adopting = { ...ARGS, templateName: "other", adopt: Number(stored.id), declaredBy: "before" };
    const error = await rejection(create(deployment, adopting));
    expect(error.message).to.equal(`another resource of this program already has template ${stored.id}`);
  });

  it("is kept when the resource that adopted it earlier by its id is removed", async () => {
    const adopt = put();
    const old = await create(type(), { ...ARGS, adopt });
    const renamed = await create(type(), { ...ARGS, templateName: "renamed", adopt, adoptOverwrite: true });
    const deployment = type();
    await update(deployment, renamed, { ...ARGS, templateName: "renamed", adopt });
    await destroy(deployment, old);
    expect(ids()).to.deep.equal([adopt]);
  });

  it("is not adopted again by a name that it got in the console after an adoption by its id", async () => {
    const args = { ...ARGS, adopt: put() };
    const stored = await create(type(), args);
    cloud.patchTemplate(args.adopt, { TemplateName: "console" });
    const deployment = type();
    await update(deployment, stored, args);
    const byName = await rejection(create(deployment, { ...ARGS, templateName: "console", adopt: true }));
    expect(byName.message).to.contain("Provider.DuplicateResource");
  });

  it("is deleted when its resource is removed, while another template of its name is kept", async () => {
    const [leaving, staying] = [put(), put()];
    const stored = await create(type(), { ...ARGS, adopt: leaving });
    const other = await create(type(), { ...ARGS, adopt: staying });
    const { adopt: _, ...args } = other.inputs;
    const deployment = type();
    await update(deployment, other, args);
    await destroy(deployment, stored);
    expect(ids()).to.deep.equal([staying]);
  });

  it("is deleted when its resource is removed, even if another template now has the name in its state", async () => {
    const args = { ...ARGS, adopt: put() };
    const leaving = await create(type(), args);
    cloud.patchTemplate(args.adopt, { TemplateName: "console" });
    const staying = await create(type(), ARGS);
    const deployment = type();
    await update(deployment, staying, ARGS);
    await destroy(deployment, leaving);
    expect(ids()).to.deep.equal([Number(staying.id)]);
  });

  it("passes its check after another template of its name was adopted", async () => {
    const [first, second] = [put(), put()];
    const stored = await create(type(), { ...ARGS, adopt: first });
    const deployment = type();
    await create(deployment, { ...ARGS, adopt: second });
    await check(deployment, stored.inputs, { ...ARGS, adopt: first });
  });

  it("is adopted by only one of two resources that use the same list", async () => {
    const adopt = put();
    cloud.patchTemplate(adopt, { Description: "old" });
    const deployment = type();
    // After this create the account is known, and the next creates begin with their lists.
    await create(deployment, { ...ARGS, templateName: "earlier" });
    cloud.reset({ calls: true });
    // Both request a fresh list while this one is in flight, and therefore share the next one.
    const reading = deployment.read("99", {}).catch(() => undefined);
    const overwriting = { ...ARGS, adoptOverwrite: true };
    const byId = create(deployment, { ...overwriting, templateName: "another", adopt });
    const outcomes = await Promise.allSettled([byId, create(deployment, { ...overwriting, adopt: true })]);
    await reading;
    const adopted = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value.id] : []));
    expect(new Set(adopted).size).to.equal(adopted.length);
    expect(adopted).to.include(String(adopt));
    expect(cloud.calls()).to.include({ ModifyLiveCallbackTemplate: 1 });
  });

  it("is reported to a new resource as one of several with the name, not as that of another resource", async () => {
    const stored = await create(type(), ARGS);
    const another = put();
    const deployment = type();
    await update(deployment, stored, { ...ARGS, templateName: "renamed" });
    cloud.patchTemplate(Number(stored.id), { TemplateName: "hooks" });
    const error = await rejection(create(deployment, ARGS));
    expect(error.message).to.contain(`(ids ${stored.id}, ${another}), and there are several`);
  });

  it("is not adopted by its id while another resource declares it by its name", async () => {
    const stored = await create(type(), ARGS);
    const deployment = type();
    await update(deployment, stored, ARGS);
    const byId = await rejection(create(deployment, { ...ARGS, templateName: "other", adopt: Number(stored.id) }));
    expect(byId.message).to.contain(`already has template ${stored.id}`);
    expect(cloud.calls()).to.not.have.property("ModifyLiveCallbackTemplate");
  });

  describe("a template that keeps its name after adopt is removed", () => {
    let stored: Stored;

    beforeEach(async () => {
      stored = await update(type(), await create(type(), { ...KEPT, adopt: put() }), KEPT);
    });

    for (const [way, args] of [
      ["by its id", () => ({ ...KEPT, adopt: Number(stored.id) })],
      ["by its name", () => ({ ...ARGS, adopt: true })],
      ["by an equal template of its name", () => ARGS],
    ] as const)
      it(`is not taken over ${way} while its resource is in the program`, async () => {
        const deployment = type();
        await update(deployment, stored, KEPT);
        const error = await rejection(create(deployment, args()));
        expect(error.message).to.contain(`another resource of this program already has template ${stored.id}`);
      });

    it("is reported at preview if a resource before it in the program adopts it", async () => {
      const deployment = type();
      await check(deployment, {}, { ...KEPT, adopt: Number(stored.id) });
      const error = await rejection(update(deployment, stored, KEPT));
      expect(error.message).to.contain(`another resource of this program already has template ${stored.id}`);
    });

    it("is kept when the second of two resources that have it is removed", async () => {
      const second = await create(type(), { ...KEPT, adopt: Number(stored.id) });
      const deployment = type();
      await update(deployment, stored, KEPT);
      await destroy(deployment, second);
      expect(ids()).to.deep.equal([Number(stored.id)]);
    });
  });

  describe("a template that a new resource declares with adopt", () => {
    /** The adoption of a template of this name would set its description. */
    const FAILING = { ...ARGS, description: "new" };
    let old: Stored;

    beforeEach(async () => {
      old = await create(type(), { ...ARGS, templateName: "old" });
      cloud.patchTemplate(Number(old.id), { TemplateName: "hooks" });
    });

    const WAYS = { "by its id": () => Number(old.id), "by its name": () => true } as const;
    for (const [way, adoptOf] of Object.entries(WAYS)) {
      it(`is kept ${way} when its old resource is removed after the adoption has failed`, async () => {
        const deployment = type();
        const error = await rejection(create(deployment, { ...FAILING, adopt: adoptOf() }));
        expect(error.message).to.contain("Provider.WouldOverwrite");
        await destroy(deployment, old);
        expect((await create(type(), { ...ARGS, adopt: adoptOf() })).id).to.equal(old.id);
      });

      it(`is kept ${way} when its old resource is removed and the adoption has not been tried`, async () => {
        const deployment = type();
        await check(deployment, {}, { ...ARGS, adopt: adoptOf() });
        await destroy(deployment, old);
        expect(ids()).to.deep.equal([Number(old.id)]);
      });

      for (const [option, declaredBy, isCompared] of [
        ["--replace", "adopting", false],
        ["replaceOnChanges after a rename with an alias", "renamed", true],
      ] as const)
        it(`is deleted when the resource that has adopted it ${way} is replaced (${option})`, async () => {
          const args = { ...ARGS, adopt: adoptOf() };
          const adopted = await create(type(), { ...args, declaredBy: "adopting" });
          const deployment = type();
          if (isCompared) await check(deployment, adopted.inputs, { ...args, declaredBy });
          await check(deployment, {}, { ...args, declaredBy });
          await destroy(deployment, adopted);
          expect(ids()).to.deep.equal([]);
        });
    }

    it("is kept if a modify of it fails during the adoption", async () => {
      cloud.addFault({ kind: "error", code: "InvalidParameter", action: "ModifyLiveCallbackTemplate" });
      const deployment = type();
      await rejection(create(deployment, { ...FAILING, adopt: true, adoptOverwrite: true }));
      await destroy(deployment, old);
      expect(ids()).to.deep.equal([Number(old.id)]);
    });

    it("is deleted with its old resource if its name has changed, so that another one was created", async () => {
      cloud.patchTemplate(Number(old.id), { TemplateName: "console" });
      const deployment = type();
      const created = await create(deployment, { ...ARGS, adopt: true });
      await destroy(deployment, old);
      expect(ids()).to.deep.equal([Number(created.id)]);
    });

    it("does not prevent the delete of other templates", async () => {
      const other = await create(type(), { ...ARGS, templateName: "other" });
      const deployment = type();
      await rejection(create(deployment, { ...FAILING, adopt: true }));
      await rejection(create(deployment, { ...FAILING, templateName: "third", adopt: 77 }));
      await destroy(deployment, other);
      expect(ids()).to.deep.equal([Number(old.id)]);
    });

    it("is not deleted if its name cannot be read", async () => {
      const deployment = type();
      await check(deployment, {}, { ...ARGS, adopt: true });
      cloud.addFault({ kind: "error", code: "InvalidParameter", action: "DescribeLiveCallbackTemplates" });
      expect((await rejection(destroy(deployment, old))).message).to.contain("code=InvalidParameter");
      expect(ids()).to.deep.equal([Number(old.id)]);
    });
  });
});
