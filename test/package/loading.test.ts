import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { EMULATOR_CREDENTIALS, startEmulator } from "../../emulator";

/** A provider process that prints the loaded modules after a check and a diff, and after a create. */
const SCRIPT = `
const { callbackTemplate } = require("pulumi-tencentcloud-live/provider");
const loaded = () => ["axios", "cockatiel", "zod", "@pulumi"].filter((name) =>
  Object.keys(require.cache).some((path) => path.includes("/node_modules/" + name + "/")));
const program = { templateName: "hooks", streamBeginNotifyUrl: "https://hooks.example.com/live", declaredBy: "0123456" };
(async () => {
  const { inputs } = await callbackTemplate.check({}, program);
  await callbackTemplate.diff("1", { ...inputs, templateId: 1 }, inputs);
  const before = loaded();
  await callbackTemplate.create(inputs);
  console.log(JSON.stringify([before, loaded()]));
})();`;

describe("the provider in the engine's host", function () {
  this.timeout(60_000);

  it("loads the HTTP client and the retry library only for a call, and never a module of Pulumi", async () => {
    const emulator = await startEmulator();
    const { stdout } = await promisify(execFile)(process.execPath, ["-e", SCRIPT], {
      cwd: resolve(__dirname, "../.."),
      env: {
        TENCENTCLOUD_SECRET_ID: EMULATOR_CREDENTIALS.secretId,
        TENCENTCLOUD_SECRET_KEY: EMULATOR_CREDENTIALS.secretKey,
        TENCENTCLOUD_LIVE_ENDPOINT: emulator.url,
      },
    });
    expect(JSON.parse(stdout)).to.deep.equal([["zod"], ["axios", "cockatiel", "zod"]]);
    await emulator.close();
  });
});
