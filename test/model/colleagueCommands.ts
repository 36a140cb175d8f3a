import fc from "fast-check";
import type { TemplateChanges } from "../../emulator/account/outOfBandChanges";
import { DOMAINS, NAMES } from "./editCommands";
import { type Command, command } from "./modelCommand";
import type { World } from "./world";

const HOOK = "https://colleague.example.com";

const changes = fc.constantFrom<TemplateChanges>(
  { Description: "elsewhere" },
  { Description: "" },
  { StreamEndNotifyUrl: `${HOOK}/end` },
  { StreamBeginNotifyUrl: HOOK, StreamEndNotifyUrl: "" },
  { CallbackKey: "Elsewhere1" },
  { TemplateName: "elsewhere" },
  { RecordExceptionNotifyUrl: `${HOOK}/exception`, RecordExceptionLevels: ["info"] },
);

function someTemplate({ cloud }: World, index: number): number | undefined {
  const ids = cloud.state().templates.map(({ TemplateId }) => TemplateId);
  return ids[index % ids.length];
}

const rule = { domainName: fc.constantFrom(...DOMAINS), appName: fc.constantFrom("", "live") };

/** The out-of-band changes of a colleague. */
export const colleagueCommands: fc.Arbitrary<Command>[] = [
  fc.constantFrom(...NAMES, "colleague").map((TemplateName) =>
    command((world) => {
      const id = world.addTemplate({ TemplateName, StreamBeginNotifyUrl: `${HOOK}/begin` });
      return `a colleague makes template ${id} "${TemplateName}"`;
    }),
  ),
  fc.record({ index: fc.nat(4), fields: changes }).map(({ index, fields }) =>
    command((world) => {
      const id = someTemplate(world, index);
      if (id === undefined) return undefined;
      world.changeTemplate(id, fields);
      return `a colleague changes template ${id}: ${JSON.stringify(fields)}`;
    }),
  ),
  fc.nat(4).map((index) =>
    command((world) => {
      const id = someTemplate(world, index);
      if (id === undefined) return undefined;
      world.deleteTemplate(id);
      return `a colleague deletes template ${id} and its rules`;
    }),
  ),
  fc.record({ ...rule, index: fc.nat(4) }).map(({ domainName, appName, index }) =>
    command((world) => {
      const id = someTemplate(world, index);
      if (id === undefined) return undefined;
      world.putRule(domainName, appName, id);
      return `a colleague binds ${domainName}/${appName} to template ${id}`;
    }),
  ),
  fc.record(rule).map(({ domainName, appName }) =>
    command((world) => {
      world.deleteRule(domainName, appName);
      return `a colleague unbinds ${domainName}/${appName}`;
    }),
  ),
];
