import {
  type Server,
  type ServerUnaryCall,
  type sendUnaryData,
  status,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { systemClock } from "../../api/clock";
import { type GrpcError, grpcError } from "./failures";
import { invoke } from "./functions";
import type { Plugin } from "./plugin";

/**
 * How long the last responses may take to leave the process, in milliseconds. The engine waits at most 5 s.
 */
const FLUSH_MS = 200;

/** A plugin that the engine can call. */
export interface PluginServer {
  /** Rejects new calls and starts no new write. Resolves once the running calls have ended. */
  stop(): Promise<void>;
}

/** Adds a plugin to a server. */
export function servePlugin(server: Server, plugin: Plugin): PluginServer {
  const running = new Set<Promise<unknown>>();
  let isStopped = false;
  const unary = <Request, Response>(work: (request: Request) => Response | Promise<Response>) => {
    return (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>): void => {
      if (isStopped) {
        callback({ code: status.UNAVAILABLE, details: "the provider is shutting down" });
        return;
      }
      const ended = Promise.resolve(call.request)
        .then(work)
        .then(
          (response) => callback(null, response),
          (error) => callback(isGrpcError(error) ? error : grpcError(error, plugin.deployment.debug)),
        )
        .finally(() => running.delete(ended));
      running.add(ended);
    };
  };
  const { resources, deployment } = plugin;
  const service: UntypedServiceImplementation = {
    handshake: unary(plugin.handshake.bind(plugin)),
    getPluginInfo: unary(plugin.getPluginInfo.bind(plugin)),
    getSchema: unary(plugin.getSchema.bind(plugin)),
    checkConfig: unary(plugin.checkConfig.bind(plugin)),
    diffConfig: unary(plugin.diffConfig.bind(plugin)),
    configure: unary(plugin.configure.bind(plugin)),
    invoke: unary((request: Parameters<typeof invoke>[1]) => invoke(deployment, request)),
    check: unary(resources.check.bind(resources)),
    diff: unary(resources.diff.bind(resources)),
    create: unary(resources.create.bind(resources)),
    read: unary(resources.read.bind(resources)),
    update: unary(resources.update.bind(resources)),
    delete: unary(resources.delete.bind(resources)),
    attach: unary(() => new Empty()),
    cancel: unary(() => {
      deployment.cancel();
      return new Empty();
    }),
  };
  server.addService(ResourceProviderService, service);
  return {
    async stop() {
      isStopped = true;
      deployment.stop();
      await Promise.all(running);
      // The last responses may not be sent yet. There is a limit because the engine may keep its connection
      // open.
      const closed = new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
      await Promise.race([closed, systemClock.sleep(FLUSH_MS)]);
    },
  };
}

const isGrpcError = (error: unknown): error is GrpcError =>
  typeof error === "object" && error !== null && !(error instanceof Error) && "details" in error;
