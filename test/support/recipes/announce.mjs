import { Server } from "node:net";

// Preloaded: prints the port of a server when it listens, so that a program can be tested unchanged.
const { emit } = Server.prototype;
Server.prototype.emit = function (event, ...details) {
  const address = event === "listening" ? this.address() : undefined;
  if (address && typeof address === "object") console.log(`port ${address.port}`);
  return emit.call(this, event, ...details);
};
