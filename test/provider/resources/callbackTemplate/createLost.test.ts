import { expect } from "chai";
import { loseRoute } from "../../../support/api/lostRoute";
import { create, itOfAutomaticName, rejection, useCloud } from "../../../support/cloud";
import { AUTOMATIC, idsIn, MINIMAL, URL, WIRE } from "../../../support/provider/callbackTemplates";

describe("creation of a callback template", () => {
  const cloud = useCloud();

  const type = () => cloud.deployment().callbackTemplate;
  const ids = () => idsIn(cloud);

  describe("a create whose response was lost", () => {
    const LOST = [
      ["C2", { kind: "reset", applied: true }],
      ["C3", { kind: "status", status: 502, applied: true }],
      ["C2", { kind: "truncated" }],
      ["C2", { kind: "contentType" }],
      ["C3", { kind: "error", code: "InternalError", applied: true }],
      ["C2", { kind: "resetMidBody" }],
    ] as const;
    for (const [item, fault] of LOST) {
      it(`continues with the template that it created: ${fault.kind} (${item})`, async () => {
        cloud.addFault({ action: "CreateLiveCallbackTemplate", ...fault });
        const stored = await create(type(), MINIMAL);
        expect(ids()).to.deep.equal([Number(stored.id)]);
        expect(cloud.calls().CreateLiveCallbackTemplate).to.equal(1);
      });
    }

    it("continues with the template that it created if its connection loses its route (C2)", async () => {
      cloud.addFault({ kind: "latency", action: "CreateLiveCallbackTemplate", ms: 60_000, applied: true });
      const creating = create(type(), MINIMAL);
      while (ids().length === 0) await new Promise(setImmediate);
      loseRoute(Number(new globalThis.URL(cloud.url).port), "EHOSTUNREACH");
      const stored = await creating;
      expect(ids()).to.deep.equal([Number(stored.id)]);
      expect(cloud.calls().CreateLiveCallbackTemplate).to.equal(1);
    });

    it("is never sent again, reports an unknown outcome, and is completed by the next run (C2)", async () => {
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

    it("continues its search if a list fails", async () => {
      cloud.addFault({ kind: "reset", action: "CreateLiveCallbackTemplate", applied: true });
      const list = { action: "DescribeLiveCallbackTemplates", skip: 1 } as const;
      cloud.addFault({ ...list, kind: "error", code: "AuthFailure.UnauthorizedOperation" });
      cloud.addFault({ ...list, kind: "status", status: 404 });
      const stored = await create(type(), MINIMAL);
      expect(ids()).to.deep.equal([Number(stored.id)]);
    });

    it("reports its own failure, not that of the lists, if every list fails", async () => {
      cloud.addFault({ kind: "reset", action: "CreateLiveCallbackTemplate", applied: true });
      const forbidden = { kind: "error", code: "AuthFailure.UnauthorizedOperation", times: "always" } as const;
      cloud.addFault({ ...forbidden, action: "DescribeLiveCallbackTemplates", skip: 1 });
      const error = await rejection(create(type(), MINIMAL));
      expect(error.message).to.contain("code=Provider.OutcomeUnknown action=CreateLiveCallbackTemplate");
    });

    it("does not take a template with other fields that another stack creates at the same time", async () => {
      cloud.addFault({ kind: "reset", action: "CreateLiveCallbackTemplate" });
      const failed = rejection(create(type(), MINIMAL));
      while (!cloud.calls().CreateLiveCallbackTemplate) await new Promise(setImmediate);
      cloud.putTemplate({ ...WIRE, StreamEndNotifyUrl: WIRE.StreamBeginNotifyUrl });
      expect((await failed).message).to.contain("code=Provider.OutcomeUnknown");
    });

    itOfAutomaticName("takes a template with its automatic name, even if the API has changed a field", async () => {
      cloud.addFault({ kind: "reset", action: "CreateLiveCallbackTemplate" });
      const stored = create(type(), AUTOMATIC);
      while (!cloud.calls().CreateLiveCallbackTemplate) await new Promise(setImmediate);
      const { TemplateId } = cloud.putTemplate({ TemplateName: "hooks-0a1b2c3", StreamBeginNotifyUrl: `${URL}/` });
      expect(Number((await stored).id)).to.equal(TemplateId);
    });

    it("does not take an older template that was renamed to its name", async () => {
      const { TemplateId } = cloud.putTemplate({ ...WIRE, TemplateName: "console" });
      cloud.addFault({ kind: "reset", action: "CreateLiveCallbackTemplate" });
      const failed = rejection(create(type(), MINIMAL));
      while (!cloud.calls().CreateLiveCallbackTemplate) await new Promise(setImmediate);
      cloud.patchTemplate(TemplateId, { TemplateName: "hooks" });
      expect((await failed).message).to.contain("code=Provider.OutcomeUnknown");
    });

    it("fails if an older template of its name is bound", async () => {
      const [old] = [cloud.putTemplate({ ...WIRE, TemplateName: "hooks-0a1b2c3" })];
      cloud.putRule({ DomainName: "push.example.com", TemplateId: old.TemplateId });
      const error = await rejection(create(type(), AUTOMATIC));
      expect(error.message).to.contain(`(id ${old.TemplateId}), and it is bound to push.example.com`);
    });
  });
});
