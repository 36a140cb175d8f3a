import type { World as Sandbox } from "../crash/world";
import { CliEngine } from "./cliEngine";
import { ComparedEngine } from "./comparedEngine";
import type { StartGround } from "./property";
import { World } from "./world";

/**
 * The real CLI, each run some seconds long. What nothing disturbs is compared with the stand-in, except by the native
 * provider, whose states have other properties.
 */
export function onCli(empty: Sandbox): StartGround {
  return async (dialect) => {
    const sandbox = await empty.copy({ dialect });
    const cli = new CliEngine(sandbox);
    const engine = sandbox.project.isNative ? cli : new ComparedEngine(cli, sandbox, dialect);
    return { world: new World(sandbox.cloud, engine), close: () => sandbox.close() };
  };
}
