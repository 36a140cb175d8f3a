import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Emulator } from "../../emulator";
import { isWriting } from "../../emulator/http/callRecord";
import { signCallback } from "../../receiver";
import type { ScratchProject } from "../scratchProject";
import { show, step, verify } from "./narrator";
import type { DemoReceiver } from "./receiver";

/** The callback key of the templates. */
export const KEY = "DemoKey2026";

/** The cloud, the receiver of its callbacks, and the stack of the demo. */
export interface Stage {
  emulator: Emulator;
  receiver: DemoReceiver;
  project: ScratchProject;
}

/** Runs the steps of the demo. Each step prints its title and checks the state of the emulator. */
export async function tellStory(stage: Stage): Promise<void> {
  await create(stage);
  await callBack(stage);
  await changeNothing(stage);
  await change(stage);
  await refuse(stage);
  await drift(stage);
}

async function create({ emulator, receiver, project }: Stage): Promise<void> {
  step("pulumi up: a callback template, bound to two whole domains and to one app of a third");
  useProgram(project, "first");
  show((await project.up()).stdout);
  const [template] = emulator.state().templates;
  verify("the template has its three URLs and its key", pick(template), [
    `${receiver.url}/live`,
    `${receiver.url}/live`,
    `${receiver.url}/recordings`,
    KEY,
  ]);
  const id = template?.TemplateId;
  verify("three rules point to it", bindings(emulator), {
    "music.example.com": id,
    "news.example.com/live": id,
    "sports.example.com": id,
  });
  const state = await project.stateText();
  verify("the state does not contain the key in plain text", state.includes(KEY), false);
}

async function callBack({ emulator, receiver }: Stage): Promise<void> {
  step("streams start: a receiver on this machine gets the events of bound domains and apps, and no others");
  const stream = { appName: "live", streamName: "final" };
  await emulator.sendEvent({ event: "streamBegin", domainName: "sports.example.com", ...stream });
  await emulator.sendEvent({ event: "record", domainName: "news.example.com", ...stream });
  for (const unbound of [
    { domainName: "radio.example.com", appName: "live" },
    { domainName: "news.example.com", appName: "backstage" },
  ]) {
    const { outcome } = await emulator.sendEvent({ event: "streamBegin", ...unbound });
    verify(`${unbound.domainName}/${unbound.appName} is not bound, so nothing is sent`, outcome, "noRule");
  }
  const sent = emulator.deliveries().map(({ event, outcome }) => [event, outcome]);
  verify("the receiver responded to both events with status 200", sent, [
    ["streamBegin", "delivered"],
    ["record", "delivered"],
  ]);
  verify(
    "the receiver got no other message",
    receiver.events.map(({ type }) => type),
    ["streamBegin", "record"],
  );
  const t = Math.floor(Date.now() / 1000) + 600;
  const body = JSON.stringify({ event_type: 1, t, sign: signCallback("AnotherKey", t) });
  const { status } = await fetch(`${receiver.url}/live`, { method: "POST", body });
  verify(
    "a message that is signed with another key is rejected",
    [status, receiver.rejected],
    [403, ["invalid_signature"]],
  );
}

async function changeNothing({ emulator, project }: Stage): Promise<void> {
  step("pulumi preview: nothing to do, and no API call");
  emulator.reset({ calls: true });
  show((await project.expectNoChanges()).stdout);
  verify("no API call was made", emulator.calls(), {});
}

async function change({ emulator, receiver, project }: Stage): Promise<void> {
  step("pulumi up: one URL changed, another cleared, and one domain moved to its own template");
  useProgram(project, "changed");
  show((await project.up()).stdout);
  const [hooks, music] = emulator.state().templates;
  verify("one URL has changed, and the recording URL is cleared", pick(hooks), [
    `${receiver.url}/begin`,
    `${receiver.url}/live`,
    undefined,
    KEY,
  ]);
  verify("music points to its own template, and the others have not changed", bindings(emulator), {
    "music.example.com": music?.TemplateId,
    "news.example.com/live": hooks?.TemplateId,
    "sports.example.com": hooks?.TemplateId,
  });
  const rules = writes(emulator).filter((action) => action.endsWith("Rule"));
  verify("for that, one rule was deleted and one created", rules, ["DeleteLiveCallbackRule", "CreateLiveCallbackRule"]);
}

