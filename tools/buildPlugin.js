// Builds the native provider as `plugin/pulumi-resource-tencentcloud-live`, which requires no installed
// package, only `plugin.js` beside it. Writes the licenses of the bundled packages there too.

const { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { build } = require("esbuild");

const ROOT = join(__dirname, "..");
const FOLDER = join(ROOT, "plugin");
const EXECUTABLE = join(FOLDER, "pulumi-resource-tencentcloud-live");

/** The first file that Node runs. The compile cache is for files that are loaded after it is enabled. */
const LAUNCHER = `#!/usr/bin/env node
// Keeps the compiled code beside the plugin, for its next start. Node 20 has no such cache, and a folder that
// cannot be written is no error.
require("node:module").enableCompileCache?.(require("node:path").join(__dirname, "cache"));
require("./plugin.js");
`;

/** Leaves out modules that are loaded at every start but never used: half of the bundle. */
const slim = {
  name: "slim",
  setup({ onResolve, onLoad }) {
    // Messages in other languages than English, because every schema has its own message.
    onResolve({ filter: /\/locales\/index\.(c?js)$/ }, ({ path, importer }) =>
      importer.includes("/zod/") ? { path, namespace: "slim" } : undefined,
    );
    // Forms, with a table of all media types, because no request contains a form.
    onResolve({ filter: /^form-data$/ }, ({ path }) => ({ path, namespace: "slim" }));
    onLoad({ filter: /locales/, namespace: "slim" }, () => ({ contents: "module.exports = {};" }));
    onLoad({ filter: /form-data/, namespace: "slim" }, () => ({ contents: "module.exports = class FormData {};" }));
  },
};

async function buildPlugin() {
  rmSync(FOLDER, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ["provider/hosts/plugin/main.ts"],
    outfile: join(FOLDER, "plugin.js"),
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    minifyWhitespace: true,
    plugins: [slim],
    metafile: true,
    logLevel: "warning",
  });
  writeFileSync(EXECUTABLE, LAUNCHER);
  chmodSync(EXECUTABLE, 0o755);
  const [{ inputs }] = Object.values(metafile.outputs);
  const used = Object.keys(inputs).filter((file) => inputs[file].bytesInOutput > 0);
  writeFileSync(join(FOLDER, "LICENSES"), licensesOf(packagesOf(used)));
}

/** Returns the folders of the packages that contain the files. */
function packagesOf(files) {
  const folders = files.map((file) => file.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//)?.[1]);
  return [...new Set(folders.filter(Boolean))].sort();
}

function licensesOf(folders) {
  const texts = folders.map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8"));
    const file = readdirSync(join(ROOT, folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const text =
      file && existsSync(join(ROOT, folder, file)) ? readFileSync(join(ROOT, folder, file), "utf8").trim() : "";
    return `${name} ${version} (${license})\n\n${text}`.trim();
  });
  return `plugin.js contains these packages.\n\n${texts.join(`\n\n${"-".repeat(80)}\n\n`)}\n`;
}

buildPlugin().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
