import { expect } from "chai";
import { deliveries } from "../../cli/deliveries";
import { contracts, type EmulatedAction } from "../../emulator/actions";
import { live } from "../../provider/api/contract/live";
import { sts } from "../../provider/api/contract/sts";
import { terminal } from "../support/callbackCommand";
import {
  type Cloud,
  check,
  create,
  type Deployment,
  destroy,
  emulatorEnvironment,
  refresh,
  rejection,
  type Stored,
  startCloud,
  update,
} from "../support/cloud";
import { useExport } from "../support/exportCommand";
import { closeAfterTest } from "../support/lifetime";
import { codeBlocks, documentText, quoted, tableOf } from "../support/markdown";
import { MINIMAL } from "../support/provider/callbackTemplates";

const DOCUMENT = documentText("docs/permissions.md");
const DENIED = "UnauthorizedOperation";
/** A domain of the account that the list of domains omits, such as one for delayed streaming. */
const UNLISTED = "delayed.example.com";
const ROLE = { TENCENTCLOUD_ASSUME_ROLE_ARN: "qcs::cam::uin/100000000001:roleName/deployer" };

interface Policy {
  version: string;
  statement: { effect: string; action: string[]; resource: string | string[] }[];
}

/** Returns the policy in a section of the document. */
function policyOf(section: string): Policy {
  const [, rest = ""] = DOCUMENT.split(`\n## ${section}\n`);
  const [json = ""] = codeBlocks(rest.split("\n## ")[0] ?? "", "json");
  return JSON.parse(json);
}

/** Returns the actions that a policy allows, without their products. */
const allowedBy = (section: string): string[] =>
  policyOf(section).statement.flatMap(({ action }) => action.map((name) => name.replace(/^\w+:/, "")));

const permission = (action: string): string => `${action in live.actions ? live.name : sts.name}:${action}`;

/** Starts an account whose credentials permit only these actions. */
async function accountThatAllows(allowed: readonly string[]): Promise<Cloud> {
  const cloud = closeAfterTest(await startCloud({ domains: ["push.example.com", { name: UNLISTED, isDelayLive: 1 }] }));
  deny(cloud, ...(Object.keys(contracts) as EmulatedAction[]).filter((action) => !allowed.includes(action)));
  return cloud;
}

function deny(cloud: Cloud, ...actions: EmulatedAction[]): void {
  for (const action of actions) cloud.addFault({ kind: "error", code: DENIED, action, times: "always" });
}

const calledIn = (cloud: Cloud): string[] => Object.keys(cloud.calls());

/** Creates, changes, moves, loses and deletes resources, each step in a separate run. */
async function wholeLife(cloud: Cloud, more: Record<string, string> = {}): Promise<void> {
  const environment = { ...emulatorEnvironment(cloud), ...more };
  const run = (): Deployment => cloud.deployment({}, { environment });
  const bindTo = ({ id }: Stored) => ({ domainName: UNLISTED, templateId: Number(id) });
  const first = run();
  const template = await create(first.callbackTemplate, { ...MINIMAL, description: "to-be-cleared" });
  const other = await create(first.callbackTemplate, { ...MINIMAL, templateName: "other" });
  const binding = await create(first.domainBinding, bindTo(template));
  await update(run().callbackTemplate, template, MINIMAL);
  const moved = await update(run().domainBinding, binding, bindTo(other));
  await destroy(run().domainBinding, moved);
  await destroy(run().callbackTemplate, template);
  cloud.removeTemplate(Number(other.id));
  expect(await refresh(run().callbackTemplate, other)).to.equal(undefined);
}

