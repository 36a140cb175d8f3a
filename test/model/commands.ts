import fc from "fast-check";
import type { Fault } from "../../emulator/faults";
import { deploy } from "./actions";
import { colleagueCommands } from "./colleagueCommands";
import { declaringMany, editCommands, moving, renaming } from "./editCommands";
import type { Run } from "./engine";
import type { Interruption } from "./interruption";
import { type Command, command, inARow } from "./modelCommand";
import { automaticName, type Declaration, urnOf } from "./program";
import type { World } from "./world";

const faults: fc.Arbitrary<Fault> = fc
  .record({
    action: fc.constantFrom(
      undefined,
      "CreateLiveCallbackTemplate",
      "ModifyLiveCallbackTemplate",
      "DeleteLiveCallbackTemplate",
      "DescribeLiveCallbackTemplates",
      "CreateLiveCallbackRule",
      "DeleteLiveCallbackRule",
      "DescribeLiveCallbackRules",
    ),
    skip: fc.nat(2),
    times: fc.integer({ min: 1, max: 3 }),
    failure: fc.constantFrom(
      { kind: "error", code: "RequestLimitExceeded" },
      { kind: "reset", applied: false },
      { kind: "reset", applied: true },
      { kind: "status", status: 500, applied: false },
      { kind: "status", status: 502, applied: true },
      { kind: "error", code: "InternalError", applied: false },
      { kind: "error", code: "InternalError", applied: true },
      { kind: "truncated", applied: true },
      { kind: "resetMidBody", applied: true },
      { kind: "contentType", applied: false },
    ),
  })
  .map(({ failure, action, ...which }) => ({ ...failure, ...(action && { action }), ...which }) as Fault);

const interruption: fc.Arbitrary<Interruption> = fc.record({
  kind: fc.constantFrom("killedBefore", "killedAfter", "cliKilled", "stopped"),
  calls: fc.nat(5),
});

const order = { seed: fc.nat(9999), parallel: fc.constantFrom(1, 2, 4) };

/** Without retries, so that faults become errors. */
const retrySeconds = fc.constantFrom("5", "5", "0");

/** An undisturbed deployment. */
const quiet = fc.record({
  commands: fc.constantFrom("up", "up", "up --refresh", "refresh", "destroy"),
  ...order,
  replaced: fc.option(fc.nat(5), { freq: 8, nil: undefined }),
});

/** A deployment with faults or an interruption. */
const disturbed = fc.record({
  commands: fc.constantFrom("up", "up", "up", "up --refresh", "refresh", "destroy"),
  ...order,
  faults: fc.array(faults, { maxLength: 3 }),
  interruption: fc.option(interruption, { freq: 2, nil: undefined }),
  retrySeconds,
});

type Choice = Partial<Pick<Run, "faults">> & {
  commands: string;
  seed: number;
  parallel: number;
  replaced?: number | undefined;
  interruption?: Interruption | undefined;
  retrySeconds?: string;
};

const run = ({ commands, faults = [], replaced, retrySeconds = "5", ...rest }: Choice): Command =>
  command(async (world) => {
    const resource = replaced === undefined ? undefined : world.program[replaced];
    const replace = resource && commands !== "refresh" && isAlone(resource, world) ? [urnOf(resource)] : [];
    const options = { ...rest, replace, config: { "tencentcloud-live:retrySeconds": retrySeconds } };
    await deploy(world, { command: commands as Run["command"], options, faults });
    return undefined;
  });

/** No other resource may use the template that a forced replacement deletes. */
const isAlone = (resource: Declaration, { program, stack }: World): boolean =>
  resource.kind === "binding" ||
  (program.every(({ adopt }) => typeof adopt !== "number") &&
    stack.live(urnOf(resource))?.outs["templateName"] === automaticName(resource.name));

/** The documented recovery after a failure. */
const recovery = fc.record(order).map((choice) =>
  command(async (world) => {
    const options = { ...choice, config: {} };
    await deploy(world, { command: "refresh", options, faults: [] });
    await deploy(world, { command: "up", options, faults: [] });
    return undefined;
  }),
);

/** Deployments after a change of the program. Without a change they would mostly find nothing to do. */
const edited = (deployment: fc.Arbitrary<Command>): fc.Arbitrary<Command> =>
  fc.tuple(fc.oneof(...editCommands), fc.oneof(...editCommands), deployment).map((commands) => inARow(...commands));

const up = fc.record(order).map((choice) => run({ ...choice, commands: "up" }));
const upWithFaults = fc
  .record({ ...order, faults: fc.array(faults, { minLength: 1, maxLength: 2 }), retrySeconds })
  .map((choice) => run({ ...choice, commands: "up" }));
const upInterrupted = fc.record({ ...order, interruption }).map((choice) => run({ ...choice, commands: "up" }));

/** A short history with a move, a fault, an out-of-band change, a rename and an interruption. */
export const somethingOfEverything: fc.Arbitrary<Command[]> = fc.tuple(
  ...[declaringMany, up, moving, upWithFaults, fc.oneof(...colleagueCommands), recovery],
  ...[renaming, fc.oneof(...editCommands), upInterrupted],
);

/** The steps of a history. */
export const allCommands: fc.Arbitrary<Command>[] = [
  ...editCommands,
  ...colleagueCommands,
  edited(quiet.map(run)),
  edited(quiet.map(run)),
  edited(disturbed.map(run)),
  edited(disturbed.map(run)),
  edited(disturbed.map(run)),
  quiet.map(run),
  recovery,
  recovery,
];
