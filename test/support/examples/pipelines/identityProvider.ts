import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

const REQUEST_TOKEN = "RequestToken0123456789";

/** Issues the identity token of a run on request, like GitHub. */
export class IdentityProvider {
  /** Whether all requests are rejected. */
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

  /** Returns the variables of a job that may request a token. */
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
