import { join } from "node:path";
import { codeOf, type RecipeFolder } from "./recipe";

export const NEXT_PACKAGES = ["next@16", "react@19", "react-dom@19", "@types/node@20"];

/** Writes an app with the recipe. @returns the path of Next.js's command */
export function writeNextApp(folder: RecipeFolder, installed: string): string {
  folder.writeCode("app/live/route.js", codeOf("Next.js"));
  // Next.js is installed above the folder of the program.
  folder.write("next.config.js", `export default { turbopack: { root: ${JSON.stringify(installed)} } };`);
  return join(installed, "node_modules/next/dist/bin/next");
}
