import { expect } from "chai";
import { create, itOfAutomaticName, rejection, update, useCloud } from "../../../support/cloud";
import { AUTOMATIC, idsIn, MINIMAL, URL, WIRE } from "../../../support/provider/callbackTemplates";

describe("creating a callback template", () => {
  const cloud = useCloud();

  const type = () => cloud.deployment().callbackTemplate;
  const ids = () => idsIn(cloud);

  describe("when there is a template of its name", () => {
    it("takes over what an interrupted run left: unbound and equal in every field (C5)", async () => {
      const left = cloud.putTemplate(WIRE);
      const stored = await create(type(), MINIMAL);
      expect(stored.id).to.equal(String(left.TemplateId));
      expect(cloud.calls()).to.not.have.any.keys("CreateLiveCallbackTemplate", "ModifyLiveCallbackTemplate");
    });

    itOfAutomaticName("takes over one of its automatic name that differs, and modifies it (C5)", async () => {
      const left = cloud.putTemplate({ TemplateName: "hooks-0a1b2c3", StreamEndNotifyUrl: URL });
      const stored = await create(type(), AUTOMATIC);
      expect(stored.id).to.equal(String(left.TemplateId));
      expect(stored.outs["templateName"]).to.equal("hooks-0a1b2c3");
      expect(cloud.state().templates[0])
        .to.include({ StreamBeginNotifyUrl: URL })
        .and.not.have.property("StreamEndNotifyUrl");
    });

    const refused: [string, () => void, string][] = [
      ["differs", () => cloud.patchTemplate(ids()[0] ?? 0, { Description: "x" }), "and it differs in description"],
      [
        "is bound",
        () => cloud.putRule({ DomainName: "push.example.com", AppName: "live", TemplateId: ids()[0] ?? 0 }),
        "and it is bound to push.example.com/live",
      ],
      ["is not the only one", () => cloud.putTemplate(WIRE), "and there are several"],
    ];
    for (const [reason, arrange, message] of refused) {
      it(`refuses one that ${reason}, names its id and the way out, and touches nothing`, async () => {
        const { TemplateId } = cloud.putTemplate(WIRE);
        arrange();
        const before = cloud.state();
        const error = await rejection(create(type(), MINIMAL));
        expect(error.message).to.contain(String(TemplateId)).and.contain(message).and.contain("adopt");
        expect(error.message).to.contain("give each the option aliases");
        if (ids().length === 1) expect(error.message).to.contain(`set adopt: true or adopt: ${TemplateId};`);
        expect(error.message).to.contain("code=Provider.AlreadyExists");
        expect(cloud.state()).to.deep.equal(before);
      });
    }

    it("tells the ids of several, and that one of them can be adopted by its id", async () => {
      const both = [cloud.putTemplate(WIRE), cloud.putTemplate(WIRE)].map(({ TemplateId }) => TemplateId);
      const error = await rejection(create(type(), MINIMAL));
      expect(error.message).to.contain(
        `(ids ${both.join(", ")}), and there are several. If resources of this stack were renamed or moved,`,
      );
      expect(error.message).to.contain(". To take over one of them, set adopt to its id; otherwise");
    });

    itOfAutomaticName(
      "does not speak of a move where the name is automatic: a resource that moved has another one",
      async () => {
        cloud.putTemplate(WIRE);
        cloud.putTemplate(WIRE);
        const { templateName: automaticName, ...unnamed } = MINIMAL;
        const error = await rejection(create(type(), { ...unnamed, automaticName }));
        expect(error.message).to.contain("Provider.AlreadyExists").and.not.contain("aliases");
      },
    );

    it("is found, too, after the deployment has made another one", async () => {
      const left = cloud.putTemplate(WIRE);
      const deployment = cloud.deployment().callbackTemplate;
      await create(deployment, { ...MINIMAL, templateName: "first" });
      expect((await create(deployment, MINIMAL)).id).to.equal(String(left.TemplateId));
    });

    it("refuses the one of another new resource of the same program", async () => {
      const deployment = cloud.deployment().callbackTemplate;
      const outcomes = await Promise.allSettled([create(deployment, MINIMAL), create(deployment, MINIMAL)]);
      expect(outcomes.map(({ status }) => status)).to.deep.equal(["fulfilled", "rejected"]);
      expect(ids()).to.have.length(1);
    });

    it("refuses it, too, where it differs as well: whose it is comes first", async () => {
      const deployment = cloud.deployment().callbackTemplate;
      const stored = await create(deployment, MINIMAL);
      const other = { ...stored.inputs, declaredBy: "another", description: "x" };
      expect((await rejection(deployment.create(other))).message).to.contain("Provider.DuplicateResource");
    });

    it("refuses the one of another resource of the program that exists already", async () => {
      const existing = await create(type(), MINIMAL);
      const deployment = cloud.deployment().callbackTemplate;
      await update(deployment, existing, MINIMAL);
      const inputs = { ...existing.inputs, declaredBy: "another" };
      const error = await rejection(deployment.create(inputs));
      expect(error.message).to.contain(`another resource of this program already has template ${existing.id}`);
    });
  });
});
