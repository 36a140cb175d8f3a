import { credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import { type Log, standardError } from "../../log";

/**
 * Creates logs that the engine shows next to the resource concerned. Without an engine, the lines go to
 * standard error.
 *
 * @param address the address of the engine, `127.0.0.1:<port>`
 */
export function engineLog(address: string | undefined): (urn?: string) => Log {
  if (!address) return () => standardError;
  const client = new EngineClient(address, credentials.createInsecure());
  return (urn = "") =>
    (severity, line) => {
      const request = new LogRequest();
      request.setSeverity(severity === "warning" ? LogSeverity.WARNING : LogSeverity.INFO);
      request.setMessage(line);
      request.setUrn(urn);
      // The engine may have ended.
      client.log(request, () => undefined);
    };
}
