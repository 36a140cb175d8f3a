import { expect } from "chai";
import { EMULATOR_CREDENTIALS } from "../../../emulator";
import { type Clock, systemClock } from "../../../provider/api/clock";
import { accountLookup } from "../../../provider/credentials/account";
import { readSettings } from "../../../provider/settings";
import { VirtualClock } from "../../support/clock";
import { create, emulatorEnvironment, rejection, useCloud } from "../../support/cloud";
import { ONE_LINE } from "../../support/provider/operations";
import { hostWith } from "../../support/provider/settings";

const RIGHT = "100000000001";
const WRONG = "200000000002";
const ROLE = `qcs::cam::uin/${WRONG}:roleName/deployer`;
const URL = "https://hooks.example.com/live";

describe("the check of the account", () => {
  const cloud = useCloud({ accountId: RIGHT });

  const deployment = (config: Record<string, string>, environment: Record<string, string> = {}) =>
    cloud.deployment(
      Object.fromEntries(Object.entries(config).map(([key, value]) => [`tencentcloud-live:${key}`, value])),
      {
        environment: {
          TENCENTCLOUD_SECRET_ID: EMULATOR_CREDENTIALS.secretId,
          TENCENTCLOUD_SECRET_KEY: EMULATOR_CREDENTIALS.secretKey,
          TENCENTCLOUD_LIVE_ENDPOINT: cloud.url,
          TENCENTCLOUD_STS_ENDPOINT: cloud.url,
          ...environment,
        },
      },
    );

  it("requests the account once, before the first call, and accepts an allowed one", async () => {
    const { callbackTemplate, domainBinding } = deployment({ allowedAccountIds: `${WRONG},${RIGHT}` });
    expect(cloud.calls()).to.deep.equal({});
    const { id } = await create(callbackTemplate, { templateName: "hooks", streamBeginNotifyUrl: URL });
    await create(domainBinding, { domainName: "a.example.com", templateId: Number(id) });
    expect(cloud.calls().GetCallerIdentity).to.equal(1);
    expect(cloud.callRecord()[0]?.action).to.equal("GetCallerIdentity");
  });

  it("fails before any other call in another account, with that account, the allowed ones and the source", async () => {
    const { callbackTemplate, domainBinding } = deployment({ allowedAccountIds: WRONG });
    const attempts = [
      create(callbackTemplate, { templateName: "hooks", streamBeginNotifyUrl: URL }),
      callbackTemplate.read("1", {}),
      callbackTemplate.delete("1", {}),
      domainBinding.delete("a.example.com", { templateId: 1 }),
    ];
    for (const { message } of await Promise.all(attempts.map(rejection))) {
      expect(message)
        .to.match(ONE_LINE)
        .and.contain(
          `the credentials from the environment belong to account ${RIGHT}, but tencentcloud-live:allowedAccountIds allows only ${WRONG}.`,
        );
      expect(message).to.contain("code=Provider.AccountNotAllowed action=none");
    }
    expect(Object.keys(cloud.calls())).to.deep.equal(["GetCallerIdentity"]);
  });

  it("uses the account of the assumed role, not of the keys", async () => {
    const { callbackTemplate } = deployment({ allowedAccountIds: RIGHT, assumeRoleArn: ROLE });
    const { message } = await rejection(callbackTemplate.read("1", {}));
    expect(message).to.contain(
      `the role ${ROLE}, assumed with credentials from the environment belong to account ${WRONG}`,
    );
    expect(Object.keys(cloud.calls())).to.deep.equal(["AssumeRole", "GetCallerIdentity"]);
  });

  it("fails if the account cannot be determined", async () => {
    cloud.addFault({ kind: "error", code: "UnauthorizedOperation", action: "GetCallerIdentity" });
    const { callbackTemplate } = deployment({ allowedAccountIds: RIGHT });
    const { message } = await rejection(callbackTemplate.read("1", {}));
    expect(message).to.contain("cannot determine the account of the credentials");
    expect(message).to.contain("Allow sts:GetCallerIdentity").and.contain("code=UnauthorizedOperation");
    expect(cloud.calls()).to.deep.equal({ GetCallerIdentity: 1 });
  });

  it("makes no call for a no-op update", async () => {
    const guarded = deployment({ allowedAccountIds: WRONG });
    await guarded.callbackTemplate.check({}, { templateName: "hooks", streamBeginNotifyUrl: URL });
    await guarded.callbackTemplate.diff("1", { templateName: "hooks" }, { templateName: "hooks" });
    expect(cloud.calls()).to.deep.equal({});
  });

  it("repeats its request after a transient error, and after any other error only for the next resource", async () => {
    cloud.addFault({ kind: "status", status: 500, action: "GetCallerIdentity" });
    const { callbackTemplate } = deployment({ allowedAccountIds: RIGHT });
    await create(callbackTemplate, { templateName: "hooks", streamBeginNotifyUrl: URL });
    expect(cloud.calls().GetCallerIdentity).to.equal(2);
    cloud.addFault({ kind: "error", code: "UnauthorizedOperation", action: "GetCallerIdentity" });
    const next = deployment({ allowedAccountIds: RIGHT }).callbackTemplate;
    await rejection(create(next, { templateName: "first", streamBeginNotifyUrl: URL }));
    await create(next, { templateName: "second", streamBeginNotifyUrl: URL });
    expect(cloud.state().templates.map(({ TemplateName }) => TemplateName)).to.deep.equal(["hooks", "second"]);
  });
});

