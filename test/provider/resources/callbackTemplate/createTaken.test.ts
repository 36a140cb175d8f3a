import { expect } from "chai";
import { create, itOfAutomaticName, rejection, update, useCloud } from "../../../support/cloud";
import { AUTOMATIC, idsIn, MINIMAL, URL, WIRE } from "../../../support/provider/callbackTemplates";

describe("creation of a callback template", () => {
  const cloud = useCloud();

  const type = () => cloud.deployment().callbackTemplate;
  const ids = () => idsIn(cloud);

  describe("a create whose name is taken", () => {
    it("takes over a template that an interrupted run left, unbound and equal in every field (C5)", async () => {
      const left = cloud.putTemplate(WIRE);
      const stored = await create(type(), MINIMAL);
      expect(stored.id).to.equal(String(left.TemplateId));
      expect(cloud.calls()).to.not.have.any.keys("CreateLiveCallbackTemplate", "ModifyLiveCallbackTemplate");
    });

    itOfAutomaticName("takes over and modifies a template of its automatic name that differs (C5)", async () => {
      const left = cloud.putTemplate({ TemplateName: "hooks-0a1b2c3", StreamEndNotifyUrl: URL });
      const stored = await create(type(), AUTOMATIC);
      expect(stored.id).to.equal(String(left.TemplateId));
      expect(stored.outs["templateName"]).to.equal("hooks-0a1b2c3");
      expect(cloud.state().templates[0])
        .to.include({ StreamBeginNotifyUrl: URL })
        .and.not.have.property("StreamEndNotifyUrl");
    });

    const rejected: [string, () => void, string][] = [
      ["differs", () => cloud.patchTemplate(ids()[0] ?? 0, { Description: "x" }), "and it differs in description"],
      [
        "is bound",
        () => cloud.putRule({ DomainName: "push.example.com", AppName: "live", TemplateId: ids()[0] ?? 0 }),
        "and it is bound to push.example.com/live",
      ],
      ["is not the only one", () => cloud.putTemplate(WIRE), "and there are several"],
    ];
    for (const [reason, arrange, message] of rejected) {
      it(`rejects a template that ${reason}, reports its id and a remedy, and changes nothing`, async () => {
        const { TemplateId } = cloud.putTemplate(WIRE);
        arrange();
        const before = cloud.state();
        const error = await rejection(create(type(), MINIMAL));
        expect(error.message).to.contain(String(TemplateId)).and.contain(message).and.contain("adopt");
        expect(error.message).to.contain("give it the option aliases");
        if (ids().length === 1) expect(error.message).to.contain(`set adopt: true or adopt: ${TemplateId};`);
        expect(error.message).to.contain("code=Provider.AlreadyExists");
        expect(cloud.state()).to.deep.equal(before);
      });
    }

    it("reports the ids of several templates, and that one can be adopted by its id", async () => {
      const both = [cloud.putTemplate(WIRE), cloud.putTemplate(WIRE)].map(({ TemplateId }) => TemplateId);
      const error = await rejection(create(type(), MINIMAL));
      expect(error.message).to.contain(
        `(ids ${both.join(", ")}), and there are several. To take over one of them, set adopt to its id; otherwise`,
      );
    });

    itOfAutomaticName(
      "mentions neither a move nor adopt: true if the name is automatic, which a moved resource does not have",
      async () => {
        const { TemplateId } = cloud.putTemplate(WIRE);
        cloud.putRule({ DomainName: "push.example.com", TemplateId });
        const { templateName: automaticName, ...unnamed } = MINIMAL;
        const error = await rejection(create(type(), { ...unnamed, automaticName }));
        expect(error.message).to.contain("Provider.AlreadyExists").and.not.contain("aliases");
        expect(error.message).to.contain(`To take it over, set adopt: ${TemplateId};`);
      },
    );

    it("takes over a template that was left, even after its deployment has created another one", async () => {
      const left = cloud.putTemplate(WIRE);
      const deployment = cloud.deployment().callbackTemplate;
      await create(deployment, { ...MINIMAL, templateName: "first" });
      expect((await create(deployment, MINIMAL)).id).to.equal(String(left.TemplateId));
    });

    it("rejects the template of another new resource of the program", async () => {
      const deployment = cloud.deployment().callbackTemplate;
      const outcomes = await Promise.allSettled([create(deployment, MINIMAL), create(deployment, MINIMAL)]);
      expect(outcomes.map(({ status }) => status)).to.deep.equal(["fulfilled", "rejected"]);
      expect(ids()).to.have.length(1);
    });

    it("reports the other resource rather than the differences of its template", async () => {
      const deployment = cloud.deployment().callbackTemplate;
      const stored = await create(deployment, MINIMAL);
      const other = { ...stored.inputs, declaredBy: "another", description: "x" };
      expect((await rejection(deployment.create(other))).message).to.contain("Provider.DuplicateResource");
    });

    it("rejects the template of an existing resource of the program", async () => {
      const existing = await create(type(), MINIMAL);
      const deployment = cloud.deployment().callbackTemplate;
      await update(deployment, existing, MINIMAL);
      const inputs = { ...existing.inputs, declaredBy: "another" };
      const error = await rejection(deployment.create(inputs));
      expect(error.message).to.contain(`another resource of this program already has template ${existing.id}`);
    });
  });
});
