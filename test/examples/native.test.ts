import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { EMULATOR_CREDENTIALS, type Emulator, startEmulator } from "../../emulator";
import { runOnEmulator } from "../support/examples/readme";
import { closeAfterTest } from "../support/lifetime";
import { useExample } from "../support/pulumi/cliProject";

const EXAMPLE = resolve(__dirname, "../../examples/native");

/** The accounts by profile, with the ports in the files of the example. */
const ACCOUNTS = {
  main: { accountId: "100000000001", port: 4577, credential: { secretId: "id-main", secretKey: "key-main" } },
  events: { accountId: "200000000002", port: 4578, credential: { secretId: "id-events", secretKey: "key-events" } },
};

describe("examples/native, with the real CLI", function () {
  this.timeout(180_000);
  const { project } = useExample("native");
  const edit = (file: string, part: string, replacement: string) => {
    const content = readFileSync(join(project.folder, file), "utf8");
    expect(content).to.contain(part);
    project.write(file, content.replace(part, replacement));
  };

  it("finds the plugin of the repository without an installation in its folder", () => {
    const [, path = ""] = /path: (\S+)/.exec(readFileSync(join(EXAMPLE, "Pulumi.yaml"), "utf8")) ?? [];
    expect(existsSync(join(EXAMPLE, path, "pulumi-resource-tencentcloud-live"))).to.equal(true);
  });

  it("creates templates of the same name in both accounts with their domains, and destroys them", async () => {
    project.environment["TENCENTCLOUD_SECRET_ID"] = "";
    project.environment["TENCENTCLOUD_SECRET_KEY"] = "";
    const emulators: Emulator[] = [];
    for (const { accountId, port, credential } of Object.values(ACCOUNTS)) {
      const emulator = closeAfterTest(await startEmulator({ accountId, credentials: [credential] }));
      edit("Pulumi.dev.yaml", `http://127.0.0.1:${port}`, emulator.url);
      emulators.push(emulator);
    }
    for (const [profile, { credential }] of Object.entries(ACCOUNTS)) {
      const { secretId, secretKey } = EMULATOR_CREDENTIALS;
      const section = (id: string, key: string) => `[${profile}]\nsecret_id = ${id}\nsecret_key = ${key}\n`;
      // Each account accepts only its own key pair.
      const own = section(credential.secretId, credential.secretKey);
      edit("emulator.credentials", section(secretId, secretKey), own);
    }
    edit("Pulumi.yaml", "../../plugin", project.pluginFolder);
    await runOnEmulator(project, "native");
    expect(emulators.map((emulator) => emulator.state().templates.map((one) => one.TemplateName))).to.deep.equal([
      ["hooks"],
      ["hooks"],
    ]);
    expect(
      emulators.map((emulator) =>
        emulator
          .state()
          .rules.map((one) => one.DomainName)
          .sort(),
      ),
    ).to.deep.equal([["push.example.com"], ["backup.example.com", "events.example.com"]]);
    expect(project.resources()["main"]?.outputs).to.include({ accountId: ACCOUNTS.main.accountId });
    project.environment["TENCENTCLOUD_CREDENTIALS_FILE"] = join(project.folder, "emulator.credentials");
    await project.destroy();
    for (const emulator of emulators) expect(emulator.state()).to.deep.include({ templates: [], rules: [] });
  });
});
