#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { realTimer } from "../emulator/events/post";
import { cloudFailure } from "./cloud";
import { UsageError } from "./commandLine";
import { deliveries } from "./deliveries";
import { send } from "./send";
import { FAILED, OK, oneLine, type Terminal, WRONG_USE } from "./terminal";
import { type CommandName, usage, usages } from "./usage";
import { verify } from "./verify";

const NAME = "tencentcloud-live-callback";

const terminal: Terminal = {
  environment: process.env,
  readInput: () => text(process.stdin),
  print: (line) => console.log(line),
  now: Date.now,
  timer: realTimer,
};

const commands: Record<CommandName, (args: string[], terminal: Terminal) => Promise<number>> = {
  send,
  verify,
  deliveries,
};

const [name = "", ...args] = process.argv.slice(2);
run().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.exitCode = error instanceof UsageError ? WRONG_USE : FAILED;
    console.error(complaint(error));
  },
);

async function run(): Promise<number> {
  if (Object.hasOwn(usages, name)) return commands[name as CommandName](args, terminal);
  if (name === "--help" || name === "-h") terminal.print(usage);
  else if (name === "--version") terminal.print(version());
  else throw new UsageError("the first argument is send, verify or deliveries");
  return OK;
}

function complaint(error: unknown): string {
  const prefix = Object.hasOwn(usages, name) ? `${NAME} ${name}` : NAME;
  if (error instanceof UsageError) return `${prefix}: ${oneLine(error.message)}\nSee ${prefix} --help.`;
  const failure = cloudFailure(error) ?? (error instanceof Error ? error.message : String(error));
  return `${prefix}: ${oneLine(failure)}`;
}

function version(): string {
  return JSON.parse(readFileSync(require.resolve("pulumi-tencentcloud-live/package.json"), "utf8")).version;
}
