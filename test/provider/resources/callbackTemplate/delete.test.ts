import { expect } from "chai";
import { systemClock } from "../../../../provider/api/clock";
import { DEFAULT_BACKOFF } from "../../../../provider/api/retry";
import { VirtualClock } from "../../../support/clock";
import { create, destroy, rejection, startCloud, useCloud } from "../../../support/cloud";

const ARGS = { templateName: "hooks", streamBeginNotifyUrl: "https://hooks.example.com/live" };

/** Options of a deployment with the default waits, on a virtual clock. */
const virtualTime = (clock = new VirtualClock()) => ({ clock, backoff: DEFAULT_BACKOFF });

describe("deletion of a callback template", () => {
  const cloud = useCloud();

  it("waits for a rule that is deleted within the time limit", async () => {
    const clock = new VirtualClock();
    const stored = await create(cloud.deployment().callbackTemplate, ARGS);
    cloud.putRule({ DomainName: "push.example.com", TemplateId: Number(stored.id) });
    clock.sleep(19_000).then(() => cloud.removeRule("push.example.com"));
    await destroy(cloud.deployment({}, virtualTime(clock)).callbackTemplate, stored);
    expect(cloud.state().templates).to.deep.equal([]);
    expect(clock.monotonic()).to.be.within(19_000, 19_000 + DEFAULT_BACKOFF.maxDelayMs);
  });

  for (const inUseEnforced of [true, false]) {
    it(`reports the bound domains and deletes nothing${inUseEnforced ? "" : ", even if the API would"}`, async () => {
      const other = await startCloud({ dialect: { inUseEnforced } });
      try {
        const stored = await create(other.deployment().callbackTemplate, ARGS);
        const type = other.deployment({}, virtualTime()).callbackTemplate;
        other.putRule({ DomainName: "push.example.com", TemplateId: Number(stored.id) });
        other.putRule({ DomainName: "b.example.com", AppName: "live", TemplateId: Number(stored.id) });
        const error = await rejection(destroy(type, stored));
        expect(error.message).to.match(/it is still bound to push\.example\.com, b\.example\.com\/live, after 30 s\./);
        expect(error.message).to.contain("code=Provider.InUse").and.contain("retryable=false");
        expect(other.calls()).to.not.have.property("DeleteLiveCallbackTemplate");
        expect(other.state().templates).to.have.length(1);
      } finally {
        await other.close();
      }
    });
  }

  it("respects a binding that its own deployment has just created, even if the API would not", async () => {
    const other = await startCloud({ dialect: { inUseEnforced: false } });
    try {
      const stored = await create(other.deployment().callbackTemplate, ARGS);
      const deployment = other.deployment({ "tencentcloud-live:inUseTimeoutSeconds": "0" });
      await deployment.domainBinding.read("a.example.com", { templateId: 1 });
      await create(deployment.domainBinding, { domainName: "push.example.com", templateId: stored.id });
      await rejection(destroy(deployment.callbackTemplate, stored));
      expect(other.state().templates).to.have.length(1);
    } finally {
      await other.close();
    }
  });

  it("respects a binding that a colleague creates before a retry, even if the API would not", async () => {
    const other = await startCloud({ dialect: { inUseEnforced: false } });
    try {
      const stored = await create(other.deployment().callbackTemplate, ARGS);
      other.addFault({ kind: "error", code: "InternalError", action: "DeleteLiveCallbackTemplate" });
      const sleep = async () => void other.putRule({ DomainName: "push.example.com", TemplateId: Number(stored.id) });
      const config = { "tencentcloud-live:inUseTimeoutSeconds": "0" };
      const type = other.deployment(config, { clock: { ...systemClock, sleep } }).callbackTemplate;
      expect((await rejection(destroy(type, stored))).message).to.contain("still bound to push.example.com, after 0 s");
      expect(other.state().templates).to.have.length(1);
    } finally {
      await other.close();
    }
  });

  it("has its own time for retries after it has waited for a rule", async () => {
    const clock = new VirtualClock();
    const stored = await create(cloud.deployment().callbackTemplate, ARGS);
    cloud.putRule({ DomainName: "push.example.com", TemplateId: Number(stored.id) });
    clock.sleep(19_000).then(() => {
      cloud.removeRule("push.example.com");
      cloud.addFault({ kind: "error", code: "InternalError", action: "DeleteLiveCallbackTemplate" });
    });
    const config = { "tencentcloud-live:retrySeconds": "10" };
    await destroy(cloud.deployment(config, virtualTime(clock)).callbackTemplate, stored);
    expect(cloud.calls().DeleteLiveCallbackTemplate).to.equal(2);
  });

  it("waits while the API reports the template in use, although no rule refers to it", async () => {
    const stored = await create(cloud.deployment().callbackTemplate, ARGS);
    for (const code of ["FailedOperation.ConfInUsed", "InternalError.ConfInUsed", "InternalError.RuleInUsing"])
      cloud.addFault({ kind: "error", code, action: "DeleteLiveCallbackTemplate" });
    await destroy(cloud.deployment().callbackTemplate, stored);
    expect(cloud.state().templates).to.deep.equal([]);
    expect(cloud.calls().DeleteLiveCallbackTemplate).to.equal(4);
  });

  it("fails if the API keeps reporting the template in use", async () => {
    const stored = await create(cloud.deployment().callbackTemplate, ARGS);
    const code = "FailedOperation.ConfInUsed";
    cloud.addFault({ kind: "error", code, action: "DeleteLiveCallbackTemplate", times: "always" });
    const type = cloud.deployment({}, virtualTime()).callbackTemplate;
    const error = await rejection(destroy(type, stored));
    expect(error.message).to.contain(
      "it is still in use according to the API, although no rule refers to it, after 30 s",
    );
    expect(error.message).to.contain("code=Provider.InUse").and.contain("retryable=true");
  });

  it("fails if the API rejects it for another reason", async () => {
    const stored = await create(cloud.deployment().callbackTemplate, ARGS);
    cloud.addFault({ kind: "error", code: "InvalidParameter", action: "DeleteLiveCallbackTemplate" });
    const error = await rejection(destroy(cloud.deployment().callbackTemplate, stored));
    expect(error.message).to.contain("code=InvalidParameter action=DeleteLiveCallbackTemplate");
    expect(cloud.calls().DeleteLiveCallbackTemplate).to.equal(1);
  });

  it("removes only this template from the shared list, which is not fetched again", async () => {
    const stored = await create(cloud.deployment().callbackTemplate, ARGS);
    const other = cloud.putTemplate({ TemplateName: "other", StreamBeginNotifyUrl: ARGS.streamBeginNotifyUrl });
    const type = cloud.deployment().callbackTemplate;
    await type.read(stored.id, stored.outs);
    cloud.reset({ calls: true });
    await destroy(type, stored);
    expect((await type.read(String(other.TemplateId), {})).id).to.equal(String(other.TemplateId));
    expect((await create(type, ARGS)).id).to.not.equal(stored.id);
    expect(cloud.calls()).to.deep.equal({
      ...{ DescribeLiveCallbackRules: 1, DeleteLiveCallbackTemplate: 1, CreateLiveCallbackTemplate: 1 },
      GetCallerIdentity: 1,
    });
  });

  it("succeeds if its response was lost (C4)", async () => {
    const stored = await create(cloud.deployment().callbackTemplate, ARGS);
    cloud.addFault({ kind: "reset", action: "DeleteLiveCallbackTemplate", applied: true });
    await destroy(cloud.deployment().callbackTemplate, stored);
    expect(cloud.state().templates).to.deep.equal([]);
  });

  it("succeeds if its response was lost and the account cannot be determined", async () => {
    const stored = await create(cloud.deployment().callbackTemplate, ARGS);
    cloud.addFault({ kind: "reset", action: "DeleteLiveCallbackTemplate", applied: true });
    const code = "AuthFailure.UnauthorizedOperation";
    cloud.addFault({ kind: "error", code, action: "GetCallerIdentity", times: "always" });
    await destroy(cloud.deployment().callbackTemplate, stored);
    expect(cloud.state().templates).to.deep.equal([]);
  });
});
