import { expect } from "chai";
import { create, destroy, refresh, rejection, update, useCloud, useDeployment } from "../../../support/cloud";
import { AUTOMATIC, MAXIMAL, MINIMAL } from "../../../support/provider/callbackTemplates";

describe("a callback template", () => {
  const cloud = useCloud();
  const deployment = useDeployment(cloud);

  const template = () => cloud.state().templates[0];

  it("is refreshed together with others from one list", async () => {
    const names = ["one", "two", "three"];
    const all = await Promise.all(
      names.map((templateName) => create(deployment.callbackTemplate, { ...MINIMAL, templateName })),
    );
    cloud.reset({ calls: true });
    const next = cloud.deployment().callbackTemplate;
    for (const stored of all) expect(await refresh(next, stored)).to.deep.equal(stored);
    expect(cloud.calls()).to.deep.equal({ DescribeLiveCallbackTemplates: 1 });
  });

  it("is restored by one update after out-of-band changes of many fields (L15)", async () => {
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

  it("gets its automatic name again after it lost it out of band", async () => {
    const stored = await create(deployment.callbackTemplate, AUTOMATIC);
    cloud.patchTemplate(Number(stored.id), { TemplateName: "" });
    const drifted = await refresh(cloud.deployment().callbackTemplate, stored);
    expect(drifted?.inputs).to.include({ templateName: "" });
    await update(cloud.deployment().callbackTemplate, drifted ?? stored, AUTOMATIC);
    expect(template()).to.include({ TemplateName: AUTOMATIC.automaticName });
  });

  it("is missing in a refresh after an out-of-band delete, and can still be deleted (L13, L14)", async () => {
    const stored = await create(deployment.callbackTemplate, MINIMAL);
    cloud.removeTemplate(Number(stored.id));
    expect(await refresh(cloud.deployment().callbackTemplate, stored)).to.equal(undefined);
    await destroy(cloud.deployment().callbackTemplate, stored);
    const error = await rejection(
      update(cloud.deployment().callbackTemplate, stored, { ...MINIMAL, description: "x" }),
    );
    expect(error.message).to.contain("no longer exists").and.contain('Run "pulumi refresh"');
  });

  it("is not reported as missing if the list is stale or the credentials are rejected", async () => {
    const stored = await create(deployment.callbackTemplate, MINIMAL);
    cloud.addFault({ kind: "stale", action: "DescribeLiveCallbackTemplates", writes: 1, times: 2 });
    expect(await refresh(cloud.deployment().callbackTemplate, stored)).to.deep.equal(stored);

    cloud.addFault({ kind: "error", code: "AuthFailure.UnauthorizedOperation", times: "always" });
    const error = await rejection(refresh(cloud.deployment().callbackTemplate, stored));
    expect(error.message).to.contain("code=AuthFailure.UnauthorizedOperation action=DescribeLiveCallbackTemplates");
  });

  it("is not reported as missing if no list has it and the credentials may not request it", async () => {
    const stored = await create(deployment.callbackTemplate, MINIMAL);
    cloud.removeTemplate(Number(stored.id));
    const forbidden = { kind: "error", code: "AuthFailure.UnauthorizedOperation" } as const;
    cloud.addFault({ ...forbidden, action: "DescribeLiveCallbackTemplate" });
    const error = await rejection(refresh(cloud.deployment().callbackTemplate, stored));
    expect(error.message).to.contain("code=AuthFailure.UnauthorizedOperation action=DescribeLiveCallbackTemplate ");
  });

  it("is neither missing nor another template if the API lists an id that JSON rounds", async () => {
    const stored = await create(deployment.callbackTemplate, MINIMAL);
    cloud.putTemplate({ ...cloud.state().templates[0], TemplateName: "huge", TemplateId: 2 ** 53 });
    const error = await rejection(refresh(cloud.deployment().callbackTemplate, stored));
    expect(error.message)
      .to.contain("missing or mistyped fields: Templates.1.TemplateId. ")
      .and.contain("InvalidResponse");
  });

  it("is read with its latest change and without another call, as are other templates", async () => {
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
});
