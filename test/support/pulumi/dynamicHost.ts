import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { credentials, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

type Values = Record<string, JavaScriptValue>;

interface HostOptions {
  /** The installed SDK of the host. */
  sdk?: string;
  /** The configuration of the stack. */
  config?: Values;
  /** The environment of the engine, in addition to `PATH`. */
  environment?: Record<string, string>;
}

/** Pulumi's own host of dynamic providers in any version, with concurrent calls as from the engine. */
export class DynamicHost {
  /** The output of the host. */
  printed = "";

  private constructor(
    private readonly host: ChildProcess,
    private readonly client: ResourceProviderClient,
  ) {
    for (const stream of [host.stdout, host.stderr]) {
      stream?.on("data", (chunk) => {
        this.printed += chunk;
      });
    }
  }

  /** Starts the host with a program's folder as its working directory, and configures it. */
  static async start(folder: string, options: HostOptions = {}): Promise<DynamicHost> {
    const { sdk = "@pulumi/pulumi", config = {}, environment } = options;
    const script = join(dirname(require.resolve(`${sdk}/package.json`)), "cmd/dynamic-provider");
    const host = spawn(process.execPath, [script, "127.0.0.1:1"], {
      cwd: folder,
      env: { PATH: process.env["PATH"], ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [port] = (await once(host.stdout, "data")) as [Buffer];
    const client = new ResourceProviderClient(`127.0.0.1:${String(port).trim()}`, credentials.createInsecure());
    const started = new DynamicHost(host, client);
    const request = new messages.ConfigureRequest();
    request.setArgs(Struct.fromJavaScript(config));
    await started.#call("configure", request);
    return started;
  }

  async check(news: Values): Promise<{ inputs: Record<string, unknown>; reasons: string[] }> {
    const request = new messages.CheckRequest();
    request.setOlds(Struct.fromJavaScript({}));
    request.setNews(Struct.fromJavaScript(news));
    const response = await this.#call<messages.CheckResponse>("check", request);
    const inputs = response.getInputs()?.toJavaScript() ?? {};
    return { inputs, reasons: response.getFailuresList().map((failure) => failure.getReason()) };
  }

  async create(properties: Values): Promise<string> {
    const request = new messages.CreateRequest();
    request.setProperties(Struct.fromJavaScript(properties));
    const response = await this.#call<messages.CreateResponse>("create", request);
    return response.getId();
  }

  async delete(id: string, properties: Values): Promise<void> {
    const request = new messages.DeleteRequest();
    request.setId(id);
    request.setProperties(Struct.fromJavaScript(properties));
    await this.#call("delete", request);
  }

  async close(): Promise<void> {
    this.client.close();
    const exited = once(this.host, "exit");
    this.host.kill();
    await exited;
  }

  #call<Response>(method: "configure" | "check" | "create" | "delete", request: object): Promise<Response> {
    return new Promise((resolve, reject) => {
      const respond = (error: ServiceError | null, response: unknown) =>
        error ? reject(error) : resolve(response as Response);
      (this.client[method] as (sent: object, done: typeof respond) => void).call(this.client, request, respond);
    });
  }
}
