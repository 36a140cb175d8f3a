import { Metadata, status } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { OperationError } from "../../operationError";
import type { ResourceState } from "../../resourceType";

/** An error as gRPC sends it. */
export interface GrpcError {
  code: status;
  details: string;
  metadata?: Metadata;
}

/**
 * Converts an error to the form that the engine shows: its message without secrets, followed by the stack if
 * debugging is on.
 */
export function grpcError(error: unknown, debug: boolean): GrpcError {
  const message = error instanceof Error ? error.message : String(error);
  const trace = error instanceof OperationError ? error.trace : error instanceof Error ? error.stack : undefined;
  return { code: status.UNKNOWN, details: debug && trace ? `${message}\n${trace}` : message };
}

/** Adds the state after a partial failure. The engine records it, and the next update continues from it. */
export function withRecorded(error: GrpcError, { id }: ResourceState, outs: Struct, inputs: Struct): GrpcError {
  const failed = new ErrorResourceInitFailed();
  failed.setId(id);
  failed.setProperties(outs);
  failed.setInputs(inputs);
  failed.setReasonsList([error.details]);
  const detail = new Any();
  detail.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const whole = new Status();
  whole.setCode(error.code);
  whole.setMessage(error.details);
  whole.addDetails(detail);
  const metadata = new Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(whole.serializeBinary()));
  return { ...error, metadata };
}