describe("the lookup of the account", () => {
  const cloud = useCloud({ accountId: RIGHT });
  const ONCE_MS = 5_000;
  const credentials = { ...EMULATOR_CREDENTIALS, source: "the test" };

  const lookUpOf = (config: Record<string, string> = {}, clock: Clock = systemClock) => {
    const environment = emulatorEnvironment(cloud);
    const host = hostWith(config);
    return accountLookup({
      ...{ host, environment, settings: readSettings(host, environment), clock },
      ...{ backoff: { initialDelayMs: 1, maxDelayMs: 100 }, keepSecret: () => undefined, log: () => undefined },
    });
  };
  const throttle = (times: number | "always") =>
    cloud.addFault({ kind: "error", code: "RequestLimitExceeded", action: "GetCallerIdentity", times });
  const requests = () => cloud.calls().GetCallerIdentity;

  it("requests the account of the same credentials once, and again only after an error", async () => {
    const lookUp = lookUpOf({ retrySeconds: "0" });
    cloud.addFault({ kind: "error", code: "UnauthorizedOperation", action: "GetCallerIdentity" });
    await rejection(lookUp(credentials));
    expect([await lookUp(credentials), await lookUp(credentials, ONCE_MS)]).to.deep.equal([RIGHT, RIGHT]);
    expect(requests()).to.equal(2);
  });

  for (const onceWithinMs of [undefined, ONCE_MS]) {
    const kind = onceWithinMs === undefined ? "with retries" : "with a single request";
    it(`shares one request among concurrent lookups ${kind}`, async () => {
      const lookUp = lookUpOf();
      await Promise.all([1, 2, 3].map(() => lookUp(credentials, onceWithinMs)));
      expect(requests()).to.equal(1);
    });
  }

  it("repeats its request after throttling, although a concurrent lookup with a single request fails", async () => {
    const lookUp = lookUpOf();
    throttle(2);
    const failed = rejection(lookUp(credentials, ONCE_MS));
    expect(await lookUp(credentials)).to.equal(RIGHT);
    expect((await failed).message).to.contain("cannot determine the account of the credentials");
    expect(requests()).to.equal(3);
  });

  it("fails after its single request, although a concurrent lookup still repeats its own", async () => {
    const clock = new VirtualClock();
    const lookUp = lookUpOf({}, clock);
    throttle("always");
    const repeating = rejection(lookUp(credentials));
    while (!requests()) await new Promise(setImmediate);
    await rejection(lookUp(credentials, ONCE_MS));
    expect(clock.monotonic()).to.be.at.most(ONCE_MS);
    await repeating;
    expect(clock.monotonic()).to.be.at.least(60_000);
  });
});
