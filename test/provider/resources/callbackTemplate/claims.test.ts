import { expect } from "chai";
import { check, create, destroy, rejection, type Stored, update, useCloud } from "../../../support/cloud";

const URL = "https://hooks.example.com/live";
const ARGS = { templateName: "hooks", streamBeginNotifyUrl: URL };
const WIRE = { TemplateName: "hooks", StreamBeginNotifyUrl: URL };

/** Whose a template is decides what a create may take over and what a delete must leave. */
describe("a callback template among others of its program", () => {
  const cloud = useCloud();

  const type = () => cloud.deployment().callbackTemplate;
  const ids = () => cloud.state().templates.map(({ TemplateId }) => TemplateId);
  const put = () => cloud.putTemplate(WIRE).TemplateId;

  describe("that is replaced, because the user wants it for a change", () => {
    /** What the engine does: it checks, compares, checks again as for a new resource, and deletes. */
    async function deletedToBeReplaced(stored: Stored, news: object) {
      const deployment = type();
      const inputs = await check(deployment, stored.inputs, { ...news });
      await deployment.diff(stored.id, stored.outs, inputs);
      await check(deployment, {}, { ...inputs });
      await destroy(deployment, stored);
      return () => deployment.create({ ...inputs });
    }

    it("is deleted and made anew", async () => {
      const stored = await create(type(), ARGS);
      const made = await (await deletedToBeReplaced(stored, { ...ARGS, description: "new" }))();
      expect(ids()).to.deep.equal([Number(made.id)]);
      expect(made.id).to.not.equal(stored.id);
    });

    it("is deleted, too, if its resource was renamed with an alias before: its state has the older owner", async () => {
      const stored = await create(type(), ARGS);
      const renamed = await update(type(), stored, { ...ARGS, declaredBy: "renamed" });
      expect(renamed.outs["declaredBy"]).to.equal(stored.inputs["declaredBy"]);
      const news = { ...ARGS, description: "new", declaredBy: "renamed" };
      const made = await (await deletedToBeReplaced(renamed, news))();
      expect(ids()).to.deep.equal([Number(made.id)]);
      expect(made.id).to.not.equal(stored.id);
    });

    it("is deleted, too, if it was adopted by its id, and the create then says that there is none to adopt", async () => {
      const adopted = { ...ARGS, adopt: put() };
      const stored = await create(type(), adopted);
      const make = await deletedToBeReplaced(stored, { ...adopted, description: "new" });
      expect(ids()).to.deep.equal([]);
      expect((await rejection(make())).message).to.contain("or leave adopt out to create a template");
    });
  });

  it("keeps its own after a change, though another of its name makes the name ambiguous", async () => {
    const stored = await create(type(), ARGS);
    put();
    const deployment = type();
    await update(deployment, stored, { ...ARGS, description: "new" });
    const other = { ...ARGS, templateName: "other", adopt: Number(stored.id) };
    const error = await rejection(create(deployment, other));
    expect(error.message).to.equal(`another resource of this program already has template ${stored.id}`);
  });

  it("leaves its old name to others once it has another one: what an interrupted run left of that name", async () => {
    const stored = await create(type(), ARGS);
    const deployment = type();
    await update(deployment, stored, { ...ARGS, templateName: "renamed" });
    const left = put();
    expect((await create(deployment, ARGS)).id).to.equal(String(left));
  });

  for (const adopting of [false, true])
    it(`${adopting ? "adopted by its id, " : ""}whose resource was renamed with an alias is no other one's when a new resource has the older name (up --refresh)`, async () => {
      const args = adopting ? { ...ARGS, adopt: put() } : ARGS;
      const stored = await create(type(), { ...args, declaredBy: "before" });
      const deployment = type();
      // A refresh compares what it has read with the inputs of the state, before any check.
      await deployment.diff(stored.id, stored.outs, stored.inputs);
      await check(deployment, {}, { ...ARGS, templateName: "new", declaredBy: "before" });
      await update(deployment, stored, { ...args, declaredBy: "after" });
      await create(deployment, { ...ARGS, templateName: "new", declaredBy: "before" });
      expect(ids()).to.have.length(2);
    });

  it("that was adopted by its id stays, when a resource of an older name leaves that adopted it before", async () => {
    const adopt = put();
    const old = await create(type(), { ...ARGS, adopt });
    const renamed = await create(type(), { ...ARGS, templateName: "renamed", adopt, adoptOverwrite: true });
    const deployment = type();
    await update(deployment, renamed, { ...ARGS, templateName: "renamed", adopt });
    await destroy(deployment, old);
    expect(ids()).to.deep.equal([adopt]);
  });

  it("that was adopted by its id is not adopted by the name that it was given in the console meanwhile", async () => {
    const args = { ...ARGS, adopt: put() };
    const stored = await create(type(), args);
    cloud.patchTemplate(args.adopt, { TemplateName: "console" });
    const deployment = type();
    await update(deployment, stored, args);
    const byName = await rejection(create(deployment, { ...ARGS, templateName: "console", adopt: true }));
    expect(byName.message).to.contain("Provider.DuplicateResource");
  });

  it("of a name that several have is deleted when its resource leaves, and the other one stays", async () => {
    const [leaving, staying] = [put(), put()];
    const stored = await create(type(), { ...ARGS, adopt: leaving });
    const other = await create(type(), { ...ARGS, adopt: staying });
    const { adopt: _, ...args } = other.inputs;
    const deployment = type();
    await update(deployment, other, args);
    await destroy(deployment, stored);
    expect(ids()).to.deep.equal([staying]);
  });

  it("of a name that it no longer has in the cloud is deleted when its resource leaves, though another one has that name", async () => {
    const args = { ...ARGS, adopt: put() };
    const leaving = await create(type(), args);
    cloud.patchTemplate(args.adopt, { TemplateName: "console" });
    const staying = await create(type(), ARGS);
    const deployment = type();
    await update(deployment, staying, ARGS);
    await destroy(deployment, leaving);
    expect(ids()).to.deep.equal([Number(staying.id)]);
  });

  it("of a name that several have may be checked after another one of the name was adopted", async () => {
    const [first, second] = [put(), put()];
    const stored = await create(type(), { ...ARGS, adopt: first });
    const deployment = type();
    await create(deployment, { ...ARGS, adopt: second });
    await check(deployment, stored.inputs, { ...ARGS, adopt: first });
  });

  it("is adopted by one of two resources that look at the same list", async () => {
    const adopt = put();
    cloud.patchTemplate(adopt, { Description: "old" });
    const deployment = type();
    // The account is then known, and the next creates begin with their lists.
    await create(deployment, { ...ARGS, templateName: "earlier" });
    cloud.reset({ calls: true });
    // Both ask for a fresh list while this one is on its way, and so share the next one.
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

  it("is one of several of a name, and a new resource is told so, not that it is another one's", async () => {
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
});
