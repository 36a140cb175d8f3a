import type { Server } from "@grpc/grpc-js";
import { version } from "../../../package.json";
import { engineLog } from "./engineLog";
import { Plugin } from "./plugin";
import schema from "./schema.json";
import { type PluginServer, servePlugin } from "./server";

/** Serves the plugin to the engine that started this process with these arguments. */
export function serve(server: Server, args: readonly string[]): PluginServer {
  // Options precede the address, some of them with a value: `--tracing <endpoint>`.
  const last = args.at(-1);
  const logOf = engineLog(last?.startsWith("-") ? undefined : last);
  return servePlugin(server, new Plugin({ schema: JSON.stringify({ ...schema, version }), version, logOf }));
}
