import { expect } from "chai";
import type { CallEntry } from "../emulator";
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

  it("is created with every field, unchanged by a refresh, and deleted (L1, L4, L10)", async () => {
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

  it("is created with the least, and then has an empty secret key and nothing else (L1)", async () => {
    const stored = await create(deployment.callbackTemplate, MINIMAL);
    expect(stored.outs).to.deep.equal({
      ...MINIMAL,
      callbackKey: "",
      templateId: Number(stored.id),
      declaredBy: stored.inputs["declaredBy"],
      __provider: PROVIDER_TEXT,
    });
    const [{ request }] = cloud.callRecord().filter(({ action }) => action.startsWith("Create")) as [CallEntry];
    expect(request).to.deep.equal({ TemplateName: "hooks", StreamBeginNotifyUrl: URL });
  });

  for (const [name, value] of Object.entries({ ...MAXIMAL, recordExceptionLevels: ["info"] })) {
    it(`changes ${name} alone, in place (L6)`, async () => {
      const base = { ...MINIMAL, recordExceptionNotifyUrl: URL };
      const stored = await create(deployment.callbackTemplate, base);
      const before = template();
      const changed = await update(cloud.deployment().callbackTemplate, stored, { ...base, [name]: value });
      const wire = name.charAt(0).toUpperCase() + name.slice(1);
      expect(template()).to.deep.equal({ ...before, [wire]: value });
      // One call: only what was cleared is read back.
      expect(cloud.calls()).to.not.have.property("DescribeLiveCallbackTemplate");
      expect(changed.outs[name]).to.deep.equal(value);
    });
  }

  for (const name of Object.keys(MAXIMAL).filter((key) => key !== "templateName")) {
    it(`clears ${name} in the cloud when it leaves the program, and is then without a difference (L7)`, async () => {
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

  it("is sent whole with every change, and what is not set as empty", async () => {
    const stored = await create(deployment.callbackTemplate, MAXIMAL);
    await update(cloud.deployment().callbackTemplate, stored, { ...MINIMAL, description: "new" });
    const [{ request }] = cloud.callRecord().filter(({ action }) => action.startsWith("Modify")) as [CallEntry];
    const wireNames = Object.keys(MAXIMAL).map((name) => name.charAt(0).toUpperCase() + name.slice(1));
    expect(request).to.deep.equal({
      ...Object.fromEntries(wireNames.map((name) => [name, ""])),
      TemplateId: Number(stored.id),
      ...{ TemplateName: "hooks", StreamBeginNotifyUrl: URL, Description: "new", RecordExceptionLevels: [] },
    });
  });

  it("makes no API call when nothing has changed (L2)", async () => {
    const stored = await create(deployment.callbackTemplate, MAXIMAL);
    cloud.reset({ calls: true });
    await update(cloud.deployment().callbackTemplate, stored, {
      ...MAXIMAL,
      recordExceptionLevels: ["alarm", "error"],
    });
    expect(cloud.calls()).to.deep.equal({});
  });

  it("fails clearly when the API keeps a field that was cleared, and records what is really there (L7, C10)", async () => {
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

  it("fails in the same way where a single field was cleared", async () => {
    const stubborn = await startCloud({ dialect: { emptyStringClears: false } });
    try {
      const stored = await create(stubborn.deployment().callbackTemplate, { ...MINIMAL, description: "old" });
      const error = await rejection(update(stubborn.deployment().callbackTemplate, stored, MINIMAL));
      expect(error.message).to.contain("the API accepted the change but did not clear description.");
    } finally {
      await stubborn.close();
    }
  });

  it("is cleared where it cannot be read back: that it is not found says nothing about the fields", async () => {
    const stored = await create(deployment.callbackTemplate, { ...MINIMAL, description: "old" });
    cloud.addFault({ kind: "error", code: "InternalError.ConfNotFound", action: "DescribeLiveCallbackTemplate" });
    const changed = await update(cloud.deployment().callbackTemplate, stored, MINIMAL);
    expect(changed.outs).to.not.have.property("description");
    expect(template()).to.not.have.property("Description");
  });

  it("is refreshed with others from one list", async () => {
    const names = ["one", "two", "three"];
    const all = await Promise.all(
      names.map((templateName) => create(deployment.callbackTemplate, { ...MINIMAL, templateName })),
    );
    cloud.reset({ calls: true });
    const next = cloud.deployment().callbackTemplate;
    for (const stored of all) expect(await refresh(next, stored)).to.deep.equal(stored);
    expect(cloud.calls()).to.deep.equal({ DescribeLiveCallbackTemplates: 1 });
  });

  it("notices changes of many fields made behind its back, and repairs them at once (L15)", async () => {
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

  it("is gone for a refresh when it was deleted behind its back, and can be deleted all the same (L13, L14)", async () => {
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

  it("is not taken for gone when it is in no list and the credentials do not allow to ask for it", async () => {
    const stored = await create(deployment.callbackTemplate, MINIMAL);
    cloud.removeTemplate(Number(stored.id));
    const forbidden = { kind: "error", code: "AuthFailure.UnauthorizedOperation" } as const;
    cloud.addFault({ ...forbidden, action: "DescribeLiveCallbackTemplate" });
    const error = await rejection(refresh(cloud.deployment().callbackTemplate, stored));
    expect(error.message).to.contain("code=AuthFailure.UnauthorizedOperation action=DescribeLiveCallbackTemplate ");
  });

  it("is read as it was just changed, without another call, and so are those beside it", async () => {
    const stored = await create(deployment.callbackTemplate, MINIMAL);
    const other = await create(deployment.callbackTemplate, { ...MINIMAL, templateName: "other" });
    const next = cloud.deployment().callbackTemplate;
    await refresh(next, stored);
    const changed = await update(next, stored, { ...MINIMAL, description: "new" });
    cloud.reset({ calls: true });
    expect(await refresh(next, changed)).to.deep.equal(changed);
    expect(await refresh(next, other)).to.deep.equal(other);
    expect(cloud.calls()).to.deep.equal({});
  });

  it("fails as the API says when it refuses a change", async () => {
    const stored = await create(deployment.callbackTemplate, MINIMAL);
    cloud.addFault({ kind: "error", code: "InvalidParameter.UrlNotSafe", action: "ModifyLiveCallbackTemplate" });
    const changed = { ...MINIMAL, description: "x" };
    const error = await rejection(update(cloud.deployment().callbackTemplate, stored, changed));
    expect(error.message).to.contain("code=InvalidParameter.UrlNotSafe action=ModifyLiveCallbackTemplate");
    expect(cloud.calls().ModifyLiveCallbackTemplate).to.equal(1);
  });

  it("fails a get of an id that no template has, and names what it can (L18)", async () => {
    const error = await rejection(deployment.callbackTemplate.read("99", {}));
    expect(error.message).to.match(
      /^cannot read callback template \(id 99\): there is no template 99\. Check the id that get was given\. \(code=Provider\.NotFound /,
    );
  });

  it("refuses an id that is none", async () => {
    for (const id of ["hooks", "0", "x1", "1x", "-1", "1.5", "12345678901234567"]) {
      const error = await rejection(deployment.callbackTemplate.read(id, { templateName: "" }));
      expect(error.message).to.contain(
        `cannot read callback template (id ${id}): the id must be a positive integer; given: "${id}"`,
      );
    }
  });
});

describe("a callback template on an endpoint of the older API model", () => {
  let cloud: Cloud;
  beforeEach(async () => {
    cloud = await startCloud({ dialect: { apiModel: "older" } });
  });
  afterEach(() => cloud.close());

  const type = () => cloud.deployment().callbackTemplate;

  it("is changed and cleared without the fields that the endpoint does not know", async () => {
    const stored = await create(type(), { ...MINIMAL, streamEndNotifyUrl: URL, callbackKey: "Key1" });
    const changed = await update(type(), stored, { ...MINIMAL, description: "new" });
    expect(cloud.state().templates[0])
      .to.include({ Description: "new", StreamBeginNotifyUrl: URL })
      .and.not.have.any.keys("StreamEndNotifyUrl", "CallbackKey");
    expect(await refresh(type(), changed)).to.deep.equal(changed);
    const modifies = cloud.callRecord().filter(({ action }) => action === "ModifyLiveCallbackTemplate");
    expect(modifies.map(({ code }) => code)).to.deep.equal(["UnknownParameter", undefined]);
  });

  it("fails, and tells the way out, where the program sets such a field", async () => {
    const stored = await create(type(), MINIMAL);
    const error = await rejection(update(type(), stored, { ...MINIMAL, audioAuditNotifyUrl: URL }));
    expect(error.message).to.contain("This endpoint does not know a field that the program sets");
    expect(error.message).to.contain("code=UnknownParameter action=ModifyLiveCallbackTemplate");
    expect(cloud.state().templates[0]).to.not.have.property("AudioAuditNotifyUrl");
  });
});
