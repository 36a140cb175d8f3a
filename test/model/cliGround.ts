import type { World as Sandbox } from "../crash/world";
import { CliEngine } from "./cliEngine";
import { ComparedEngine } from "./comparedEngine";
import type { StartGround } from "./property";
import { World } from "./world";

/**
 * The real CLI, whose runs take seconds. Undisturbed runs are compared with the stand-in, except with the
 * native provider, whose states have other properties.
 */
export function onCli(empty: Sandbox): StartGround {
  return async (dialect) => {
    const sandbox = await empty.copy({ dialect });
    const cli = new CliEngine(sandbox);
    const engine = sandbox.project.isNative ? cli : new ComparedEngine(cli, sandbox, dialect);
    return { world: new World(sandbox.cloud, engine), close: () => sandbox.close() };
  };
}
