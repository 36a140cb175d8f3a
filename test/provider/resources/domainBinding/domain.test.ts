import { expect } from "chai";
import { Deployment } from "../../../../provider/deployment";
import { environmentHost } from "../../../../provider/hosts/environment";
import { Operation } from "../../../../provider/operation";
import { verifyDomain } from "../../../../provider/resources/domainBinding/domain";
import { words } from "../../../../provider/words";
import { ok, serve } from "../../../support/api/apiServer";
import { create, rejection, startCloud, useCloud } from "../../../support/cloud";
import { DOMAIN, HOOKS } from "../../../support/provider/bindings";

const KEYS = { TENCENTCLOUD_SECRET_ID: "AKIDexample", TENCENTCLOUD_SECRET_KEY: "secretKeyOfTheTest" };

describe("the domain of a binding", () => {
  const domains = [
    { name: DOMAIN },
    { name: "play.example.com", type: 1 as const },
    { name: "off.example.com", status: 0 as const },
    { name: "delayed.example.com", isDelayLive: 1 as const },
  ];
  const cloud = useCloud({ domains, dialect: { bindChecksDomain: "nothing" } });
  let templateId: number;
  beforeEach(() => {
    templateId = cloud.putTemplate({ TemplateName: "one", ...HOOKS }).TemplateId;
  });

  const bind = (domainName: string, config = {}) =>
    create(cloud.deployment(config).domainBinding, { domainName, templateId });

  for (const [domainName, problem] of [
    ["play.example.com", "is a play domain, not a push domain"],
    ["off.example.com", "is disabled"],
    ["unknown.example.com", "is not a live domain of this account"],
  ] as const) {
    it(`is rejected before any write if it ${problem}`, async () => {
      const error = await rejection(bind(domainName));
      expect(error.message).to.contain(`${domainName} ${problem}`).and.contain("verifyDomains");
      expect(cloud.calls()).to.not.have.property("CreateLiveCallbackRule");
    });
  }

  it("passes if the API fails to describe it", async () => {
    cloud.addFault({ kind: "error", code: "FailedOperation.SomethingNew", action: "DescribeLiveDomain" });
    await bind("unknown.example.com");
    expect(cloud.calls()).to.include({ DescribeLiveDomain: 1, CreateLiveCallbackRule: 1 });
  });

  it("passes if the response about it is empty", async () => {
    const listed = ok({ AllCount: 1, DomainList: [{ Name: "other.example.com" }] });
    const { url, seen } = await serve([listed, ok({})]);
    const environment = { ...KEYS, TENCENTCLOUD_LIVE_ENDPOINT: url.href };
    const deployment = new Deployment(environmentHost, { environment });
    await verifyDomain(new Operation(deployment, { owner: "", ownerInState: "" }, () => words`bind`), DOMAIN);
    expect(seen.map(({ headers }) => headers["x-tc-action"])).to.deep.equal([
      "DescribeLiveDomains",
      "DescribeLiveDomain",
    ]);
  });

  it("is found in the list regardless of letter case", async () => {
    const loud = await startCloud({ domains: [{ name: "PUSH.Example.com" }, { name: "OFF.Example.com", status: 0 }] });
    try {
      const { TemplateId } = loud.putTemplate({ TemplateName: "one", ...HOOKS });
      const { domainBinding } = loud.deployment();
      await create(domainBinding, { domainName: DOMAIN, templateId: TemplateId });
      const off = create(domainBinding, { domainName: "off.example.com", templateId: TemplateId });
      expect((await rejection(off)).message).to.contain("off.example.com is disabled");
      expect(loud.calls()).to.not.have.property("DescribeLiveDomain");
    } finally {
      await loud.close();
    }
  });

  it("may be a domain for delayed live, which the list omits", async () => {
    await bind("delayed.example.com");
    expect(cloud.calls()).to.include({ DescribeLiveDomain: 1, CreateLiveCallbackRule: 1 });
  });

  it("is looked up once for all bindings", async () => {
    const { domainBinding } = cloud.deployment();
    const apps = ["a", "b", "c", "d"];
    await Promise.all(apps.map((appName) => create(domainBinding, { domainName: DOMAIN, appName, templateId })));
    expect(cloud.calls()).to.deep.equal({
      DescribeLiveDomains: 1,
      DescribeLiveCallbackRules: 1,
      CreateLiveCallbackRule: 4,
      GetCallerIdentity: 1,
    });
  });

  it("is not looked up if verifyDomains is off", async () => {
    await bind("unknown.example.com", { "tencentcloud-live:verifyDomains": "false" });
    expect(cloud.calls()).to.not.have.any.keys("DescribeLiveDomains", "DescribeLiveDomain");
  });

  it("passes if the credentials may not list domains", async () => {
    cloud.addFault({
      kind: "error",
      code: "AuthFailure.UnauthorizedOperation",
      action: "DescribeLiveDomains",
      times: "always",
    });
    await bind("unknown.example.com");
    expect(cloud.calls().CreateLiveCallbackRule).to.equal(1);
  });

  it("passes if the list of the account is empty", async () => {
    const empty = await startCloud({ dialect: { emptyDomainList: "error", bindChecksDomain: "nothing" } });
    try {
      const { TemplateId } = empty.putTemplate({ TemplateName: "one", ...HOOKS });
      await create(empty.deployment().domainBinding, { domainName: DOMAIN, templateId: TemplateId });
      expect(empty.state().rules).to.have.length(1);
    } finally {
      await empty.close();
    }
  });

  it("is rejected with the code Provider.DomainNotUsable if it is disabled", async () => {
    expect((await rejection(bind("off.example.com"))).message).to.contain("(code=Provider.DomainNotUsable ");
  });
});
