import { Server, ServerCredentials } from "@grpc/grpc-js";

/** A gRPC server without a service: the smallest Pulumi plugin in Node. */
new Server().bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (_, port) => {
  process.stdout.write(`${port}\n`);
});
process.stdin.on("end", () => process.exit()).resume();