async function refuse({ emulator, project }: Stage): Promise<void> {
  step("pulumi preview of a program with mistakes: reports all of them, and changes nothing");
  const before = emulator.state();
  emulator.reset({ calls: true });
  useProgram(project, "refused");
  const { code, output } = await project.run("preview");
  show(
    output
      .split("\n")
      .filter((line) => line.trim().startsWith("error:"))
      .join("\n"),
  );
  verify("the preview failed", code !== 0, true);
  for (const property of ["templateName", "callbackKey", "streamBeginNotifyUrl", "recordExceptionLevels"]) {
    verify(`the error for ${property} states its limit`, output.includes(`${property} must `), true);
  }
  verify("the key of the program was not printed", output.includes("not-only-letters"), false);
  verify("no API call was made", emulator.calls(), {});
  verify("nothing has changed in the cloud", emulator.state(), before);
}

async function drift({ emulator, receiver, project }: Stage): Promise<void> {
  step("pulumi refresh: shows that a URL was changed and a domain unbound in the console; pulumi up repairs both");
  useProgram(project, "changed");
  const declared = bindings(emulator);
  const [hooks] = emulator.state().templates;
  emulator.patchTemplate(hooks?.TemplateId ?? 0, { StreamEndNotifyUrl: "https://elsewhere.example.com" });
  emulator.removeRule("sports.example.com");
  show((await project.refresh()).stdout);
  const names = Object.keys(project.resources());
  verify("the deleted binding has left the state", names.includes("sports.example.com"), false);
  show((await project.up()).stdout);
  verify("the URL is as declared again", emulator.state().templates[0]?.StreamEndNotifyUrl, `${receiver.url}/live`);
  verify("all domains are bound again", bindings(emulator), declared);
}

/** Runs the last step, which `--keep` leaves out. */
export async function endStory({ emulator, project }: Stage): Promise<void> {
  step("pulumi destroy: bindings first, then their templates");
  emulator.reset({ calls: true });
  show((await project.destroy()).stdout);
  const { templates, rules } = emulator.state();
  verify("nothing is left in the cloud", { templates, rules }, { templates: [], rules: [] });
  verify(
    "no template was deleted before its rules",
    emulator.callRecord().filter(({ code }) => code),
    [],
  );
  verify("three rules and two templates were deleted", writes(emulator).sort(), [
    ...Array.from({ length: 3 }, () => "DeleteLiveCallbackRule"),
    ...Array.from({ length: 2 }, () => "DeleteLiveCallbackTemplate"),
  ]);
}

function useProgram(project: ScratchProject, name: string): void {
  project.write("index.ts", readFileSync(join(__dirname, "programs", `${name}.ts`), "utf8"));
}

const pick = (template: Emulator extends { state(): { templates: (infer T)[] } } ? T | undefined : never) => [
  template?.StreamBeginNotifyUrl,
  template?.StreamEndNotifyUrl,
  template?.RecordNotifyUrl,
  template?.CallbackKey,
];

const writes = (emulator: Emulator): string[] =>
  emulator
    .callRecord()
    .map(({ action }) => action)
    .filter(isWriting);

/** Returns the template of each domain (and app), sorted. */
function bindings(emulator: Emulator): Record<string, number> {
  const { rules } = emulator.state();
  const entries = rules.map(({ DomainName, AppName, TemplateId }) => [
    [DomainName, AppName].filter(Boolean).join("/"),
    TemplateId,
  ]);
  return Object.fromEntries(entries.sort());
}
