import { expect } from "chai";
import { TEMPLATE_PROPERTIES } from "../../provider/resources/callbackTemplate/canonical";
import { bindingScenarios } from "./dialectBindingScenarios";
import {
  create,
  destroy,
  expectError,
  expectNoDifference,
  HOOK,
  type Life,
  MINIMAL,
  NEWER,
  refresh,
  startBinding,
  update,
  wire,
  without,
} from "./dialectLife";

type Scenario = (life: Life) => Promise<void>;

const kept = (...names: string[]): string[] => [
  `the API accepted the change but did not clear ${names.join(", ")}`,
  "code=Provider.NotCleared action=ModifyLiveCallbackTemplate",
];

const templateScenarios: Record<string, Scenario> = {
  "a minimal template is read back as created": async (life) => {
    const stored = await create(life.templates, MINIMAL);
    await expectNoDifference(life.templates, stored, MINIMAL);
    expect(life.cloud.state().templates).to.have.length(1);
  },

  "a template with every accepted field is read back as created": async (life) => {
    const stored = await create(life.templates, life.maximal);
    await expectNoDifference(life.templates, stored, life.maximal);
  },

  "a field that the endpoint does not accept is rejected by name": async ({ templates, dialect, maximal }) => {
    if (dialect.apiModel === "current") return;
    for (const [name, value] of Object.entries(NEWER).filter(([name]) => name !== "recordExceptionLevels")) {
      const work = create(templates, { ...maximal, [name]: value, declaredBy: "hooks" });
      await expectError(work, wire(name), "code=UnknownParameter", "This endpoint does not support a field");
    }
  },

  "each field can be changed alone, and keeps its value": async (life) => {
    const { maximal, cloud } = life;
    let stored = await create(life.templates, maximal);
    let args = maximal;
    for (const name of Object.keys(maximal)) {
      args = { ...args, [name]: name === "recordExceptionLevels" ? ["info"] : `${args[name]}2` };
      stored = await update(life.templates, stored, args);
      expect(cloud.state().templates[0]).to.deep.include({ [wire(name)]: args[name] });
    }
    await expectNoDifference(life.templates, stored, args);
  },

  "optional fields are cleared, or the error lists those that were not": async (life) => {
    const stored = await create(life.templates, life.maximal);
    const cleared = Object.keys(without(life.maximal, "templateName", "streamBeginNotifyUrl"));
    const args = without(life.maximal, ...cleared);
    // A field that the API never returns cannot be missed.
    const seen = cleared.filter((name) => name !== "recordStatusNotifyUrl" || life.dialect.recordStatusReturned);
    const work = update(life.templates, stored, args);
    if (!life.dialect.emptyStringClears) {
      const inOrder = TEMPLATE_PROPERTIES.filter((name) => seen.includes(name));
      return expectError(work, ...kept(...inOrder));
    }
    await expectNoDifference(life.templates, await work, args);
    expect(life.cloud.state().templates[0]).to.not.have.any.keys(...cleared.map(wire));
  },

  "fields that were changed, set or cleared out of band are reverted": async (life) => {
    const args = without(life.maximal, "description");
    const stored = await create(life.templates, args);
    const before = life.cloud.state().templates;
    life.cloud.patchTemplate(Number(stored.id), {
      TemplateName: "elsewhere",
      StreamEndNotifyUrl: "",
      SnapshotNotifyUrl: "https://elsewhere.example.com",
    });
    const drifted = await refresh(life.templates, stored);
    expect(drifted?.inputs).to.include({ templateName: "elsewhere" }).and.not.have.property("streamEndNotifyUrl");
    if (drifted) await update(life.templates, drifted, args);
    expect(life.cloud.state().templates).to.deep.equal(before);

    life.cloud.patchTemplate(Number(stored.id), { Description: "elsewhere" });
    const set = await refresh(life.templates, stored);
    if (!set) throw new Error("gone");
    if (!life.dialect.emptyStringClears) return expectError(update(life.templates, set, args), ...kept("description"));
    await update(life.templates, set, args);
    expect(life.cloud.state().templates).to.deep.equal(before);
  },

  "a field that the API does not return keeps the declared value": async (life) => {
    if (life.dialect.apiModel === "older") return;
    const stored = await create(life.templates, life.maximal);
    life.cloud.patchTemplate(Number(stored.id), { RecordStatusNotifyUrl: "https://elsewhere.example.com" });
    const drifted = await refresh(life.templates, stored);
    const seen = life.dialect.recordStatusReturned ? "https://elsewhere.example.com" : NEWER.recordStatusNotifyUrl;
    expect(drifted?.inputs).to.include({ recordStatusNotifyUrl: seen });
  },

  "a deleted template is distinguished from an unreadable one": async (life) => {
    const stored = await create(life.templates, MINIMAL);
    life.cloud.addFault({ kind: "error", code: "AuthFailure.UnauthorizedOperation" });
    await expectError(refresh(life.templates, stored), "code=AuthFailure.UnauthorizedOperation");
    life.cloud.removeTemplate(Number(stored.id));
    expect(await refresh(life.templates, stored)).to.equal(undefined);
    await expectError(update(life.templates, stored, { ...MINIMAL, description: "x" }), "no longer exists");
    await destroy(life.templates, stored);
  },

  "a template of an interrupted run is taken over, and another template with the name only with adopt": async (
    life,
  ) => {
    const left = await create(life.templates, life.maximal);
    const again = await create(life.templates, life.maximal);
    expect(again.id).to.equal(left.id);
    const other = { ...life.maximal, streamBeginNotifyUrl: `${HOOK}/other` };
    await expectError(create(life.templates, other), "code=Provider.AlreadyExists", `adopt: ${left.id}`);
    const adopting = { ...other, adopt: true };
    await expectError(create(life.templates, adopting), "code=Provider.WouldOverwrite", "change streamBeginNotifyUrl");
    const adopted = await create(life.templates, { ...adopting, adoptOverwrite: true });
    expect(adopted.id).to.equal(left.id);
    await expectNoDifference(life.templates, adopted, other);
    expect(life.cloud.state().templates).to.have.length(1);
  },

  "a template gets the name of another template only if the API allows it": async (life) => {
    await create(life.templates, MINIMAL);
    const other = await create(life.templates, { ...MINIMAL, templateName: "other" });
    const renamed = update(life.templates, other, MINIMAL);
    if (life.dialect.uniqueTemplateNames) await expectError(renamed, "code=InvalidParameter.ArgsNotMatch");
    else await renamed;
    expect(life.cloud.state().templates).to.have.length(2);
  },

  "a template in use is kept, and the error shows its rule": async (life) => {
    const { template, binding } = await startBinding(life);
    await expectError(
      destroy(life.templates, template),
      `it is still bound to ${binding.id}, after 0.03 s`,
      "code=Provider.InUse",
    );
    await destroy(life.bindings, binding);
    await destroy(life.templates, template);
    await destroy(life.templates, template);
    expect(life.cloud.state().templates).to.deep.equal([]);
  },
};

/** The lifecycle of both resources: each step with its expected outcome under the dialect. */
export const scenarios: Record<string, Scenario> = { ...templateScenarios, ...bindingScenarios };
