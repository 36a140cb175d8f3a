import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

const REQUEST_TOKEN = "RequestToken0123456789";

/** Hands out the token of a run's identity to the run that asks for it, as GitHub does. */
export class IdentityProvider {
  /** Whether it refuses all that ask. */
  refuses = false;

  private constructor(
    private readonly server: Server,
    readonly token: string,
  ) {
    server.on("request", ({ url = "", headers }, response) => {
      const audience = new URL(url, "http://localhost").searchParams.get("audience");
      const allowed = headers.authorization === `bearer ${REQUEST_TOKEN}` && audience === "pulumi" && !this.refuses;
      response.writeHead(allowed ? 200 : 401).end(JSON.stringify(allowed ? { value: token } : {}));
    });
  }

  static async start(token: string): Promise<IdentityProvider> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    return new IdentityProvider(server, token);
  }

  /** The variables of a job that may ask for a token. */
  get environment(): Record<string, string> {
    const { port } = this.server.address() as AddressInfo;
    return {
      ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${port}/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: REQUEST_TOKEN,
    };
  }

  async close(): Promise<void> {
    const closed = once(this.server, "close");
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}
