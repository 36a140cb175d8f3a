import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { version } from "../../../package.json";
import { useProject } from "../../support/pulumi/cliProject";

const ROOT = resolve(__dirname, "../../..");
const NAME = "pulumi-resource-tencentcloud-live";

describe("an archive of the native provider, with the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project } = useProject();
  let archives: string;
  before(() => {
    archives = mkdtempSync(join(tmpdir(), "archives-"));
    execFileSync(process.execPath, [join(ROOT, "tools/archivePlugin.js"), archives]);
  });
  after(() => rmSync(archives, { recursive: true }));

  it("exists for every system, and is used after its installation without an entry in Pulumi.yaml", async () => {
    const systems = ["darwin", "linux", "windows"].flatMap((system) => [`${system}-amd64`, `${system}-arm64`]);
    const names = systems.map((system) => `${NAME}-v${version}-${system}.tar.gz`);
    expect(readdirSync(archives).sort()).to.deep.equal(names);

    const file = join(archives, `${NAME}-v${version}-linux-amd64.tar.gz`);
    await project.succeed("plugin", "install", "resource", "tencentcloud-live", `v${version}`, "--file", file);
    project.write("Pulumi.yaml", "name: callbacks\nruntime: nodejs\n");
    const program = 'new native.CallbackTemplate("hooks", { streamBeginNotifyUrl: "https://hooks.example.com/live" });';
    project.write("index.js", `const native = require("pulumi-tencentcloud-live/native");\n${program}\n`);
    await project.up();
    expect(emulator.state().templates).to.have.length(1);
  });
});