describe("the document of permissions", () => {
  const rows = tableOf(DOCUMENT, "action", "what calls it", "without the permission");
  const written = useExportOfAccount();

  it("lists each action of the contract once", () => {
    const listed = rows.map(([action = ""]) => quoted(action)[0]);
    expect(listed).to.have.members(Object.keys(contracts).map(permission));
  });

  for (const section of DOCUMENT.match(/(?<=^## ).*(?=\n[^#]*?```json)/gm) ?? []) {
    it(`has a policy in CAM syntax: ${section}`, () => {
      const { version, statement } = policyOf(section);
      expect(version).to.equal("2.0");
      for (const { effect, action, resource } of statement) {
        expect(effect).to.equal("allow");
        expect([resource].flat()).to.satisfy((all: string[]) => all.every((one) => /^(\*|qcs::live:.*)$/.test(one)));
        for (const name of action) expect(name).to.equal(permission(name.replace(/^\w+:/, "")));
      }
    });
  }

  it("has a full-deployment policy that allows exactly the calls of a deployment", async () => {
    const allowed = allowedBy("Full deployment");
    const cloud = await accountThatAllows(allowed);
    await wholeLife(cloud);
    expect(calledIn(cloud)).to.have.members(allowed);
  });

  it("has a policy for selected domains that allows the same actions", () => {
    expect(allowedBy("Full deployment to named domains")).to.have.members(allowedBy("Full deployment"));
    const [, onDomains] = policyOf("Full deployment to named domains").statement;
    expect([onDomains?.resource].flat().join()).to.match(/^qcs::live:.*:domain\/push\.example\.com$/);
    for (const action of onDomains?.action ?? []) {
      const { request } = contracts[action.replace("live:", "") as EmulatedAction];
      expect(request.shape, action).to.have.property("DomainName");
    }
  });

  it("is correct that a preview and a no-op update require no permission", async () => {
    const cloud = await accountThatAllows(allowedBy("Full deployment"));
    const stored = await create(cloud.deployment().callbackTemplate, MINIMAL);
    cloud.reset({ calls: true });
    const { callbackTemplate } = cloud.deployment({ "tencentcloud-live:allowedAccountIds": "100000000001" });
    expect((await update(callbackTemplate, stored, MINIMAL)).outs).to.equal(stored.outs);
    await check(callbackTemplate, {}, { ...MINIMAL, templateName: "new" });
    expect(calledIn(cloud)).to.deep.equal([]);
  });

  it("has a read-only policy that allows exactly the calls of a refresh and an export", async () => {
    const allowed = allowedBy("Read only");
    const cloud = await accountThatAllows(allowed);
    const { TemplateId } = cloud.putTemplate({
      TemplateName: "hooks",
      StreamBeginNotifyUrl: MINIMAL.streamBeginNotifyUrl,
    });
    cloud.putRule({ DomainName: UNLISTED, TemplateId });
    const { callbackTemplate, domainBinding } = cloud.deployment();
    const state = { inputs: {}, outs: { accountId: "100000000001", endpointKind: "other", templateId: TemplateId } };
    expect(await refresh(callbackTemplate, { id: String(TemplateId), ...state })).to.have.property("id");
    expect(await refresh(domainBinding, { id: UNLISTED, ...state })).to.have.property("id");
    expect(await refresh(callbackTemplate, { id: "1", ...state })).to.equal(undefined);
    expect((await written.exportOf(cloud)).code).to.equal(0);
    expect(calledIn(cloud)).to.have.members(allowed);
  });

  it("has a policy for the caller of a role", async () => {
    const cloud = await accountThatAllows([...allowedBy("Assume a role"), ...allowedBy("Full deployment")]);
    await wholeLife(cloud, ROLE);
    expect(calledIn(cloud)).to.have.members([...allowedBy("Assume a role"), ...allowedBy("Full deployment")]);
  });

  it("has a policy for the command that lists deliveries", async () => {
    const allowed = allowedBy("List deliveries");
    const cloud = await accountThatAllows(allowed);
    expect(await deliveries(["--stream", "a"], terminal({ environment: emulatorEnvironment(cloud) }))).to.equal(0);
    expect(calledIn(cloud)).to.have.members(allowed);
  });

  for (const [cell = "", , without = ""] of rows.filter(([, , consequence = ""]) =>
    consequence.startsWith("optional"),
  )) {
    const [name = ""] = quoted(cell);
    const action = name.replace(/^\w+:/, "") as EmulatedAction;
    it(`is correct about a create without the optional ${name}: ${without.split(". ")[0]}`, async () => {
      const cloud = await accountThatAllows(allowedBy("Full deployment").filter((allowed) => allowed !== action));
      const { callbackTemplate, domainBinding } = cloud.deployment();
      const { id, outs } = await create(callbackTemplate, MINIMAL);
      await create(domainBinding, { domainName: UNLISTED, templateId: Number(id) });
      expect(calledIn(cloud)).to.include(action);
      const isAccount = action === "GetCallerIdentity";
      expect(outs["accountId"]).to.equal(isAccount ? undefined : "100000000001");
      expect(cloud.logged).to.have.length(isAccount ? 1 : 0);
    });
  }

  it("is correct about the other uses of sts:GetCallerIdentity", async () => {
    const cloud = await accountThatAllows(allowedBy("Full deployment"));
    const stored = await create(cloud.deployment().callbackTemplate, MINIMAL);
    deny(cloud, "GetCallerIdentity");
    cloud.removeTemplate(Number(stored.id));
    const missing = await rejection(refresh(cloud.deployment().callbackTemplate, stored));
    expect(missing.message).to.contain("code=Provider.AccountUnknown");
    const guarded = cloud.deployment({ "tencentcloud-live:allowedAccountIds": "100000000001" });
    const { message } = await rejection(create(guarded.callbackTemplate, { ...MINIMAL, templateName: "other" }));
    expect(message).to.contain(`code=${DENIED} action=GetCallerIdentity`).and.contain("Allow sts:GetCallerIdentity");
  });

  for (const [cell = "", , without = ""] of rows.filter(([, , consequence]) => consequence === "the operation fails")) {
    const [name = ""] = quoted(cell);
    const action = name.replace(/^\w+:/, "") as EmulatedAction;
    it(`is correct about ${name}: ${without}, with the action in the error`, async () => {
      const allowed = [...allowedBy("Assume a role"), ...allowedBy("Full deployment")];
      const cloud = await accountThatAllows(allowed.filter((other) => other !== action));
      const { message } = await rejection(wholeLife(cloud, action === "AssumeRole" ? ROLE : {}));
      expect(message).to.contain(`code=${DENIED} action=${action}`).and.contain(`Allow ${name} for`);
    });
  }
});

/** Exports the account of an emulator. */
function useExportOfAccount() {
  const current: { cloud?: Cloud } = {};
  const target = {
    get url() {
      return current.cloud?.url ?? "";
    },
  } as Cloud;
  const { exportTo } = useExport(target);
  return {
    exportOf(cloud: Cloud) {
      current.cloud = cloud;
      return exportTo("project");
    },
  };
}
