import { type Emulator, type EmulatorOptions, startEmulator } from "../../../emulator";
import { Client } from "../../../provider/api/client";
import { live } from "../../../provider/api/contract/live";
import type { Credentials, GetCredentials } from "../../../provider/api/credentials";
import { createCredentials } from "../../../provider/credentials";
import { readSettings } from "../../../provider/settings";
import { VirtualClock } from "../clock";
import { hostWith } from "./settings";

const BACKOFF = { initialDelayMs: 1, maxDelayMs: 2 };

/** The context of credentials: an emulator with STS and metadata, settings, and a clock. */
export class CredentialWorld {
  readonly clock = new VirtualClock(1_700_000_000_000);
  /** The lead of the cloud's clock, in milliseconds. */
  cloudAheadMs = 0;
  readonly config: Record<string, string> = {};
  readonly environment: Record<string, string>;
  /** The secrets that were registered for redaction. */
  readonly secrets: string[] = [];

  private constructor(readonly emulator: Emulator) {
    this.environment = {
      TENCENTCLOUD_LIVE_ENDPOINT: emulator.url,
      TENCENTCLOUD_STS_ENDPOINT: emulator.url,
      TENCENTCLOUD_METADATA_ENDPOINT: emulator.url,
    };
  }

  static async start(options: EmulatorOptions = {}): Promise<CredentialWorld> {
    let clock = () => 0;
    const world = new CredentialWorld(await startEmulator({ clock: () => clock(), ...options }));
    clock = () => world.clock.now() + world.cloudAheadMs;
    return world;
  }

  close(): Promise<void> {
    return this.emulator.close();
  }

  /** Returns the credentials of a new process. */
  credentials(): GetCredentials {
    const { environment } = this;
    const host = hostWith(this.config);
    return createCredentials({
      ...{ host, environment, settings: readSettings(host, environment), backoff: BACKOFF },
      clock: this.clock,
      keepSecret: (secrets) => this.secrets.push(...secrets),
      log: () => undefined,
    });
  }

  /** Returns the credentials of a new process, with their source and advice as text. */
  async found(): Promise<Credentials & { source: string; remedy?: string }> {
    const { source, remedy, ...keys } = await this.credentials()();
    return { ...keys, source: String(source), ...(remedy !== undefined && { remedy: String(remedy) }) };
  }

  /** Calls the API with the credentials. */
  client(credentials = this.credentials()): Client {
    const host = hostWith(this.config);
    const settings = readSettings(host, this.environment);
    return new Client(live, { ...settings, host, credentials, backoff: BACKOFF, clock: this.clock });
  }

  /** Returns the requests of an action, oldest first. */
  requests(action: string): Record<string, unknown>[] {
    return this.emulator
      .callRecord()
      .filter((entry) => entry.action === action)
      .map(({ request }) => request);
  }
}
