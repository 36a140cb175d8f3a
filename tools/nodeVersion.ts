import { join } from "node:path";
import { makeOnce } from "./pulumi-cli/cache";
import { defaultContext } from "./pulumi-cli/context";
import { runWatched } from "./pulumi-cli/watchedProcess";

/** Returns the folder with the executable of a Node version such as `22`. Installs it from npm, once. */
export async function nodeFolder(version: string): Promise<string> {
  const fill = (folder: string) =>
    runWatched({
      ...{ command: "npm", args: ["install", "--no-save", "--prefix", folder, `node@${version}`] },
      ...{ cwd: folder, env: process.env, idleLimitMs: 300_000 },
    });
  const doing = `installing Node ${version} from npm, once`;
  return join(
    await makeOnce({ folderName: `node-${version}`, doing, fill }, defaultContext()),
    "node_modules/node/bin",
  );
}
