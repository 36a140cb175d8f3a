import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { expect } from "chai";
import { Deployment as ProviderDeployment } from "../../provider/deployment";
import { environmentHost } from "../../provider/hosts/environment";
import { Lifecycle } from "../../provider/lifecycle";
import { callbackTemplate } from "../../provider/resources/callbackTemplate";
import { VirtualClock } from "../support/clock";
import { type Deployment, destroy, useCloud } from "../support/cloud";
import { CANARIES, CANARY_CREDENTIALS, echoOf, leaksIn } from "../support/provider/canaries";
import { CANARY_ENVIRONMENT, environmentOf, OPERATIONS, type Stack, stackIn } from "../support/provider/operations";

const OUTAGE = "the API responded with HTTP status 503";

describe("a long wait", () => {
  const cloud = useCloud({ credentials: [CANARY_CREDENTIALS], accountId: "100000000001" });
  let stack: Stack;
  beforeEach(async () => {
    stack = await stackIn(cloud);
  });

  /** Creates a deployment in virtual time. */
  const deploymentWith = (config: Record<string, string> = {}): Deployment => {
    const environment = { ...environmentOf(cloud.url), TENCENTCLOUD_STS_ENDPOINT: cloud.url };
    const backoff = { initialDelayMs: 100, maxDelayMs: 5_000, jitter: () => 1 };
    return cloud.deployment(config, { environment, backoff, reconcileMs: 15_000, clock: new VirtualClock() });
  };

  /** Runs an operation, which may fail. Returns the lines that it logs. */
  async function shownBy(name: string, config: Record<string, string> = {}): Promise<string[]> {
    await OPERATIONS[name]?.run(deploymentWith(config), stack).catch(() => undefined);
    return cloud.logged;
  }

  it("is reported after 5 s with its action and the remaining time, if it is for a list", async () => {
    cloud.addFault({ kind: "status", status: 503, times: "always" });
    expect(await shownBy("read of a template")).to.deep.equal([
      `info: Still waiting for DescribeLiveCallbackTemplates, for at most 55 s: ${OUTAGE}.`,
    ]);
  });

  it("is reported once for all resources that wait for the same list", async () => {
    cloud.addFault({ kind: "status", status: 503, times: "always" });
    const { domainBinding } = deploymentWith();
    const reads = Array.from({ length: 20 }, (_, n) => domainBinding.read(`d${n}.example.com`, {}));
    await Promise.allSettled(reads);
    expect(cloud.logged).to.deep.equal([
      `info: Still waiting for DescribeLiveCallbackRules, for at most 55 s: ${OUTAGE}.`,
    ]);
  });

  for (const [name, action, what] of [
    ["update of a template", "ModifyLiveCallbackTemplate", 'update callback template "hooks" (id <id>)'],
    ["create of a binding", "CreateLiveCallbackRule", "create domain binding b.example.com"],
    ["delete of a binding", "DeleteLiveCallbackRule", "delete domain binding a.example.com"],
  ] as const) {
    it(`is reported with the resource, if it is for the ${name}`, async () => {
      cloud.addFault({ kind: "error", code: "RequestLimitExceeded", message: "Too often.", action, times: "always" });
      expect((await shownBy(name)).map((line) => line.replace(stack.bound.id, "<id>"))).to.deep.equal([
        `info: Still waiting to ${what}, for at most 55 s: Too often.`,
      ]);
    });
  }

  it("is reported if it is for a template whose create got no response", async () => {
    cloud.addFault({ kind: "reset", action: "CreateLiveCallbackTemplate" });
    expect(await shownBy("create of a template")).to.deep.equal([
      'info: Still waiting to create callback template "new", for at most 10 s: it is not visible yet.',
    ]);
  });

  it("is reported if it is for the rules of a template that is deleted", async () => {
    await destroy(deploymentWith().callbackTemplate, stack.bound).catch(() => undefined);
    expect(cloud.logged).to.deep.equal([
      `info: Still waiting to delete callback template "hooks" (id ${stack.bound.id}), for at most 25 s: it is still bound to a.example.com.`,
    ]);
  });

  it("is reported if it is for the credentials", async () => {
    cloud.addFault({ kind: "status", status: 503, action: "GetCallerIdentity", times: "always" });
    expect(
      await shownBy("read of a template", { "tencentcloud-live:allowedAccountIds": "100000000001" }),
    ).to.deep.equal([`info: Still waiting for GetCallerIdentity, for at most 55 s: ${OUTAGE}.`]);
  });

  it("is not reported if it ends within 5 s", async () => {
    // Retries after 0.1, 0.3, 0.7, 1.5, and 3.1 s.
    cloud.addFault({ kind: "status", status: 503, times: 5 });
    expect(await shownBy("read of a template")).to.deep.equal([]);
  });

  it("is reported without the secrets that the API repeats", async () => {
    const message = `one\n${echoOf(JSON.stringify(CANARIES))}`;
    cloud.addFault({ kind: "error", code: "RequestLimitExceeded", message, times: "always" });
    const [line = ""] = await shownBy("update of a template");
    expect(line).to.contain("one you sent").and.contain("[hidden]").and.not.contain("\n");
    expect(leaksIn(line)).to.deep.equal([]);
  });

  it("is reported to the log of its operation, if the host provides one", async () => {
    cloud.addFault({
      kind: "error",
      code: "RequestLimitExceeded",
      action: "ModifyLiveCallbackTemplate",
      times: "always",
    });
    const environment = { ...CANARY_ENVIRONMENT, TENCENTCLOUD_LIVE_ENDPOINT: cloud.url };
    const shown: string[] = [];
    const deployment = new ProviderDeployment(environmentHost, {
      environment,
      clock: new VirtualClock(),
      log: () => shown.push("?"),
    });
    const context = { owner: "", ownerInState: "", log: (severity: string) => shown.push(severity) };
    const { id, outs } = stack.free;
    const lifecycle = new Lifecycle(deployment, callbackTemplate);
    await lifecycle.update(context, id, outs, { ...outs, description: "changed" }).catch(() => undefined);
    expect(shown).to.deep.equal(["info"]);
  });
});

describe("the log on standard error", () => {
  it("has a line for each message, and does not fail after its reader is gone", async () => {
    const log = JSON.stringify(resolve(__dirname, "../../provider/log"));
    const program = `
      const { standardError } = require(${log});
      standardError("info", "one");
      standardError("warning", "two");
      process.stdin.resume().once("end", () => {
        standardError("info", "three");
        setImmediate(() => console.log("alive"));
      });`;
    const child = spawn(process.execPath, ["--require", "tsx/cjs", "--eval", program], { stdio: "pipe" });
    let printed = "";
    for await (const chunk of child.stderr) {
      printed += chunk;
      if (printed.endsWith("two\n")) break;
    }
    child.stderr.destroy();
    child.stdin.end();
    expect(await text(child.stdout)).to.equal("alive\n");
    expect(printed).to.equal("one\nwarning: two\n");
  });
});
