import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type CallbackEvent, createCallbackHandler, toNodeHandler } from "../../receiver";
import { hear } from "./narrator";

/** A backend service as a user would write it: it verifies what the cloud sends, and prints it. */
export class DemoReceiver {
  /** The events that it was handed, all of them verified. */
  readonly events: CallbackEvent[] = [];
  /** Why messages were refused. */
  readonly refused: string[] = [];
  private readonly server: Server;

  private constructor(key: string) {
    const callbacks = createCallbackHandler({
      key,
      onEvent: (event) => {
        this.events.push(event);
        hear(`${event.type} of ${event.domainName}/${event.appName}/${event.streamId}, signature verified`);
      },
      onError: ({ code, message }) => {
        this.refused.push(code);
        hear(`rejected a message: ${message}`);
      },
    });
    this.server = createServer(toNodeHandler(callbacks));
  }

  /** Starts it on a free port. */
  static async start(key: string): Promise<DemoReceiver> {
    const receiver = new DemoReceiver(key);
    receiver.server.listen(0, "127.0.0.1");
    await once(receiver.server, "listening");
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const closed = once(this.server, "close");
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}
