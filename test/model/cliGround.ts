import type { World as Sandbox } from "../crash/world";
import { CliEngine } from "./cliEngine";
import { ComparedEngine } from "./comparedEngine";
import type { StartGround } from "./property";
import { World } from "./world";

/** The real CLI, each run some seconds long; what nothing disturbs is compared with the stand-in. */
export function onCli(empty: Sandbox): StartGround {
  return async (dialect) => {
    const sandbox = await empty.copy({ dialect });
    const engine = new ComparedEngine(new CliEngine(sandbox), sandbox, dialect);
    return { world: new World(sandbox.cloud, engine), close: () => sandbox.close() };
  };
}
