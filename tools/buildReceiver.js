// Builds the entry points of the receiver as ES modules, after the compiler has built all of the package.

const { writeFileSync } = require("node:fs");
const { dirname, join, relative } = require("node:path");
const { buildSync } = require("esbuild");

const ROOT = join(__dirname, "..");
const OUT = "dist/esm";
/** The entry points that are ES modules too. The CommonJS that the compiler makes of them is in `dist/`. */
const ENTRIES = ["receiver/index", "receiver/stores/redisStore"];

/** What both entry points need is in a file that they share. The package of the hashes stays a package. */
buildSync({
  absWorkingDir: ROOT,
  entryPoints: ENTRIES.map((entry) => `${entry}.ts`),
  outdir: OUT,
  outbase: ".",
  outExtension: { ".js": ".mjs" },
  chunkNames: "receiver/[name]-[hash]",
  ...{ bundle: true, splitting: true, format: "esm", platform: "neutral", target: "es2022" },
  packages: "external",
  logLevel: "warning",
});

// One declaration of each type: else an error of the CommonJS build would not be one of the ES modules.
for (const entry of ENTRIES) {
  const declarations = relative(dirname(join(OUT, entry)), join("dist", entry)).replaceAll("\\", "/");
  writeFileSync(join(ROOT, OUT, `${entry}.d.mts`), `export * from "${declarations}.js";\n`);
}
