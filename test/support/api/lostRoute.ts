import { subscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";

/** The connections that this process has opened. */
const opened = new Set<Socket>();

subscribe("net.client.socket", (message) => {
  const { socket } = message as { socket: Socket };
  opened.add(socket);
  socket.once("close", () => opened.delete(socket));
});

/**
 * Fails the open connections of this process to a port, with the error that the kernel reports when an
 * established connection loses its route.
 */
export function loseRoute(port: number, code: string): void {
  const error = Object.assign(new Error(`read ${code}`), { code, syscall: "read" });
  for (const socket of opened) if (socket.remotePort === port) socket.destroy(error);
}
