import { writeFileSync } from "node:fs";
import { type CommandSpec, parseCommandLine } from "../../cli/commandLine";
import { startEmulator } from "../../emulator";
import { ScratchProject } from "../scratchProject";
import { transcript } from "./narrator";
import { picture } from "./picture";
import { DemoReceiver } from "./receiver";
import { endStory, KEY, type Stage, tellStory } from "./story";

const DOMAINS = ["sports.example.com", "music.example.com", "news.example.com", "radio.example.com"];

const SPEC = {
  name: "npm run demo --",
  description: "Deploys, changes and destroys a stack with the real Pulumi CLI, against an emulator on this machine.",
  options: {
    keep: { help: "keep the emulator, the receiver and the stack running at the end, to try them by hand" },
    picture: { value: "file", help: "draw the first steps as a terminal, and write them to this SVG file" },
  },
} as const satisfies CommandSpec;

async function main(): Promise<void> {
  const parsed = parseCommandLine(SPEC, process.argv.slice(2));
  if (typeof parsed === "string") return console.log(parsed);
  const { keep, picture: file } = parsed.values;
  const started = performance.now();
  const emulator = await startEmulator({ domains: DOMAINS });
  const receiver = await DemoReceiver.start(KEY);
  const project = await ScratchProject.start(emulator.url);
  const stage = { emulator, receiver, project };
  try {
    await prepare(stage);
    await tellStory(stage);
    if (keep) return await leaveUp(stage);
    await endStory(stage);
    if (file !== undefined) writeFileSync(file, picture(transcript));
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.log(`\nEvery step was checked against the state of the emulator, in ${seconds} s.`);
  } finally {
    project.close();
    await receiver.close();
    await emulator.close();
  }
}

async function prepare({ project, receiver }: Stage): Promise<void> {
  project.write("Pulumi.yaml", "name: callbacks\nruntime: nodejs\n");
  project.write("package.json", '{ "name": "callbacks", "main": "index.ts" }');
  // The lint of the repository checks the types of the programs, so the demo saves the time.
  project.environment["PULUMI_NODEJS_TRANSPILE_ONLY"] = "true";
  const settings = ["--secret", `callbackKey=${KEY}`, "--plaintext", `receiver=${receiver.url}`];
  await project.succeed("config", "set-all", ...settings);
}

/** Keeps the emulator, the receiver and the stack running until the process is interrupted. */
async function leaveUp({ emulator, project }: Stage): Promise<void> {
  const variables = Object.entries(project.environment).map(([name, value]) => `  export ${name}='${value}'`);
  console.log(`
The emulator and the receiver run until you press Ctrl-C. In another terminal:

  cd ${project.folder}
${variables.join("\n")}

  edit index.ts, then: ${project.command} up
  ${project.command} destroy
  curl ${emulator.url}/_emulator/state
  curl ${emulator.url}/_emulator/events -d '{"event":"streamEnd","domainName":"sports.example.com"}'
`);
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, resolve);
  });
}

main().catch((error: Error) => {
  console.error(`\nThe demo failed: ${error.message}`);
  process.exitCode = 1;
});
