import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A running nginx. */
interface Nginx {
  origin: string;
  close(): Promise<void>;
}

/** The address at which the recipe expects the receiver. */
const RECEIVER = "http://127.0.0.1:8080";

/**
 * Starts nginx with a part of its configuration, in which the address of the receiver is replaced.
 *
 * @returns `undefined` if nginx is not installed, which is an error with the environment variable `CI`
 */
export async function nginxInFront(receiver: string, configuration: string): Promise<Nginx | undefined> {
  if (spawnSync("nginx", ["-v"]).error) {
    if (process.env["CI"]) throw new Error("nginx is not installed: apt-get install nginx-light");
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), "tencentcloud-live-nginx-"));
  const port = await freePort();
  const server = `listen 127.0.0.1:${port}; ${configuration.replace(RECEIVER, receiver)}`;
  writeFileSync(join(folder, "nginx.conf"), configurationWith(server));
  const nginx = spawn("nginx", ["-p", folder, "-c", join(folder, "nginx.conf"), "-e", "stderr"], { stdio: "ignore" });
  const ended = once(nginx, "exit");
  const origin = `http://127.0.0.1:${port}`;
  await listening(origin, nginx.pid);
  return {
    origin,
    async close() {
      nginx.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

const configurationWith = (server: string): string => `
daemon off;
master_process off;
pid nginx.pid;
error_log stderr;
events {}
http {
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  server { ${server} }
}
`;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** nginx does not report when it listens, so it is polled until it responds or ends. */
async function listening(origin: string, pid: number | undefined): Promise<void> {
  for (;;) {
    const responds = await fetch(origin).then(
      () => true,
      () => false,
    );
    if (responds) return;
    if (!existsSync(`/proc/${pid}`)) throw new Error("nginx ended");
  }
}
