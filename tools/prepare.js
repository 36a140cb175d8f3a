// Builds the package after an installation, as npm's script `prepare`. npm also runs that script on the first
// `npx tencentcloud-live` in this repository or an example. There the build exists already, and another one would
// remove the files that running programs load.

const { execFileSync } = require("node:child_process");
const { existsSync } = require("node:fs");
const { join } = require("node:path");

const ROOT = join(__dirname, "..");
const isBuilt = existsSync(join(ROOT, "dist/cli/main.js")) && existsSync(join(ROOT, "plugin/LICENSES"));

if (process.env["npm_command"] !== "exec" || !isBuilt) {
  execFileSync("npm", ["run", "build"], { cwd: ROOT, stdio: "inherit", shell: process.platform === "win32" });
}
