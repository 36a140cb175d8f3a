import { expect } from "chai";
import { EMULATOR_CREDENTIALS, type EmulatorOptions } from "../../../emulator";
import type { Credentials } from "../../../provider/api/credentials";
import { ApiError, LiveError } from "../../../provider/api/errors";
import { renewing } from "../../../provider/credentials/renewal";
import { failureOf } from "../../support/api/apiServer";
import { VirtualClock } from "../../support/clock";
import { rejection } from "../../support/cloud";
import { startedByTest } from "../../support/lifetime";
import { CredentialWorld } from "../../support/provider/credentialWorld";

const ROLE = "qcs::cam::uin/100000000001:roleName/deployer";
const MINUTE_MS = 60_000;

describe("temporary credentials", () => {
  const [world, start] = startedByTest(async (options: EmulatorOptions = {}) => {
    const started = await CredentialWorld.start(options);
    Object.assign(started.environment, {
      TENCENTCLOUD_SECRET_ID: EMULATOR_CREDENTIALS.secretId,
      TENCENTCLOUD_SECRET_KEY: EMULATOR_CREDENTIALS.secretKey,
      TENCENTCLOUD_ASSUME_ROLE_ARN: ROLE,
      TENCENTCLOUD_ASSUME_ROLE_SESSION_DURATION: "3600",
    });
    return started;
  });
  const sessions = (): number => world.emulator.calls().AssumeRole ?? 0;

  it("are obtained at the first call, once for concurrent calls, and kept", async () => {
    await start();
    const client = world.client();
    expect(world.emulator.calls()).to.deep.equal({});
    await Promise.all(Array.from({ length: 40 }, () => client.send("DescribeLiveCallbackRules", {})));
    world.clock.advance(54 * MINUTE_MS);
    await client.send("DescribeLiveCallbackRules", {});
    expect(world.emulator.calls()).to.deep.equal({ AssumeRole: 1, DescribeLiveCallbackRules: 41 });
  });

  it("are renewed five minutes before they expire, once for concurrent calls", async () => {
    await start();
    const client = world.client();
    for (const minutes of [0, 55, 55]) {
      world.clock.advance(minutes * MINUTE_MS);
      await Promise.all(Array.from({ length: 40 }, () => client.send("DescribeLiveCallbackRules", {})));
    }
    expect(sessions()).to.equal(3);
    expect(world.emulator.callRecord().filter(({ code }) => code)).to.deep.equal([]);
  });

  for (const expiredKeyCode of ["AuthFailure.TokenFailure", "AuthFailure.SecretIdNotFound"] as const) {
    it(`are renewed if the API rejects them with ${expiredKeyCode}, and the call is sent once more`, async () => {
      await start({ dialect: { expiredKeyCode } });
      world.environment["TENCENTCLOUD_ASSUME_ROLE_SESSION_DURATION"] = "60";
      const client = world.client();
      await client.send("DescribeLiveCallbackRules", {});
      // The session has expired by the cloud's clock, but not by the clock of this machine.
      world.cloudAheadMs = 100_000;
      const calls = Array.from({ length: 5 }, () =>
        client.send("CreateLiveCallbackTemplate", { TemplateName: "a", StreamBeginNotifyUrl: "http://a.example.com" }),
      );
      await Promise.all(calls);
      expect(sessions()).to.equal(2);
      expect(world.emulator.callRecord().filter(({ code }) => code === expiredKeyCode)).to.have.length(5);
      expect(world.emulator.state().templates).to.have.length(5);
    });
  }

  it("cause an error if the API rejects the renewed ones too, and are not renewed after another error", async () => {
    await start();
    const client = world.client();
    const reject = (code: string) =>
      world.emulator.addFault({ kind: "error", code, action: "DescribeLiveDomains", times: 2 });
    reject("AuthFailure.TokenFailure");
    const error = await failureOf(client.send("DescribeLiveDomains", {}), ApiError);
    expect(error.message).to.contain(
      `(credentials from the role ${ROLE}, assumed with credentials from the environment)`,
    );
    expect(world.emulator.calls()).to.deep.equal({ AssumeRole: 2, DescribeLiveDomains: 2 });
    reject("AuthFailure.UnauthorizedOperation");
    await failureOf(client.send("DescribeLiveDomains", {}), ApiError);
    expect(world.emulator.calls()).to.deep.equal({ AssumeRole: 2, DescribeLiveDomains: 3 });
  });

  it("differ from a long-lived key pair, whose rejected call is not sent again", async () => {
    await start({ credentials: [] });
    delete world.environment["TENCENTCLOUD_ASSUME_ROLE_ARN"];
    const error = await failureOf(world.client().send("DescribeLiveCallbackRules", {}), ApiError);
    expect(error.code).to.equal("AuthFailure.SecretIdNotFound");
    expect(world.emulator.calls()).to.deep.equal({ DescribeLiveCallbackRules: 1 });
  });

  it("are used until they expire if a renewal fails, and then the failure is reported", async () => {
    await start();
    const client = world.client();
    const use = () => client.send("DescribeLiveCallbackRules", {});
    await use();
    world.emulator.addFault({
      kind: "error",
      code: "InternalError.SystemError",
      action: "AssumeRole",
      times: "always",
    });
    world.clock.advance(56 * MINUTE_MS);
    await use();
    await use();
    expect(sessions(), "the next attempt waits").to.equal(2);
    world.clock.advance(4 * MINUTE_MS);
    const error = await failureOf(use(), LiveError);
    expect(error).to.include({ code: "InternalError.SystemError", action: "AssumeRole" });
    world.emulator.clearFaults();
    await use();
  });

  it("are requested again from a throttled STS within the retry budget, and not beyond it", async () => {
    await start();
    world.emulator.addFault({ kind: "error", code: "RequestLimitExceeded", action: "AssumeRole", times: 3 });
    await world.client().send("DescribeLiveCallbackRules", {});
    expect(sessions()).to.equal(4);
    world.config["retrySeconds"] = "0";
    world.emulator.addFault({ kind: "status", status: 500, action: "AssumeRole" });
    const error = await failureOf(world.client().send("DescribeLiveCallbackRules", {}), LiveError);
    expect(error.message).to.contain(`cannot assume the role ${ROLE}: the API responded with HTTP status 500`);
    expect(error.remedy).to.contain("tencentcloud-live:stsEndpoint");
    expect(error.retryable).to.equal(true);
  });

  it("are renewed at half of their time if they last less than ten minutes", async () => {
    await start();
    const clock = new VirtualClock(0);
    let found = 0;
    const find = async (): Promise<Credentials> => ({
      secretId: `${++found}`,
      secretKey: "k",
      source: "s",
      expiresAt: clock.now() + 60_000,
    });
    const get = renewing(find, clock);
    const ids: string[] = [];
    for (const at of [0, 29_999, 30_000, 59_000, 60_000]) {
      clock.advance(at - clock.now());
      ids.push((await get()).secretId);
    }
    expect(ids).to.deep.equal(["1", "1", "2", "2", "3"]);
  });

  it("are not returned after they expire or the API rejects them, even if their renewal fails", async () => {
    const clock = new VirtualClock(0);
    const failure = new Error("no renewal");
    const oneMinute: Credentials = { secretId: "1", secretKey: "k", source: "s", expiresAt: 60_000 };
    const found = [oneMinute];
    const find = async (): Promise<Credentials> => {
      const credentials = found.shift();
      if (credentials) return credentials;
      throw failure;
    };
    const get = renewing(find, clock);
    const current = await get();
    expect(await rejection(Promise.resolve(get(current)))).to.equal(failure);
    clock.advance(30_000);
    expect(await get(), "before they expire").to.equal(oneMinute);
    clock.advance(30_000);
    expect(await rejection(Promise.resolve(get()))).to.equal(failure);
  });
});
