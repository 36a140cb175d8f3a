import { expect } from "chai";
import { create, rejection, useCloud } from "../../../support/cloud";
import { DOMAIN, putTemplates, rulesIn } from "../../../support/provider/bindings";

describe("a domain binding whose create gets no usable response", () => {
  const cloud = useCloud();
  let one: number;
  beforeEach(() => {
    [one] = putTemplates(cloud);
  });

  const type = () => cloud.deployment().domainBinding;
  const rules = () => rulesIn(cloud);

  const created = () => create(type(), { domainName: DOMAIN, templateId: one });
  const action = "CreateLiveCallbackRule";
  const FAULTS = [
    ["C2", { kind: "reset", action, applied: true }],
    ["C3", { kind: "status", status: 500, action, applied: true }],
    ["C3", { kind: "error", code: "InternalError", action, applied: true }],
    ["C3", { kind: "error", code: "FailedOperation.CallOtherSvrFailed", action, applied: true }],
  ] as const;
  for (const [item, fault] of FAULTS) {
    it(`is found without another create if it was created: ${Object.values(fault).join(", ")} (${item})`, async () => {
      cloud.addFault(fault);
      await created();
      expect(rules()).to.deep.equal([[DOMAIN, "", one]]);
      expect(cloud.calls().CreateLiveCallbackRule).to.equal(1);
    });

    it(`is created by a second create if the first had no effect: ${Object.values(fault).join(", ")}`, async () => {
      cloud.addFault({ ...fault, applied: false });
      await created();
      expect(rules()).to.deep.equal([[DOMAIN, "", one]]);
      expect(cloud.calls()).to.include({ CreateLiveCallbackRule: 2, DescribeLiveCallbackRules: 2 });
    });
  }

  it("fails with the failure of the create if the rules cannot be listed", async () => {
    cloud.addFault({ kind: "status", status: 500, action, times: "always" });
    const forbidden = { kind: "error", code: "AuthFailure.UnauthorizedOperation", times: "always" } as const;
    cloud.addFault({ ...forbidden, action: "DescribeLiveCallbackRules", skip: 1 });
    const deployment = cloud.deployment({ "tencentcloud-live:retrySeconds": "0" }).domainBinding;
    const error = await rejection(create(deployment, { domainName: DOMAIN, templateId: one }));
    expect(error.message).to.contain("code=Provider.HttpStatus action=CreateLiveCallbackRule");
  });

  it("is neither searched for nor created again if the API rejects the create", async () => {
    cloud.addFault({ kind: "error", code: "ResourceNotFound.FreezeService", action });
    expect((await rejection(created())).message).to.contain("code=ResourceNotFound.FreezeService");
    expect(cloud.calls()).to.include({ CreateLiveCallbackRule: 1, DescribeLiveCallbackRules: 1 });
  });
});
