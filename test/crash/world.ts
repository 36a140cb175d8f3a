import { join } from "node:path";
import type { EmulatorOptions } from "../../emulator";
import { ScratchProject } from "../../tools/scratchProject";
import { type Cloud, startCloud } from "../support/cloud";
import { Gate } from "./gate";
import { commandOf, killAll, processesWith } from "./processes";

/** The data file of the emulator, in the folder of the project. */
export const CLOUD_DATA = "cloud.json";
/**
 * The host of dynamic providers, of the official CLI or its stand-in in this repository, or the native
 * provider.
 */
const PROVIDER_HOST = /dynamic-provider|pulumi-resource-(pulumi-nodejs|tencentcloud-live)/;
/** A placeholder on which nothing listens, for a project before there is an endpoint. */
const NOWHERE = "http://127.0.0.1:1";

/** A project with its stack, its own emulator, and the gate between the two. */
export class World {
  private constructor(
    readonly project: ScratchProject,
    readonly cloud: Cloud,
    readonly gate: Gate,
  ) {}

  /** Creates an empty stack and an empty emulator. */
  static async create({ native = false } = {}): Promise<World> {
    const project = await ScratchProject.start(NOWHERE);
    if (native) project.useNative();
    return World.around(project);
  }

  /** Copies the stack and the emulator. */
  copy(options: EmulatorOptions = {}): Promise<World> {
    return World.around(this.project.copy(NOWHERE), options);
  }

  private static async around(project: ScratchProject, options: EmulatorOptions = {}): Promise<World> {
    // The data of the emulator is in the folder of the project, and is copied with it.
    const cloud = await startCloud({ ...options, dataFile: join(project.folder, CLOUD_DATA), rateLimits: false });
    const gate = await Gate.start(cloud.url);
    for (const service of ["LIVE", "STS"]) project.environment[`TENCENTCLOUD_${service}_ENDPOINT`] = gate.url;
    // The CLI replaces the state file atomically, but not its metadata (`dev.json.attrs`). If it is killed in
    // between, no command can load the stack ("failed to load checkpoint: EOF") until the metadata is
    // deleted.
    const backend = new URL(project.environment["PULUMI_BACKEND_URL"] ?? "");
    backend.searchParams.set("metadata", "skip");
    project.environment["PULUMI_BACKEND_URL"] = backend.href;
    return new World(project, cloud, gate);
  }

  /** Returns the running processes of this project. */
  processes(): number[] {
    return processesWith("PULUMI_HOME", this.project.environment["PULUMI_HOME"] ?? "");
  }

  /** Returns the running provider processes of this project. */
  providers(): number[] {
    return this.processes().filter((pid) => PROVIDER_HOST.test(commandOf(pid)));
  }

  /** Kills all processes. */
  killEverything(): Promise<void> {
    return killAll(() => this.processes());
  }

  async close(): Promise<void> {
    await this.killEverything();
    await this.gate.close();
    await this.cloud.close();
    this.project.close();
  }
}
