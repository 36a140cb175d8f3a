import { Server, ServerCredentials } from "@grpc/grpc-js";

/** An account of 50 templates and thousands of rules, read by a function. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

/** A server that listens on a port of the loopback interface. It has no service yet. */
export interface Listening {
  server: Server;
  port: number;
}

/** Starts to listen. Services that are added before the next event are there for the first call. */
export async function listen(): Promise<Listening> {
  const server = new Server({ "grpc.max_receive_message_length": MAX_MESSAGE_BYTES });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { server, port };
}
