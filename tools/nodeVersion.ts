import { join } from "node:path";
import { makeOnce } from "./pulumi-cli/cache";
import { defaultContext } from "./pulumi-cli/context";
import { runWatched } from "./pulumi-cli/watchedProcess";

/** The folder of the executable of a version of Node, for example `22`, which is installed from npm once. */
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
