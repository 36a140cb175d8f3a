import { readFileSync } from "node:fs";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeOnce } from "./cache";
import type { Context, PulumiCommand } from "./context";
import { isExecutable, programName, programsOnPath, reportedVersion } from "./executables";
import { wantedVersion } from "./version";
import { runWatched } from "./watchedProcess";

const PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

// The engine looks for these two beside its own executable. In any other place it warns in every operation.
const STAND_INS = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];
const STAND_INS_VARIABLE = "PULUMI_CLI_STAND_INS";

// With -v the compiler prints every package, but the largest packages and the linker take minutes.
const IDLE_LIMIT_MS = 300_000;

/** Returns the version of the CLI in the committed go.mod, which is built unless PULUMI_VERSION is set. */
export function goModuleVersion(): string {
  const version = /pulumi\/pkg\/v3 v(\S+)/.exec(readFileSync(join(__dirname, "go.mod"), "utf8"))?.[1];
  if (!version) throw new Error("tools/pulumi-cli/go.mod has no version of the CLI");
  return version;
}

const versionToBuild = (context: Context): string => wantedVersion(context) ?? goModuleVersion();

function builtCommand(context: Context): string {
  return join(context.cacheFolder, `pulumi-${versionToBuild(context)}`, "bin", programName("pulumi"));
}

// This build has no language host and no host for dynamic providers, so it uses the stand-ins of this
// checkout. Ambient plugins are off, so that older hosts of another CLI on PATH are not used instead.
function withStandIns(command: string): PulumiCommand {
  return {
    command,
    env: { [STAND_INS_VARIABLE]: join(__dirname, "stand-ins"), PULUMI_IGNORE_AMBIENT_PLUGINS: "true" },
  };
}

// Several checkouts share the cache, so its scripts only point to the stand-ins of the current checkout.
async function addPointers(bin: string): Promise<void> {
  const target = `"\${${STAND_INS_VARIABLE}:?this CLI is run by tools/pulumi.ts}"`;
  for (const name of STAND_INS) {
    await writeFile(join(bin, name), `#!/bin/sh\nexec ${target}/${name} "$@"\n`, { mode: 0o755 });
  }
}

/**
 * Returns the module folder for the build: the committed one, or for another version a copy in which Go has
 * updated the requirements. Go verifies new downloads with its checksum database.
 */
async function moduleFolder(run: (cwd: string, args: string[]) => Promise<void>, folder: string, version: string) {
  if (version === goModuleVersion()) return __dirname;
  const copy = join(folder, "module");
  await mkdir(copy);
  for (const file of ["go.mod", "go.sum"]) await cp(join(__dirname, file), join(copy, file));
  await run(copy, ["get", `${PACKAGE}@v${version}`]);
  return copy;
}

async function build(go: string, folder: string, context: Context): Promise<void> {
  const version = versionToBuild(context);
  const command = join(folder, "bin", programName("pulumi"));
  const env = { ...context.env, CGO_ENABLED: "0", GOWORK: "off", GO111MODULE: "on" };
  const run = (cwd: string, args: string[]) => runWatched({ command: go, args, cwd, env, idleLimitMs: IDLE_LIMIT_MS });
  const cwd = await moduleFolder(run, folder, version);
  // readonly: Go rejects modules that go.sum does not list, instead of adding them.
  const options = ["-mod=readonly", "-trimpath", "-buildvcs=false", "-v"];
  const linking = ["-ldflags", `-s -w -X ${VERSION_VARIABLE}=${version}`];
  await run(cwd, ["build", ...options, ...linking, "-o", command, PACKAGE]);
  const reported = await reportedVersion(command, context.env);
  if (reported !== version) throw new Error(`the built CLI reports version ${reported}, not ${version}`);
  await addPointers(join(folder, "bin"));
}

/** Returns the CLI that was built earlier. Rejects if there is none. */
export async function builtPulumi(context: Context): Promise<PulumiCommand> {
  const command = builtCommand(context);
  if (!isExecutable(command)) throw new Error(`none in ${context.cacheFolder}`);
  return withStandIns(command);
}

/** Builds the CLI from its Go module. Rejects with the reason if this fails. */
export async function buildPulumi(context: Context): Promise<PulumiCommand> {
  if (process.platform === "win32") throw new Error("its helper programs run on POSIX systems only");
  const [go] = programsOnPath("go", context.env);
  if (!go) throw new Error("go is not on PATH");
  const version = versionToBuild(context);
  await makeOnce(
    {
      folderName: `pulumi-${version}`,
      doing: `building the Pulumi CLI ${version} from its Go module, once (2 to 15 minutes)`,
      fill: (folder) => build(go, folder, context),
    },
    context,
  );
  const command = builtCommand(context);
  if (!isExecutable(command)) throw new Error(`there is no usable CLI at ${command}; remove its folder and run again`);
  return withStandIns(command);
}
