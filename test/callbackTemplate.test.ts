import { expect } from "chai";
import {
  type Cloud,
  create,
  type Deployment,
  destroy,
  PROVIDER_TEXT,
  refresh,
  rejection,
  startCloud,
  update,
} from "./support/cloud";

const URL = "https://hooks.example.com/live";
const MINIMAL = { templateName: "hooks", streamBeginNotifyUrl: URL };
const MAXIMAL = {
  templateName: "直播回调-hooks_1",
  description: "all-fields",
  callbackKey: "SecretKey123",
  streamBeginNotifyUrl: `${URL}/begin`,
  streamEndNotifyUrl: `${URL}/end`,
  recordNotifyUrl: `${URL}/record`,
  recordStatusNotifyUrl: `${URL}/record-status`,
  snapshotNotifyUrl: `${URL}/snapshot`,
  pornCensorshipNotifyUrl: `${URL}/porn`,
  pushExceptionNotifyUrl: `${URL}/push-exception`,
  recordExceptionNotifyUrl: `${URL}/record-exception`,
  recordExceptionLevels: ["error", "warning"],
  audioAuditNotifyUrl: `${URL}/audio`,
};

describe("the life of a callback template", () => {
  let cloud: Cloud;
  let deployment: Deployment;
  beforeEach(async () => {
    cloud = await startCloud();
    deployment = cloud.deployment();
  });
  afterEach(() => cloud.close());

  const template = () => cloud.state().templates[0];

  it("is created with every field, unchanged by a refresh, and deleted", async () => {
    const stored = await create(deployment.callbackTemplate, MAXIMAL);
    expect(stored.outs).to.deep.equal({
      ...MAXIMAL,
      templateId: Number(stored.id),
      declaredBy: stored.inputs["declaredBy"],
      __provider: PROVIDER_TEXT,
    });
    expect(template()).to.deep.include({
      TemplateId: Number(stored.id),
      TemplateName: "直播回调-hooks_1",
      Description: "all-fields",
      CallbackKey: "SecretKey123",
      StreamBeginNotifyUrl: `${URL}/begin`,
      StreamEndNotifyUrl: `${URL}/end`,
      RecordNotifyUrl: `${URL}/record`,
      RecordStatusNotifyUrl: `${URL}/record-status`,
      SnapshotNotifyUrl: `${URL}/snapshot`,
      PornCensorshipNotifyUrl: `${URL}/porn`,
      PushExceptionNotifyUrl: `${URL}/push-exception`,
      RecordExceptionNotifyUrl: `${URL}/record-exception`,
      RecordExceptionLevels: ["error", "warning"],
      AudioAuditNotifyUrl: `${URL}/audio`,
    });

    const refreshed = await refresh(cloud.deployment().callbackTemplate, stored);
    expect(refreshed).to.deep.equal(stored);

    await destroy(cloud.deployment().callbackTemplate, stored);
    expect(cloud.state().templates).to.deep.equal([]);
  });

  it("is created with the least, and then has an empty secret key and nothing else", async () => {
    const stored = await create(deployment.callbackTemplate, MINIMAL);
    expect(stored.outs).to.deep.equal({
      ...MINIMAL,
      callbackKey: "",
      templateId: Number(stored.id),
      declaredBy: stored.inputs["declaredBy"],
      __provider: PROVIDER_TEXT,
    });
    expect(template()).to.not.have.any.keys("CallbackKey", "Description", "RecordExceptionLevels");
  });

  for (const [name, value] of Object.entries({ ...MAXIMAL, recordExceptionLevels: ["info"] })) {
    if (name === "recordExceptionNotifyUrl") continue;
    it(`changes ${name} alone, in place`, async () => {
      const base = { ...MINIMAL, recordExceptionNotifyUrl: URL };
      const stored = await create(deployment.callbackTemplate, base);
      const before = template();
      const changed = await update(cloud.deployment().callbackTemplate, stored, { ...base, [name]: value });
      const wire = name.charAt(0).toUpperCase() + name.slice(1);
      expect(template()).to.deep.equal({ ...before, [wire]: value });
      expect(changed.outs[name]).to.deep.equal(value);
    });
  }

  for (const name of Object.keys(MAXIMAL).filter((key) => key !== "templateName")) {
    it(`clears ${name} in the cloud when it leaves the program, and is then without a difference`, async () => {
      const stored = await create(deployment.callbackTemplate, MAXIMAL);
      const wire = name.charAt(0).toUpperCase() + name.slice(1);
      const { [name]: _, ...rest } = MAXIMAL as Record<string, unknown>;
      if (name === "recordExceptionNotifyUrl") delete rest["recordExceptionLevels"];
      const changed = await update(cloud.deployment().callbackTemplate, stored, rest);
      if (name === "recordExceptionLevels") expect(template()).to.deep.include({ [wire]: ["error"] });
      else expect(template()).to.not.have.property(wire);

      const next = cloud.deployment().callbackTemplate;
      expect(await next.diff(changed.id, changed.outs, changed.inputs)).to.deep.equal({ changes: false });
      const refreshed = await refresh(next, changed);
      expect(refreshed?.outs).to.deep.equal(changed.outs);
    });
  }

  it("makes no API call when nothing has changed", async () => {
    const stored = await create(deployment.callbackTemplate, MAXIMAL);
    cloud.reset({ calls: true });
    await update(cloud.deployment().callbackTemplate, stored, {
      ...MAXIMAL,
      recordExceptionLevels: ["alarm", "error"],
    });
    expect(cloud.calls()).to.deep.equal({});
  });

  it("fails clearly when the API keeps a field that was cleared, and records what is really there", async () => {
    const stubborn = await startCloud({ dialect: { emptyStringClears: false } });
    try {
      const type = stubborn.deployment().callbackTemplate;
      const stored = await create(type, { ...MINIMAL, streamEndNotifyUrl: URL, description: "old" });
      const next = stubborn.deployment().callbackTemplate;
      const error = await rejection(update(next, stored, { ...MINIMAL, streamBeginNotifyUrl: `${URL}/2` }));
      expect(error.message).to.match(
        /^cannot update callback template "hooks" \(id \d+\): the API accepted the change but did not clear description, streamEndNotifyUrl\./,
      );
      expect(error).to.have.property("id", stored.id);
      expect(error["properties"]).to.deep.equal({
        ...stored.outs,
        streamBeginNotifyUrl: `${URL}/2`,
      });
    } finally {
      await stubborn.close();
    }
  });

  it("notices a change of every field made behind its back, and repairs it", async () => {
    const stored = await create(deployment.callbackTemplate, MAXIMAL);
    const original = template();
    cloud.patchTemplate(Number(stored.id), {
      TemplateName: "other",
      Description: "other",
      CallbackKey: "other",
      StreamEndNotifyUrl: "",
      SnapshotNotifyUrl: "http://other.example.com",
      RecordExceptionLevels: ["info"],
    });
    const next = cloud.deployment().callbackTemplate;
    const drifted = await refresh(next, stored);
    expect(drifted?.inputs).to.deep.include({ templateName: "other", callbackKey: "other" });
    expect(drifted?.inputs).to.not.have.property("streamEndNotifyUrl");
    if (!drifted) throw new Error("gone");
    const repaired = await update(next, drifted, MAXIMAL);
    expect(template()).to.deep.equal(original);
    expect(repaired.outs).to.deep.equal(stored.outs);
  });

  it("is gone for a refresh when it was deleted behind its back, and can be deleted all the same", async () => {
    const stored = await create(deployment.callbackTemplate, MINIMAL);
    cloud.removeTemplate(Number(stored.id));
    expect(await refresh(cloud.deployment().callbackTemplate, stored)).to.equal(undefined);
    await destroy(cloud.deployment().callbackTemplate, stored);
    const error = await rejection(
      update(cloud.deployment().callbackTemplate, stored, { ...MINIMAL, description: "x" }),
    );
    expect(error.message).to.contain("does not exist any more").and.contain('Run "pulumi refresh"');
  });

  it("is not taken for gone when the list is stale or the credentials are refused", async () => {
    const stored = await create(deployment.callbackTemplate, MINIMAL);
    cloud.addFault({ kind: "stale", action: "DescribeLiveCallbackTemplates", writes: 1, times: 2 });
    expect(await refresh(cloud.deployment().callbackTemplate, stored)).to.deep.equal(stored);

    cloud.addFault({ kind: "error", code: "AuthFailure.UnauthorizedOperation", times: "always" });
    const error = await rejection(refresh(cloud.deployment().callbackTemplate, stored));
    expect(error.message).to.contain("code=AuthFailure.UnauthorizedOperation action=DescribeLiveCallbackTemplates");
  });

  it("refuses an id that is none", async () => {
    const error = await rejection(deployment.callbackTemplate.read("hooks", {}));
    expect(error.message).to.contain('the id must be a positive integer; given: "hooks"');
  });
});
