import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Emulator, startEmulator } from "../emulator";
import { ScratchProject } from "./scratchProject";

const UPGRADES = resolve(__dirname, "../test/upgrades");

/** Fields of the state that depend on the machine. */
const MACHINE = new Set(["sourcePosition", "stackTrace", "plugins"]);

/** Adds the templates and rules that the program adopts or reads. */
function fillAccount(emulator: Emulator): void {
  emulator.putTemplate({
    TemplateName: "console-made-with-a-name-of-more-than-30",
    SnapshotNotifyUrl: "https://old.example.com",
  });
  emulator.putTemplate({ TemplateName: "console-2", SnapshotNotifyUrl: "https://hooks.example.com/same" });
  const { TemplateId } = emulator.putTemplate({
    TemplateName: "console-3",
    StreamBeginNotifyUrl: "https://hooks.example.com/same",
    CallbackKey: "ConsoleKey1",
  });
  emulator.putRule({ DomainName: "console.example.com", AppName: "", TemplateId });
  emulator.putRule({ DomainName: "console.example.com", AppName: "other", TemplateId });
}

/** Deploys a program to an emulator. Returns the exported state, and the data of the emulator. */
async function deploy(program: string): Promise<{ state: string; cloud: string }> {
  const folder = mkdtempSync(join(tmpdir(), "tencentcloud-live-record-"));
  const dataFile = join(folder, "cloud.json");
  const emulator = await startEmulator({ dataFile });
  const project = await ScratchProject.start(emulator.url);
  try {
    fillAccount(emulator);
    project.write("index.js", program);
    await project.up();
    await project.expectNoChanges();
    return { state: await project.stateText(), cloud: readFileSync(dataFile, "utf8") };
  } finally {
    project.close();
    await emulator.close();
    rmSync(folder, { recursive: true });
  }
}

function withoutMachine(json: string): string {
  return JSON.stringify(JSON.parse(json, (name, value) => (MACHINE.has(name) ? undefined : value)));
}

/**
 * Records the state of this version, with which all later versions are tested. Runs once, before a release.
 */
async function main(): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(UPGRADES, "../../package.json"), "utf8")) as { version: string };
  const folder = join(UPGRADES, version);
  if (existsSync(folder)) {
    throw new Error(
      `${folder} exists. The state of a released version must not change; delete the folder if it is unreleased.`,
    );
  }
  const program = readFileSync(join(UPGRADES, "program.js"), "utf8");
  const { state, cloud } = await deploy(program);
  mkdirSync(folder);
  writeFileSync(join(folder, "program.js"), program);
  writeFileSync(join(folder, "state.json"), withoutMachine(state));
  writeFileSync(join(folder, "cloud.json"), cloud);
  const formatter = require.resolve("@biomejs/biome/bin/biome");
  execFileSync(process.execPath, [formatter, "format", "--write", folder], { stdio: "ignore" });
  console.log(`Recorded the state of version ${version} in ${folder}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
