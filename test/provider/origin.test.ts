import { expect } from "chai";
import { FailingServer, MISTREATMENTS, type Mistreat } from "../support/api/failingServer";
import { VirtualClock } from "../support/clock";
import {
  type Cloud,
  check,
  create,
  destroy,
  emulatorEnvironment,
  refresh,
  rejection,
  type Stored,
  startCloud,
  update,
  useCloud,
  writesTo,
} from "../support/cloud";
import { closeAfterTest } from "../support/lifetime";
import { MINIMAL, URL } from "../support/provider/callbackTemplates";

const [A, B] = ["100000000001", "200000000002"] as const;
const LISTED = { domains: [{ name: "push.example.com" }] };

// The ids of two emulators collide. Whether those of two real accounts can collide is not known.
const FIRST_ID_OF_B = 900_000;

describe("a resource of another account", () => {
  const a = useCloud({ accountId: A, ...LISTED });
  let b: Cloud;
  let template: Stored;
  let binding: Stored;

  beforeEach(async () => {
    b = await startCloud({ accountId: B, ...LISTED });
    b.putTemplate({ TemplateId: FIRST_ID_OF_B, TemplateName: "b", StreamBeginNotifyUrl: URL });
    const { callbackTemplate, domainBinding } = a.deployment();
    template = await create(callbackTemplate, MINIMAL);
    binding = await create(domainBinding, { domainName: "push.example.com", templateId: template.id });
  });
  afterEach(() => b.close());

  const isRejected = async (work: Promise<unknown>, former = `account ${A}`): Promise<void> => {
    const before = b.state();
    const { message } = await rejection(work);
    expect(b.state()).to.deep.equal(before);
    expect(message).to.contain(`belongs to ${former}, but this run uses`).and.contain(`account ${B}`);
    expect(message).to.contain("pulumi state delete '<URN>'").and.contain("code=Provider.WrongAccount");
  };

  it("records its account and the kind of its endpoint in its outputs, and never in its inputs", async () => {
    for (const stored of [template, binding]) {
      expect(stored.outs).to.include({ accountId: A, endpointKind: "other" });
      expect(stored.inputs).to.not.have.any.keys("accountId", "endpointKind");
    }
    const refreshed = await refresh(a.deployment().callbackTemplate, template);
    expect(refreshed).to.deep.equal(template);
  });

  it("is not dropped by a refresh", async () => {
    await isRejected(refresh(b.deployment().callbackTemplate, template));
    await isRejected(refresh(b.deployment().domainBinding, binding));
  });

  it("is not deleted by a destroy that does not find it", async () => {
    await isRejected(destroy(b.deployment().callbackTemplate, template));
    await isRejected(destroy(b.deployment().domainBinding, binding));
  });

  it("is not deleted by a destroy whose first delete got no response and whose second does not find it", async () => {
    b.addFault({ kind: "reset", action: "DeleteLiveCallbackTemplate" });
    await isRejected(destroy(b.deployment().callbackTemplate, template));
    expect(b.calls().DeleteLiveCallbackTemplate).to.equal(2);
  });

  it("is not deleted if its domain is bound to another template", async () => {
    b.putRule({ DomainName: "push.example.com", TemplateId: FIRST_ID_OF_B });
    await isRejected(destroy(b.deployment().domainBinding, binding));
  });

  it("is not reported as deleted by an update, which creates no rule either", async () => {
    await isRejected(update(b.deployment().callbackTemplate, template, { ...MINIMAL, description: "new" }));
    const moved = { domainName: "push.example.com", templateId: FIRST_ID_OF_B };
    await isRejected(update(b.deployment().domainBinding, binding, moved));
    await isRejected(update(b.deployment().domainBinding, binding, { ...moved, templateId: 77 }));
  });

  it("is not handed over to another resource of its domain, bound or not in the account of the run", async () => {
    const { TemplateId } = b.putTemplate({ TemplateName: "third", StreamBeginNotifyUrl: URL });
    const declaring = async () => {
      const { domainBinding } = b.deployment();
      await check(domainBinding, {}, { domainName: "push.example.com", templateId: FIRST_ID_OF_B });
      return domainBinding;
    };
    await isRejected(destroy(await declaring(), binding));
    b.putRule({ DomainName: "push.example.com", TemplateId });
    await isRejected(destroy(await declaring(), binding));
  });

  it("is neither changed nor deleted if it is in the cloud and an emulator has another template with its id", async () => {
    b.putTemplate({ TemplateId: Number(template.id), TemplateName: "theirs", StreamBeginNotifyUrl: URL });
    const recorded = { ...template, outs: { ...template.outs, endpointKind: "cloud" } };
    const former = "Tencent Cloud, but this run uses an endpoint other than";
    const changed = update(b.deployment().callbackTemplate, recorded, { ...MINIMAL, description: "new" });
    expect((await rejection(changed)).message).to.contain(former);
    expect((await rejection(destroy(b.deployment().callbackTemplate, recorded))).message).to.contain(former);
    expect(b.state().templates.map(({ TemplateName }) => TemplateName)).to.include("theirs");
  });

  it("is rejected at preview if the settings allow only another account, and accepted if they allow its own", async () => {
    const allowing = (account: string) => ({ "tencentcloud-live:allowedAccountIds": JSON.stringify([account]) });
    const { callbackTemplate, domainBinding } = b.deployment(allowing(B));
    for (const compare of [
      update(callbackTemplate, template, MINIMAL),
      update(domainBinding, binding, binding.inputs),
    ]) {
      const { message } = await rejection(compare);
      expect(message).to.contain(
        `belongs to account ${A}, but tencentcloud-live:allowedAccountIds allows only ${B}. ` +
          `If ${A} is the right account, add it to tencentcloud-live:allowedAccountIds. `,
      );
      expect(message).to.contain("with --run-program").and.contain("code=Provider.WrongAccount");
    }
    expect(b.calls()).to.deep.equal({});
    expect(await update(a.deployment(allowing(A)).callbackTemplate, template, MINIMAL)).to.deep.equal(template);
  });

  it("is recorded without its account, with a warning, if STS rejects the request for it", async () => {
    a.addFault({ kind: "error", code: "UnauthorizedOperation", action: "GetCallerIdentity" });
    const stored = await create(a.deployment().callbackTemplate, { ...MINIMAL, templateName: "other" });
    expect(stored.outs).to.include({ endpointKind: "other" }).and.not.have.property("accountId");
    expect(a.logged.filter((line) => line.startsWith("warning: The account is not recorded"))).to.have.length(1);
  });

  it("prevents the creation of another resource there, after this run has compared it", async () => {
    const deployment = b.deployment();
    await deployment.callbackTemplate.diff(template.id, template.outs, template.inputs);
    const other = create(deployment.callbackTemplate, { ...MINIMAL, templateName: "other" });
    const { message } = await rejection(other);
    expect(message).to.contain(`the stack belongs to account ${A}`).and.contain("code=Provider.WrongAccount");
    expect(writesTo(b)).to.deep.equal([]);
  });

  it("is deleted, or found deleted, in its own account", async () => {
    a.removeRule("push.example.com");
    expect(await refresh(a.deployment().domainBinding, binding)).to.equal(undefined);
    await destroy(a.deployment().domainBinding, binding);
    await destroy(a.deployment().callbackTemplate, template);
    await destroy(a.deployment().callbackTemplate, template);
    expect(a.state().templates).to.deep.equal([]);
  });

  it("is found deleted if its state records no account", async () => {
    const { accountId: _, endpointKind: __, ...outs } = template.outs;
    expect(await refresh(b.deployment().callbackTemplate, { ...template, outs })).to.equal(undefined);
  });

  it("is not dropped if it is in the cloud and the run uses an emulator, without a call to STS", async () => {
    const recorded = { ...template, outs: { ...template.outs, endpointKind: "cloud" } };
    const { message } = await rejection(refresh(b.deployment().callbackTemplate, recorded));
    expect(message).to.contain(`account ${A} of Tencent Cloud, but this run uses an endpoint other than`);
    expect(b.calls()).to.not.have.property("GetCallerIdentity");
  });

  it("costs one call to STS for all missing resources, and none if none is missing", async () => {
    const { callbackTemplate, domainBinding } = b.deployment();
    await Promise.all([refresh(callbackTemplate, template), refresh(domainBinding, binding)].map(rejection));
    expect(b.calls().GetCallerIdentity).to.equal(1);
    a.reset({ calls: true });
    await refresh(a.deployment().callbackTemplate, template);
    expect(a.calls()).to.not.have.property("GetCallerIdentity");
  });

  describe("while STS does not respond", () => {
    const rejected = { kind: "error", code: "AuthFailure.UnauthorizedOperation", action: "GetCallerIdentity" } as const;

    it("is created without an account, which the next update adds", async () => {
      a.addFault({ ...rejected, times: "always" });
      const type = a.deployment().callbackTemplate;
      const unknown = await create(type, { ...MINIMAL, templateName: "other" });
      await create(type, { ...MINIMAL, templateName: "third" });
      expect(unknown.outs).to.not.have.property("accountId");
      a.clearFaults();
      const known = await update(a.deployment().callbackTemplate, unknown, { ...MINIMAL, templateName: "renamed" });
      expect(known.outs).to.include({ accountId: A, endpointKind: "other" });
    });

    it("is reported once as recorded without an account, and not if its create fails as well", async () => {
      a.addFault({ ...rejected, times: "always" });
      const { callbackTemplate } = a.deployment();
      const denied = { ...rejected, action: "CreateLiveCallbackTemplate", times: 1 } as const;
      a.addFault(denied);
      await rejection(create(callbackTemplate, { ...MINIMAL, templateName: "denied" }));
      expect(a.logged).to.deep.equal([]);
      await create(callbackTemplate, { ...MINIMAL, templateName: "other" });
      await create(callbackTemplate, { ...MINIMAL, templateName: "third" });
      expect(a.logged).to.have.length(1);
      expect(a.logged[0]).to.match(/^warning: The account is not recorded in the state: /);
    });

    it("is created after 5 s if STS hangs", async () => {
      const clock = new VirtualClock();
      const silent = MISTREATMENTS["accepts and never responds"] as Mistreat;
      const sts = closeAfterTest(await FailingServer.start(a.url, 0, silent, clock));
      const environment = { ...emulatorEnvironment(a), TENCENTCLOUD_STS_ENDPOINT: sts.url };
      const begin = clock.now();
      const { callbackTemplate } = a.deployment({}, { environment, clock });
      const stored = await create(callbackTemplate, { ...MINIMAL, templateName: "other" });
      expect(stored.outs).to.not.have.property("accountId");
      expect(clock.now() - begin).to.equal(5_000);
    });

    it("is not dropped, and the error is retryable and contains the reason", async () => {
      b.addFault({ ...rejected, times: "always" });
      const { callbackTemplate, domainBinding } = b.deployment();
      for (const drop of [refresh, destroy]) {
        for (const [type, stored] of [
          [callbackTemplate, template],
          [domainBinding, binding],
        ] as const) {
          const { message } = await rejection(drop(type, stored));
          expect(message).to.contain("it was not found, and the account of this run is not known");
          expect(message).to.contain("code=Provider.AccountUnknown action=GetCallerIdentity");
          expect(message).to.contain("retryable=true");
        }
      }
      expect(b.calls().GetCallerIdentity).to.equal(4);
    });
  });
});

