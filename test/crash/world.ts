import { join } from "node:path";
import type { EmulatorOptions } from "../../emulator";
import { ScratchProject } from "../../tools/scratchProject";
import { type Cloud, startCloud } from "../support/cloud";
import { Gate } from "./gate";
import { commandOf, killAll, processesWith } from "./processes";

/** What the cloud holds, in the folder of the project. */
export const CLOUD_DATA = "cloud.json";
/** The host of dynamic providers, of the official CLI or its stand-in in this repository, or the native provider. */
const PROVIDER_HOST = /dynamic-provider|pulumi-resource-(pulumi-nodejs|tencentcloud-live)/;
/** Only to make a project before there is an endpoint: nothing listens there. */
const NOWHERE = "http://127.0.0.1:1";

/** A project with its stack, a cloud of its own, and the gate between the two. */
export class World {
  private constructor(
    readonly project: ScratchProject,
    readonly cloud: Cloud,
    readonly gate: Gate,
  ) {}

  /** An empty stack and an empty cloud. */
  static async create({ native = false } = {}): Promise<World> {
    const project = await ScratchProject.start(NOWHERE);
    if (native) project.useNative();
    return World.around(project);
  }

  /** A copy of the stack and the cloud as they stand. */
  copy(options: EmulatorOptions = {}): Promise<World> {
    return World.around(this.project.copy(NOWHERE), options);
  }

  private static async around(project: ScratchProject, options: EmulatorOptions = {}): Promise<World> {
    // The cloud's data lie in the project's folder, and so are copied with it.
    const cloud = await startCloud({ ...options, dataFile: join(project.folder, CLOUD_DATA), rateLimits: false });
    const gate = await Gate.start(cloud.url);
    for (const service of ["LIVE", "STS"]) project.environment[`TENCENTCLOUD_${service}_ENDPOINT`] = gate.url;
    // The CLI replaces the state's file as a whole, but not the one of its metadata beside it (`dev.json.attrs`): killed
    // in between, it leaves a stack that no command can load ("failed to load checkpoint: EOF") until that is deleted.
    const backend = new URL(project.environment["PULUMI_BACKEND_URL"] ?? "");
    backend.searchParams.set("metadata", "skip");
    project.environment["PULUMI_BACKEND_URL"] = backend.href;
    return new World(project, cloud, gate);
  }

  /** The processes of this project's runs that are alive. */
  processes(): number[] {
    return processesWith("PULUMI_HOME", this.project.environment["PULUMI_HOME"] ?? "");
  }

  /** Those of them that carry out the calls to the cloud. */
  providers(): number[] {
    return this.processes().filter((pid) => PROVIDER_HOST.test(commandOf(pid)));
  }

  /** Ends everything at once. */
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
