import { expect } from "chai";
import { create, itOfAutomaticName, rejection, useCloud } from "../../../support/cloud";
import { AUTOMATIC, idsIn, MINIMAL, URL, WIRE } from "../../../support/provider/callbackTemplates";

describe("creating a callback template", () => {
  const cloud = useCloud();

  const type = () => cloud.deployment().callbackTemplate;
  const ids = () => idsIn(cloud);

  describe("after an answer that was lost", () => {
    const LOST = [
      ["C2", { kind: "reset", applied: true }],
      ["C3", { kind: "status", status: 502, applied: true }],
      ["C2", { kind: "truncated" }],
      ["C2", { kind: "contentType" }],
      ["C3", { kind: "error", code: "InternalError", applied: true }],
      ["C2", { kind: "resetMidBody" }],
    ] as const;
    for (const [item, fault] of LOST) {
      it(`goes on with the template that was made all the same: ${fault.kind} (${item})`, async () => {
        cloud.addFault({ action: "CreateLiveCallbackTemplate", ...fault });
        const stored = await create(type(), MINIMAL);
        expect(ids()).to.deep.equal([Number(stored.id)]);
        expect(cloud.calls().CreateLiveCallbackTemplate).to.equal(1);
      });
    }

    it("never sends it again: it says that it may have been created, and the next run heals it (C2)", async () => {
      cloud.addFault({ kind: "reset", action: "CreateLiveCallbackTemplate" });
      const error = await rejection(create(type(), MINIMAL));
      expect(error.message).to.match(
        /^cannot create callback template "hooks": the connection to http:\/\/127\.0\.0\.1:\d+ failed \(ECONNRESET\); the template may or may not have been created\. Run again: .* \(code=Provider\.OutcomeUnknown action=CreateLiveCallbackTemplate requestId=none retryable=true\)$/,
      );
      expect(error).to.not.have.property("id");
      expect(cloud.calls().CreateLiveCallbackTemplate).to.equal(1);
      await create(type(), MINIMAL);
      expect(ids()).to.have.length(1);
    });

    it("goes on looking when a look fails", async () => {
      cloud.addFault({ kind: "reset", action: "CreateLiveCallbackTemplate", applied: true });
      const look = { action: "DescribeLiveCallbackTemplates", skip: 1 } as const;
      cloud.addFault({ ...look, kind: "error", code: "AuthFailure.UnauthorizedOperation" });
      cloud.addFault({ ...look, kind: "status", status: 404 });
      const stored = await create(type(), MINIMAL);
      expect(ids()).to.deep.equal([Number(stored.id)]);
    });

    it("tells of the create, not of the looks, when these fail to the end", async () => {
      cloud.addFault({ kind: "reset", action: "CreateLiveCallbackTemplate", applied: true });
      const forbidden = { kind: "error", code: "AuthFailure.UnauthorizedOperation", times: "always" } as const;
      cloud.addFault({ ...forbidden, action: "DescribeLiveCallbackTemplates", skip: 1 });
      const error = await rejection(create(type(), MINIMAL));
      expect(error.message).to.contain("code=Provider.OutcomeUnknown action=CreateLiveCallbackTemplate");
    });

    it("does not take a template for its own that another stack made at that moment with other fields", async () => {
      cloud.addFault({ kind: "reset", action: "CreateLiveCallbackTemplate" });
      const failed = rejection(create(type(), MINIMAL));
      while (!cloud.calls().CreateLiveCallbackTemplate) await new Promise(setImmediate);
      cloud.putTemplate({ ...WIRE, StreamEndNotifyUrl: WIRE.StreamBeginNotifyUrl });
      expect((await failed).message).to.contain("code=Provider.OutcomeUnknown");
    });

    itOfAutomaticName(
      "takes one of its automatic name, which nobody else can have given, also if the API has changed a field",
      async () => {
        cloud.addFault({ kind: "reset", action: "CreateLiveCallbackTemplate" });
        const stored = create(type(), AUTOMATIC);
        while (!cloud.calls().CreateLiveCallbackTemplate) await new Promise(setImmediate);
        const { TemplateId } = cloud.putTemplate({ TemplateName: "hooks-0a1b2c3", StreamBeginNotifyUrl: `${URL}/` });
        expect(Number((await stored).id)).to.equal(TemplateId);
      },
    );

    it("does not take a template for its own that was there before, and got the name since", async () => {
      const { TemplateId } = cloud.putTemplate({ ...WIRE, TemplateName: "console" });
      cloud.addFault({ kind: "reset", action: "CreateLiveCallbackTemplate" });
      const failed = rejection(create(type(), MINIMAL));
      while (!cloud.calls().CreateLiveCallbackTemplate) await new Promise(setImmediate);
      cloud.patchTemplate(TemplateId, { TemplateName: "hooks" });
      expect((await failed).message).to.contain("code=Provider.OutcomeUnknown");
    });

    it("is not misled by a template of that name that was there before", async () => {
      const [old] = [cloud.putTemplate({ ...WIRE, TemplateName: "hooks-0a1b2c3" })];
      cloud.putRule({ DomainName: "push.example.com", TemplateId: old.TemplateId });
      const error = await rejection(create(type(), AUTOMATIC));
      expect(error.message).to.contain(`(id ${old.TemplateId}), and it is bound to push.example.com`);
    });
  });
});
