import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { EMULATOR_CREDENTIALS } from "../../../emulator";
import { type Clock, systemClock } from "../../../provider/api/clock";
import { Accounts } from "../../../provider/credentials/account";
import { readSettings } from "../../../provider/settings";
import { VirtualClock } from "../../support/clock";
import {
  create,
  destroy,
  emulatorEnvironment,
  type Lifecycle,
  refresh,
  rejection,
  update,
  useCloud,
} from "../../support/cloud";
import { closeAfterTest } from "../../support/lifetime";
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
    const accounts = new Accounts({
      ...{ host, environment, settings: readSettings(host, environment), clock },
      ...{ backoff: { initialDelayMs: 1, maxDelayMs: 100 }, keepSecret: () => undefined, log: () => undefined },
    });
    return (...args: Parameters<Accounts["lookUp"]>) => accounts.lookUp(...args);
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

describe("credentials that are renewed during a run", () => {
  const keysOf = (name: string, accountId: string) => ({ secretId: `AKID${name}`, secretKey: `key${name}`, accountId });
  const FIRST = keysOf("first", RIGHT);
  const ROTATED = keysOf("rotated", RIGHT);
  const FOREIGN = keysOf("foreign", WRONG);
  const cloud = useCloud({ credentials: [FIRST, ROTATED, FOREIGN] });
  const argsOf = (templateName: string) => ({ templateName, streamBeginNotifyUrl: URL });
  let file: string;
  let type: Lifecycle;

  beforeEach(() => {
    const folder = mkdtempSync(join(tmpdir(), "account-"));
    closeAfterTest({ close: () => rmSync(folder, { recursive: true }) });
    file = join(folder, "credentials");
    put(FIRST);
    type = start();
  });

  const put = ({ secretId, secretKey }: typeof FIRST) =>
    writeFileSync(file, `[default]\nsecret_id = ${secretId}\nsecret_key = ${secretKey}\n`);
  const start = (environment: Record<string, string> = {}, config: Record<string, string> = {}) => {
    const endpoints = { TENCENTCLOUD_LIVE_ENDPOINT: cloud.url, TENCENTCLOUD_STS_ENDPOINT: cloud.url };
    const all = { ...endpoints, TENCENTCLOUD_CREDENTIALS_FILE: file, ...environment };
    return cloud.deployment(config, { environment: all }).callbackTemplate;
  };
  /** The API rejects the credentials of the next writes, so that the provider reads the file again. */
  const expire = (times: number | "always" = 1) => {
    for (const action of [
      "CreateLiveCallbackTemplate",
      "ModifyLiveCallbackTemplate",
      "DeleteLiveCallbackTemplate",
    ] as const)
      cloud.addFault({ kind: "error", code: "AuthFailure.TokenFailure", action, times });
  };
  const names = () => cloud.state().templates.map(({ TemplateName }) => TemplateName);
  const requests = () => cloud.calls().GetCallerIdentity;

  it("are not used if they belong to another account, and the error says so", async () => {
    await create(type, argsOf("one"));
    put(FOREIGN);
    expire("always");
    for (const name of ["two", "three"]) {
      const { message } = await rejection(create(type, argsOf(name)));
      expect(message).to.match(ONE_LINE).and.contain("code=Provider.WrongAccount");
      expect(message).to.contain(
        `the credentials changed during this run: the new ones, from profile "default" of ${file}, belong to account ` +
          `${WRONG}, but the run began in account ${RIGHT}. Run again with credentials of account ${RIGHT}; nothing ` +
          `was changed in account ${WRONG}.`,
      );
    }
    expect(names()).to.deep.equal(["one"]);
    expect(requests()).to.equal(2);
  });

  it("are not used if they belong to another account, even if allowedAccountIds allows both", async () => {
    const stored = await create(type, argsOf("one"));
    const guarded = start({}, { "tencentcloud-live:allowedAccountIds": `${RIGHT},${WRONG}` });
    await update(guarded, stored, argsOf("renamed"));
    put(FOREIGN);
    expire();
    const { message } = await rejection(update(guarded, stored, argsOf("again")));
    expect(message).to.contain("code=Provider.WrongAccount");
    expect(names()).to.deep.equal(["renamed"]);
  });

  it("are used if they belong to the same account, which costs one request", async () => {
    await create(type, argsOf("one"));
    put(ROTATED);
    expire();
    const { outs } = await create(type, argsOf("two"));
    await create(type, argsOf("three"));
    expect(outs).to.include({ accountId: RIGHT });
    expect(requests()).to.equal(2);
  });

  it("cost no request if they are the same keys, or those of a new session of the same role", async () => {
    await create(type, argsOf("one"));
    expire();
    expect((await rejection(create(type, argsOf("two")))).message).to.contain("code=AuthFailure.TokenFailure");
    expect(requests()).to.equal(1);
    const ofRole = start({ TENCENTCLOUD_ASSUME_ROLE_ARN: ROLE });
    await create(ofRole, argsOf("two"));
    expire();
    expect((await create(ofRole, argsOf("three"))).outs).to.include({ accountId: WRONG });
    expect([requests(), cloud.calls().AssumeRole]).to.deep.equal([2, 2]);
  });

  it("are not used in a run without a create if its resources record another account", async () => {
    const stored = await create(type, argsOf("one"));
    for (const work of [
      (later: Lifecycle) => update(later, stored, argsOf("renamed")),
      (later: Lifecycle) => destroy(later, stored),
    ]) {
      const later = start();
      put(FIRST);
      await refresh(later, stored);
      put(FOREIGN);
      expire();
      const { message } = await rejection(work(later));
      expect(message).to.contain(`but the resources of this run belong to account ${RIGHT}`);
      expect(message).to.contain("code=Provider.WrongAccount");
    }
    expect(names()).to.deep.equal(["one"]);
  });

  it("cost one request in a run that has not requested its account", async () => {
    const stored = await create(type, argsOf("one"));
    cloud.reset({ calls: true });
    const later = start();
    const renamed = await update(later, stored, argsOf("renamed"));
    expect(requests()).to.equal(undefined);
    put(ROTATED);
    expire();
    await update(later, renamed, argsOf("again"));
    expect(names()).to.deep.equal(["again"]);
    expect(requests()).to.equal(1);
  });

  it("cost no request, and are used, if no STS endpoint is known", async () => {
    const environment = { TENCENTCLOUD_LIVE_ENDPOINT: cloud.url, TENCENTCLOUD_CREDENTIALS_FILE: file };
    const { callbackTemplate } = cloud.deployment({}, { environment });
    await create(callbackTemplate, argsOf("one"));
    put(ROTATED);
    expire();
    await create(callbackTemplate, argsOf("two"));
    expect(requests()).to.equal(undefined);
  });

  it("are used while STS does not respond, and the account is not recorded", async () => {
    await create(type, argsOf("one"));
    put(ROTATED);
    expire();
    cloud.addFault({ kind: "error", code: "UnauthorizedOperation", action: "GetCallerIdentity", times: "always" });
    for (const name of ["two", "three"]) {
      const { outs } = await create(type, argsOf(name));
      expect(outs).to.include({ endpointKind: "other" }).and.not.have.property("accountId");
    }
    expect(cloud.logged.filter((line) => line.includes("The account is not recorded"))).to.have.length(1);
    expect(requests()).to.equal(2);
  });
});
