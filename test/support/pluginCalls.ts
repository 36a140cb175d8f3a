import { credentials, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import type { DeploymentOptions } from "../../provider/deployment";
import { listen } from "../../provider/hosts/plugin/listen";
import { Plugin } from "../../provider/hosts/plugin/plugin";
import { type PluginServer, servePlugin } from "../../provider/hosts/plugin/server";
import type { Log } from "../../provider/log";
import { closeAfterTest } from "./lifetime";

/** A plugin that a test calls like the engine. Both ends are closed after the test. */
export class PluginCalls {
  private constructor(
    readonly server: PluginServer,
    private readonly client: ResourceProviderClient,
  ) {}

  static async start(options: DeploymentOptions & { log?: Log }): Promise<PluginCalls> {
    const { log = () => undefined } = options;
    const { server, port } = await listen();
    const plugin = servePlugin(server, new Plugin({ schema: "{}", version: "0.0.0", logOf: () => log }, options));
    closeAfterTest({ close: () => plugin.stop() });
    // The common pool of gRPC searches all connections of the process every time that one is closed.
    const own = { "grpc.use_local_subchannel_pool": 1 };
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure(), own);
    closeAfterTest(client);
    return new PluginCalls(plugin, client);
  }

  /** Makes one call. Rejects with the error of gRPC. */
  call<Response>(method: keyof ResourceProviderClient, request: object): Promise<Response> {
    return new Promise((resolve, reject) => {
      const callback = (error: ServiceError | null, response: Response) => (error ? reject(error) : resolve(response));
      (this.client[method] as (request: object, callback: unknown) => void).call(this.client, request, callback);
    });
  }
}