describe("the account of a role", () => {
  const cloud = useCloud({ accountId: A, roles: [{ arn: `qcs::cam::uin/${B}:roleName/deployer` }] });

  it("is recorded, not the account of the key pair", async () => {
    const config = { "tencentcloud-live:assumeRoleArn": `qcs::cam::uin/${B}:roleName/deployer` };
    const stored = await create(cloud.deployment(config).callbackTemplate, MINIMAL);
    expect(stored.outs).to.include({ accountId: B });
  });
});

describe("an emulator without an STS endpoint", () => {
  const cloud = useCloud();

  it("receives no request for the account: only the kind of the endpoint is recorded and compared", async () => {
    const { TENCENTCLOUD_STS_ENDPOINT: _, ...environment } = emulatorEnvironment(cloud);
    const deployment = () => cloud.deployment({}, { environment });
    const stored = await create(deployment().callbackTemplate, MINIMAL);
    expect(stored.outs).to.include({ endpointKind: "other" }).and.not.have.property("accountId");
    expect(cloud.calls()).to.not.have.property("GetCallerIdentity");
    cloud.reset();
    expect(await refresh(deployment().callbackTemplate, stored)).to.equal(undefined);
    const recorded = { ...stored, outs: { ...stored.outs, accountId: A } };
    const { message } = await rejection(refresh(deployment().callbackTemplate, recorded));
    expect(message).to.contain("Set tencentcloud-live:stsEndpoint").and.contain("code=Provider.AccountUnknown");
  });
});
