import { expect } from "chai";
import type { CallEntry } from "../../../../emulator";
import {
  create,
  destroy,
  ORIGIN,
  PROVIDER_STUB,
  refresh,
  rejection,
  useCloud,
  useDeployment,
} from "../../../support/cloud";
import { MAXIMAL, MINIMAL, URL } from "../../../support/provider/callbackTemplates";

describe("a callback template", () => {
  const cloud = useCloud();
  const deployment = useDeployment(cloud);

  const template = () => cloud.state().templates[0];

  it("is created with every field, unchanged by a refresh, and deleted (L1, L4, L10)", async () => {
    const stored = await create(deployment.callbackTemplate, MAXIMAL);
    expect(stored.outs).to.deep.equal({
      ...MAXIMAL,
      templateId: Number(stored.id),
      ...ORIGIN,
      declaredBy: stored.inputs["declaredBy"],
      __provider: PROVIDER_STUB,
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

  it("is created with only the required fields, and then has an empty key and no other field (L1)", async () => {
    const stored = await create(deployment.callbackTemplate, MINIMAL);
    expect(stored.outs).to.deep.equal({
      ...MINIMAL,
      callbackKey: "",
      templateId: Number(stored.id),
      ...ORIGIN,
      declaredBy: stored.inputs["declaredBy"],
      __provider: PROVIDER_STUB,
    });
    const [{ request }] = cloud.callRecord().filter(({ action }) => action.startsWith("Create")) as [CallEntry];
    expect(request).to.deep.equal({ TemplateName: "hooks", StreamBeginNotifyUrl: URL });
  });

  it("cannot be read by an id that is not a positive integer", async () => {
    for (const id of ["hooks", "0", "x1", "1x", "-1", "1.5"]) {
      const error = await rejection(deployment.callbackTemplate.read(id, { templateName: "" }));
      expect(error.message).to.contain(
        `cannot read callback template (id ${id}): the id must be a positive integer; given: "${id}"`,
      );
    }
  });

  it("cannot be read by an id that JavaScript would round", async () => {
    for (const id of ["9007199254740992", "12345678901234567"]) {
      const error = await rejection(deployment.callbackTemplate.read(id, { templateName: "" }));
      expect(error.message).to.contain(`(id ${id}): the id must be below 2^53; given: "${id}"`);
    }
  });

  it("fails with the code Provider.InvalidId if it is read by an invalid id", async () => {
    for (const id of ["hooks", "9007199254740992"]) {
      const error = await rejection(deployment.callbackTemplate.read(id, { templateName: "" }));
      expect(error.message).to.contain("(code=Provider.InvalidId ");
    }
  });
});
