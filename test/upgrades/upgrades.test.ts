import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { StateResource } from "../../tools/scratchProject";
import { writesTo } from "../support/cloud";
import { useProjects } from "../support/pulumi/cliProject";
import { LIFECYCLES, RECORDED_STUBS } from "./stubs";

const RECORDINGS = __dirname;
const versions = readdirSync(RECORDINGS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const recording = (version: string, file: string): string => readFileSync(join(RECORDINGS, version, file), "utf8");

const resourcesIn = (version: string): StateResource[] =>
  (JSON.parse(recording(version, "state.json")).deployment.resources as StateResource[]).filter(({ type }) =>
    type.includes("tencentcloud-live"),
  );

describe("the recorded states of released versions", () => {
  it("include the state of version 0.1.0", () => {
    expect(versions).to.include("0.1.0");
  });

  for (const version of versions) {
    it(`have for ${version} every shape of resource, stubs that load the current code, and no local path`, () => {
      const resources = resourcesIn(version);
      for (const lifecycle of LIFECYCLES) {
        const stubs = RECORDED_STUBS.map((stub) => stub(lifecycle));
        const ours = resources.filter(({ type }) => type.toLowerCase().endsWith(lifecycle.toLowerCase()));
        expect(new Set(ours.map(({ external }) => external ?? false))).to.deep.equal(new Set([true, false]));
        for (const { inputs, outputs } of ours) {
          expect(stubs).to.include(outputs["__provider"]);
          expect(stubs).to.include(inputs["__provider"]);
        }
      }
      expect(recording(version, "state.json")).to.not.match(
        /"(?:\/|[A-Z]:\\|file:|project:)|node_modules|RecordedKey|ConsoleKey/,
      );
    });
  }
});

describe("the recorded state of a released version", () => {
  const { emulator, project, start } = useProjects();
  let copy: string;
  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), "tencentcloud-live-upgrade-"));
  });
  afterEach(() => rmSync(copy, { recursive: true }));

  /** Restores the account and the stack of a version. The emulator writes to a copy of the data. */
  async function open(version: string): Promise<void> {
    cpSync(join(RECORDINGS, version), copy, { recursive: true });
    await start({ dataFile: join(copy, "cloud.json") });
    project.write("index.js", recording(version, "program.js"));
    await project.succeed("stack", "import", "--file", join(copy, "state.json"));
  }

  for (const version of versions) {
    it(`is previewed, refreshed without changes, updated and destroyed by the current code: ${version}`, async () => {
      await open(version);
      await project.expectNoChanges();
      await project.refresh("--expect-no-changes");

      emulator.reset({ calls: true });
      await project.succeed("config", "set", "description", "upgraded");
      await project.up();
      expect(writesTo(emulator)).to.deep.equal(["ModifyLiveCallbackTemplate"]);
      expect(emulator.state().templates.map(({ Description }) => Description)).to.include("upgraded");

      await project.destroy();
      expect(project.resources()).to.deep.equal({});
      const { templates, rules } = emulator.state();
      expect(templates.map(({ TemplateName }) => TemplateName)).to.deep.equal(["console-3"]);
      expect(rules.map(({ DomainName, AppName }) => [DomainName, AppName])).to.deep.equal([
        ["console.example.com", "other"],
      ]);
    }).timeout(180_000);
  }
});
