import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { type Emulator, startEmulator } from "../../emulator";
import { closeAfterTest } from "../support/lifetime";
import { useExample } from "../support/pulumi/cliProject";

const PROFILES = { main: "100000000001", events: "200000000002" };

describe("examples/native, with the real CLI", function () {
  this.timeout(180_000);
  const { project } = useExample("native");

  it("creates templates of the same name in both accounts with their domains, and destroys them", async () => {
    await project.succeed("stack", "init", "dev");
    project.environment["TENCENTCLOUD_SECRET_ID"] = "";
    project.environment["TENCENTCLOUD_SECRET_KEY"] = "";
    const file = join(project.folder, "credentials");
    const emulators: Emulator[] = [];
    // One after the other: each command reads and writes the file of the stack.
    for (const [profile, accountId] of Object.entries(PROFILES)) {
      const credentials = [{ secretId: `id-${profile}`, secretKey: `key-${profile}` }];
      const emulator = closeAfterTest(await startEmulator({ accountId, credentials }));
      await project.succeed("config", "set", "--path", `accounts.${profile}.endpoint`, emulator.url);
      emulators.push(emulator);
    }
    const sections = Object.keys(PROFILES).map((profile) => {
      return `[${profile}]\nsecret_id = id-${profile}\nsecret_key = key-${profile}\n`;
    });
    writeFileSync(file, sections.join("\n"));
    await project.up();
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
    expect(project.resources()["main"]?.outputs).to.include({ accountId: PROFILES.main });
    await project.destroy();
    for (const emulator of emulators) expect(emulator.state()).to.deep.include({ templates: [], rules: [] });
  });
});
