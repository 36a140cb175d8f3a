import { expect } from "chai";
import {
  create,
  ORIGIN,
  PROVIDER_STUB,
  refresh,
  rejection,
  type Stored,
  startCloud,
  update,
  useCloud,
} from "../../support/cloud";

const URL = "https://hooks.example.com/live";
const MINIMAL = { templateName: "hooks", streamBeginNotifyUrl: URL };
const MAXIMAL = {
  ...MINIMAL,
  description: "all",
  callbackKey: "Key1",
  streamEndNotifyUrl: URL,
  recordNotifyUrl: URL,
  recordStatusNotifyUrl: URL,
  snapshotNotifyUrl: URL,
  pornCensorshipNotifyUrl: URL,
  pushExceptionNotifyUrl: URL,
  recordExceptionNotifyUrl: URL,
  audioAuditNotifyUrl: URL,
  recordExceptionLevels: ["error"],
};
const OTHER: Record<string, string | string[]> = {
  templateName: "other",
  description: "other",
  callbackKey: "Other1",
  recordExceptionLevels: ["info", "warning"],
};
const otherOf = (name: string) => OTHER[name] ?? "https://other.example.com";
const wireName = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

describe("an out-of-band change", () => {
  // By default the API does not return this URL, so that a change of it cannot be detected.
  const cloud = useCloud({ dialect: { recordStatusReturned: true } });

  const template = () => cloud.deployment().callbackTemplate;
  const binding = () => cloud.deployment().domainBinding;

  /** Changes one field out of band, then refreshes and updates. */
  async function repaired(args: object, name: string, value: string | string[]) {
    const stored = await create(template(), { ...args });
    const [before] = cloud.state().templates;
    cloud.patchTemplate(Number(stored.id), { [wireName(name)]: value });
    const drifted = (await refresh(template(), stored)) as Stored;
    const next = template();
    const { changes } = await next.diff(stored.id, drifted.outs, stored.inputs);
    const after = await update(next, drifted, { ...args });
    const [cloudAfter] = cloud.state().templates;
    return { before, drifted: drifted.inputs[name], changes, stored, after, cloudAfter };
  }

  for (const name of Object.keys(MAXIMAL)) {
    it(`is detected and reverted in ${name} (L15)`, async () => {
      const { before, drifted, changes, stored, after, cloudAfter } = await repaired(MAXIMAL, name, otherOf(name));
      expect(drifted).to.deep.equal(otherOf(name));
      expect(changes).to.not.equal(false);
      expect(cloudAfter).to.deep.equal(before);
      expect(after).to.deep.equal(stored);
    });
  }

  const optional = Object.keys(MAXIMAL).filter((name) => !(name in MINIMAL) && name !== "recordExceptionLevels");
  for (const name of optional) {
    it(`is detected and reverted if it sets ${name} (L16)`, async () => {
      const { before, drifted, stored, after, cloudAfter } = await repaired(MINIMAL, name, otherOf(name));
      expect(drifted).to.equal(otherOf(name));
      expect(cloudAfter).to.deep.equal(before);
      expect(after).to.deep.equal(stored);
    });
  }

  it("is detected and reverted if it binds a domain to another template (L15)", async () => {
    const [one, two] = ["one", "two"].map(
      (TemplateName) => cloud.putTemplate({ TemplateName, StreamBeginNotifyUrl: URL }).TemplateId,
    );
    const args = { domainName: "push.example.com", templateId: one };
    const stored = await create(binding(), args);
    cloud.putRule({ DomainName: "push.example.com", TemplateId: two ?? 0 });
    const drifted = (await refresh(binding(), stored)) as Stored;
    expect(drifted.inputs).to.include({ templateId: two });
    expect((await update(binding(), drifted, args)).outs).to.include({ templateId: one });
    expect(cloud.state().rules.map(({ TemplateId }) => TemplateId)).to.deep.equal([one]);
  });

  it("does not make a second destroy fail (L12)", async () => {
    const hooks = await create(template(), MINIMAL);
    const bound = await create(binding(), { domainName: "push.example.com", templateId: hooks.id });
    for (let time = 0; time < 2; time++) {
      await binding().delete(bound.id, bound.outs);
      await template().delete(hooks.id, hooks.outs);
    }
    expect(cloud.state()).to.deep.include({ templates: [], rules: [] });
  });
});

describe("an adoption that the API completes only in part", () => {
  it("is recorded with the actual values and the provider stub, and claims its template (C10)", async () => {
    const cloud = await startCloud({ dialect: { emptyStringClears: false } });
    try {
      const { TemplateId } = cloud.putTemplate({ TemplateName: "hooks", Description: "old", StreamEndNotifyUrl: URL });
      const deployment = cloud.deployment().callbackTemplate;
      const overwriting = { ...MINIMAL, adopt: true, adoptOverwrite: true };
      const error = await rejection(create(deployment, { ...overwriting, declaredBy: "hooks" }));
      expect(error.message).to.contain("did not clear description, streamEndNotifyUrl").and.contain("NotCleared");
      expect(error).to.deep.include({
        id: String(TemplateId),
        properties: {
          ...overwriting,
          ...{ callbackKey: "", description: "old", streamEndNotifyUrl: URL, templateId: TemplateId, ...ORIGIN },
          declaredBy: "hooks",
          __provider: PROVIDER_STUB,
        },
      });
      const other = { ...MINIMAL, templateName: "other", adopt: TemplateId };
      expect((await rejection(create(deployment, other))).message).to.contain(`already has template ${TemplateId}`);
    } finally {
      await cloud.close();
    }
  });
});
