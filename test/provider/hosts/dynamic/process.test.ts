import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { providerStub } from "../../../../sdk/dynamic/providerStub";
import { rejection } from "../../../support/cloud";
import { useEmulator } from "../../../support/emulatorClient";
import { CANARIES, CANARY_CREDENTIALS, echoOf, leaksIn } from "../../../support/provider/canaries";
import { DynamicHost } from "../../../support/pulumi/dynamicHost";

const REPOSITORY = resolve(__dirname, "../../../..");
const URL = "https://hooks.example.com/live";

describe("Pulumi's dynamic provider host, called as by the engine", () => {
  const emulator = useEmulator({ credentials: [CANARY_CREDENTIALS], templateLimit: 100 });
  let config: Record<string, string>;
  beforeEach(() => {
    // The environment is empty. Only the configuration has credentials and an endpoint.
    config = {
      "tencentcloud-live:endpoint": emulator.url,
      "tencentcloud-live:secretId": CANARY_CREDENTIALS.secretId,
      "tencentcloud-live:secretKey": CANARY_CREDENTIALS.secretKey,
      "tencentcloud-live:securityToken": CANARY_CREDENTIALS.token,
    };
  });

  it("S7: gives 100 concurrent first calls, to both types, a configured client", async () => {
    const { TemplateId } = emulator.putTemplate({ TemplateName: "console", StreamBeginNotifyUrl: URL });
    const host = await DynamicHost.start(REPOSITORY, { config });
    try {
      const ids = await Promise.all(
        Array.from({ length: 50 }, (_, n) => [
          host.create({
            ...{ templateName: `hooks-${n}`, streamBeginNotifyUrl: URL, callbackKey: "" },
            __provider: providerStub("callbackTemplate"),
          }),
          host.create({
            ...{ domainName: `d${n}.example.com`, templateId: TemplateId },
            __provider: providerStub("domainBinding"),
          }),
        ]).flat(),
      );
      expect(new Set(ids).size).to.equal(100);
      expect(emulator.state().templates).to.have.length(51);
      expect(emulator.state().rules).to.have.length(50);
    } finally {
      await host.close();
    }
  });

  it("K1: neither prints a secret nor returns one to the engine, even with TENCENTCLOUD_LIVE_DEBUG", async () => {
    emulator.addFault({
      kind: "error",
      code: "InvalidParameter",
      message: echoOf(JSON.stringify(CANARIES)),
      times: "always",
    });
    const host = await DynamicHost.start(REPOSITORY, { config, environment: { TENCENTCLOUD_LIVE_DEBUG: "1" } });
    const properties = {
      ...{ templateName: "hooks", callbackKey: CANARIES.callbackKey, streamBeginNotifyUrl: CANARIES.url },
      __provider: providerStub("callbackTemplate"),
    };
    try {
      const errors = [await rejection(host.create(properties)), await rejection(host.delete("385622", properties))];
      for (const { message } of errors) expect(leaksIn(message)).to.deep.equal([]);
    } finally {
      await host.close();
    }
    // The stack of the failed delete. The host prints the stacks of check, diff, read and delete.
    expect(host.printed).to.match(/\n\s+at .*\.js:\d+/);
    expect(leaksIn(host.printed)).to.deep.equal([]);
  });

  it("S5: fails a delete with a remedy if the package is not installed", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tencentcloud-live-bare-"));
    const host = await DynamicHost.start(folder, { config });
    try {
      const { message } = await rejection(host.delete("1", { __provider: providerStub("callbackTemplate") }));
      expect(message).to.contain("Install pulumi-tencentcloud-live as a direct dependency: Cannot find module");
      expect(message).to.not.contain("\n").and.not.contain(folder);
    } finally {
      await host.close();
      rmSync(folder, { recursive: true });
    }
  });
});
