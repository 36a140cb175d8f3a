import { Server, ServerCredentials } from "@grpc/grpc-js";

/** Large enough for a function that reads an account with 50 templates and thousands of rules. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

/** A server that listens on a port of the loopback interface and has no service yet. */
export interface Listening {
  server: Server;
  port: number;
}

/** Starts to listen. Services added in the same tick as the result are available to the first call. */
export async function listen(): Promise<Listening> {
  const server = new Server({ "grpc.max_receive_message_length": MAX_MESSAGE_BYTES });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { server, port };
}
