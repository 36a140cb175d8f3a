import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { CheckRequest, type CheckResponse, ConfigureRequest } from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** Pulumi's own host of dynamic providers, of any version, spoken to as the engine does. */
export class Host {
  private constructor(
    private readonly process: ChildProcess,
    private readonly client: ResourceProviderClient,
  ) {}

  /** Starts the host of an installed SDK, with a program's folder as its working directory. */
  static async start(sdk: string, folder: string): Promise<Host> {
    const script = join(dirname(require.resolve(`${sdk}/package.json`)), "cmd/dynamic-provider");
    const process_ = spawn(process.execPath, [script, "127.0.0.1:1"], {
      cwd: folder,
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [chunk] = (await once(process_.stdout, "data")) as [Buffer];
    const client = new ResourceProviderClient(`127.0.0.1:${String(chunk).trim()}`, credentials.createInsecure());
    const host = new Host(process_, client);
    await host.configure();
    return host;
  }

  private configure(): Promise<void> {
    const request = new ConfigureRequest();
    request.setArgs(Struct.fromJavaScript({}));
    return new Promise((resolve, reject) => {
      this.client.configure(request, (error) => (error ? reject(error) : resolve()));
    });
  }

  check(news: Record<string, string>): Promise<{ inputs: Record<string, unknown>; reasons: string[] }> {
    const request = new CheckRequest();
    request.setOlds(Struct.fromJavaScript({}));
    request.setNews(Struct.fromJavaScript(news));
    return new Promise((resolve, reject) => {
      this.client.check(request, (error: Error | null, response: CheckResponse) => {
        if (error) return reject(error);
        const inputs = response.getInputs()?.toJavaScript() ?? {};
        resolve({ inputs, reasons: response.getFailuresList().map((failure) => failure.getReason()) });
      });
    });
  }

  async close(): Promise<void> {
    this.client.close();
    const exited = once(this.process, "exit");
    this.process.kill();
    await exited;
  }
}
