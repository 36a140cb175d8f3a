import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

type Values = Record<string, JavaScriptValue>;

/** What the engine does: it starts Pulumi's own host of dynamic providers, configures it, and makes calls, many at once. */
export class Engine {
  /** What the host printed. */
  printed = "";

  private constructor(
    private readonly host: ChildProcess,
    private readonly client: ResourceProviderClient,
  ) {
    host.stdout?.on("data", (chunk) => {
      this.printed += chunk;
    });
    host.stderr?.on("data", (chunk) => {
      this.printed += chunk;
    });
  }

  /** With the program's folder, the stack's configuration and the environment of the engine. */
  static async start(folder: string, config: Values = {}, environment: Record<string, string> = {}): Promise<Engine> {
    const script = join(dirname(require.resolve("@pulumi/pulumi/package.json")), "cmd/dynamic-provider");
    const host = spawn(process.execPath, [script, "127.0.0.1:1"], {
      cwd: folder,
      env: { PATH: process.env["PATH"], ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [port] = (await once(host.stdout, "data")) as [Buffer];
    const client = new ResourceProviderClient(`127.0.0.1:${String(port).trim()}`, credentials.createInsecure());
    const engine = new Engine(host, client);
    const request = new messages.ConfigureRequest();
    request.setArgs(Struct.fromJavaScript(config));
    await engine.call("configure", request);
    return engine;
  }

  async create(properties: Values): Promise<string> {
    const request = new messages.CreateRequest();
    request.setProperties(Struct.fromJavaScript(properties));
    const response = await this.call<messages.CreateResponse>("create", request);
    return response.getId();
  }

  async delete(id: string, properties: Values): Promise<void> {
    const request = new messages.DeleteRequest();
    request.setId(id);
    request.setProperties(Struct.fromJavaScript(properties));
    await this.call("delete", request);
  }

  async close(): Promise<void> {
    this.client.close();
    const exited = once(this.host, "exit");
    this.host.kill();
    await exited;
  }

  private call<Response>(method: "configure" | "create" | "delete", request: object): Promise<Response> {
    return new Promise((resolve, reject) => {
      const answered = (error: ServiceError | null, response: unknown) =>
        error ? reject(error) : resolve(response as Response);
      (this.client[method] as (sent: object, done: typeof answered) => void).call(this.client, request, answered);
    });
  }
}
