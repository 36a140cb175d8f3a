import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type CallbackEvent, createCallbackHandler, toNodeHandler } from "../../receiver";
import { showReceiver } from "./narrator";

/** A backend service as a user would write it. It verifies and prints the callbacks of the cloud. */
export class DemoReceiver {
  /** The verified events that it received. */
  readonly events: CallbackEvent[] = [];
  /** The error codes of rejected messages. */
  readonly rejected: string[] = [];
  private readonly server: Server;

  private constructor(key: string) {
    const callbacks = createCallbackHandler({
      key,
      onEvent: (event) => {
        this.events.push(event);
        showReceiver(`${event.type} of ${event.domainName}/${event.appName}/${event.streamId}, signature verified`);
      },
      onError: ({ code, message }) => {
        this.rejected.push(code);
        showReceiver(`rejected a message: ${message}`);
      },
    });
    this.server = createServer(toNodeHandler(callbacks));
  }

  /** Starts a receiver on a free port. */
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
