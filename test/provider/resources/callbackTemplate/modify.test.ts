import { expect } from "chai";
import type { CallEntry } from "../../../../emulator";
import { create, refresh, rejection, startCloud, update, useCloud, useDeployment } from "../../../support/cloud";
import { MAXIMAL, MINIMAL, URL } from "../../../support/provider/callbackTemplates";

describe("a callback template", () => {
  const cloud = useCloud();
  const deployment = useDeployment(cloud);

  const template = () => cloud.state().templates[0];

  for (const [name, value] of Object.entries({ ...MAXIMAL, recordExceptionLevels: ["info"] })) {
    it(`changes ${name} alone, in place (L6)`, async () => {
      const base = { ...MINIMAL, recordExceptionNotifyUrl: URL };
      const stored = await create(deployment.callbackTemplate, base);
      const before = template();
      const changed = await update(cloud.deployment().callbackTemplate, stored, { ...base, [name]: value });
      const wire = name.charAt(0).toUpperCase() + name.slice(1);
      expect(template()).to.deep.equal({ ...before, [wire]: value });
      // One call: only cleared fields are read back.
      expect(cloud.calls()).to.not.have.property("DescribeLiveCallbackTemplate");
      expect(changed.outs[name]).to.deep.equal(value);
    });
  }

  for (const name of Object.keys(MAXIMAL).filter((key) => key !== "templateName")) {
    it(`clears ${name} in the cloud when it is removed from the program, and then has no difference (L7)`, async () => {
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

  it("is sent with all fields in every change, and with unset fields as empty", async () => {
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

  it("fails if the API keeps cleared fields, and records their actual values (L7, C10)", async () => {
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

  it("fails if the API keeps a single cleared field", async () => {
    const stubborn = await startCloud({ dialect: { emptyStringClears: false } });
    try {
      const stored = await create(stubborn.deployment().callbackTemplate, { ...MINIMAL, description: "old" });
      const error = await rejection(update(stubborn.deployment().callbackTemplate, stored, MINIMAL));
      expect(error.message).to.contain("the API accepted the change but did not clear description.");
    } finally {
      await stubborn.close();
    }
  });

  it("counts as cleared if it is not found when it is read back", async () => {
    const stored = await create(deployment.callbackTemplate, { ...MINIMAL, description: "old" });
    cloud.addFault({ kind: "error", code: "InternalError.ConfNotFound", action: "DescribeLiveCallbackTemplate" });
    const changed = await update(cloud.deployment().callbackTemplate, stored, MINIMAL);
    expect(changed.outs).to.not.have.property("description");
    expect(template()).to.not.have.property("Description");
  });

  it("fails with the API's error if the API rejects a change", async () => {
    const stored = await create(deployment.callbackTemplate, MINIMAL);
    cloud.addFault({ kind: "error", code: "InvalidParameter.UrlNotSafe", action: "ModifyLiveCallbackTemplate" });
    const changed = { ...MINIMAL, description: "x" };
    const error = await rejection(update(cloud.deployment().callbackTemplate, stored, changed));
    expect(error.message).to.contain("code=InvalidParameter.UrlNotSafe action=ModifyLiveCallbackTemplate");
    expect(cloud.calls().ModifyLiveCallbackTemplate).to.equal(1);
  });

  it("fails with the code and the action of the change if it does not exist or a field is not cleared", async () => {
    const stored = await create(deployment.callbackTemplate, { ...MINIMAL, description: "old" });
    cloud.removeTemplate(Number(stored.id));
    const gone = await rejection(update(cloud.deployment().callbackTemplate, stored, MINIMAL));
    expect(gone.message).to.contain("(code=Provider.NotFound action=ModifyLiveCallbackTemplate ");
    const stubborn = await startCloud({ dialect: { emptyStringClears: false } });
    try {
      const kept = await create(stubborn.deployment().callbackTemplate, { ...MINIMAL, description: "old" });
      const error = await rejection(update(stubborn.deployment().callbackTemplate, kept, MINIMAL));
      expect(error.message).to.contain("(code=Provider.NotCleared action=ModifyLiveCallbackTemplate ");
    } finally {
      await stubborn.close();
    }
  });
});

describe("a callback template on an endpoint with the older API model", () => {
  const cloud = useCloud({ dialect: { apiModel: "older" } });

  const type = () => cloud.deployment().callbackTemplate;

  it("is changed and cleared without the fields that the endpoint lacks", async () => {
    const stored = await create(type(), { ...MINIMAL, streamEndNotifyUrl: URL, callbackKey: "Key1" });
    const changed = await update(type(), stored, { ...MINIMAL, description: "new" });
    expect(cloud.state().templates[0])
      .to.include({ Description: "new", StreamBeginNotifyUrl: URL })
      .and.not.have.any.keys("StreamEndNotifyUrl", "CallbackKey");
    expect(await refresh(type(), changed)).to.deep.equal(changed);
    const modifies = cloud.callRecord().filter(({ action }) => action === "ModifyLiveCallbackTemplate");
    expect(modifies.map(({ code }) => code)).to.deep.equal(["UnknownParameter", undefined]);
  });

  it("fails with a remedy if the program sets such a field", async () => {
    const stored = await create(type(), MINIMAL);
    const error = await rejection(update(type(), stored, { ...MINIMAL, audioAuditNotifyUrl: URL }));
    expect(error.message).to.contain("This endpoint does not support a field that the program sets");
    expect(error.message).to.contain("code=UnknownParameter action=ModifyLiveCallbackTemplate");
    expect(cloud.state().templates[0]).to.not.have.property("AudioAuditNotifyUrl");
  });
});
