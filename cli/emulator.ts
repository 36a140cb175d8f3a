#!/usr/bin/env node
import { readFileSync } from "node:fs";
import type { Emulator } from "../emulator/emulator";
import { EMULATOR_CREDENTIALS, type EmulatorOptions } from "../emulator/options";
import { startEmulator } from "../emulator/startEmulator";
import { UsageError, usage, userChoices } from "./emulatorCommandLine";

main(process.argv.slice(2)).catch((error: unknown) => {
  const wrongUse = error instanceof UsageError;
  console.error(
    `tencentcloud-live-emulator: ${reason(error)}${wrongUse ? "\nSee tencentcloud-live-emulator --help." : ""}`,
  );
  process.exitCode = wrongUse ? 2 : 1;
});

async function main(args: string[]): Promise<void> {
  const choices = userChoices(args);
  if (choices === "help") return console.log(usage);
  if (choices === "version") return console.log(version());
  const emulator = await startEmulator(choices);
  const stop = () => void emulator.close();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  console.log(greeting(emulator, choices));
}

/** What a shell needs to use the emulator. Only the public key is printed, never one that was given. */
function greeting({ url }: Emulator, { credentials, dataFile }: EmulatorOptions): string {
  const [given] = credentials ?? [];
  return [
    `The live-stream callback API of Tencent Cloud CSS, emulated at ${url}`,
    dataFile ? `Its state is kept in ${dataFile}.` : "Its state is lost when it ends; --data FILE keeps it.",
    "",
    `export TENCENTCLOUD_SECRET_ID=${given?.secretId ?? EMULATOR_CREDENTIALS.secretId}`,
    given ? "# TENCENTCLOUD_SECRET_KEY as given" : `export TENCENTCLOUD_SECRET_KEY=${EMULATOR_CREDENTIALS.secretKey}`,
    `export TENCENTCLOUD_LIVE_ENDPOINT=${url}`,
    `export TENCENTCLOUD_STS_ENDPOINT=${url}`,
  ].join("\n");
}

function version(): string {
  return JSON.parse(readFileSync(require.resolve("pulumi-tencentcloud-live/package.json"), "utf8")).version;
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === "EADDRINUSE")
    return `port ${port} is in use; choose another with --port, or leave it out for a free one`;
  if (code === "EACCES" && port !== undefined) return `port ${port} needs more rights; choose one from 1024 on`;
  return error.message;
}
