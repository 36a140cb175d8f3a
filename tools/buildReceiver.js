// Builds the entry points of the receiver as ES modules, after the compiler has built the package.

const { writeFileSync } = require("node:fs");
const { dirname, join, relative } = require("node:path");
const { buildSync } = require("esbuild");

const ROOT = join(__dirname, "..");
const OUT = "dist/esm";
/** The entry points that are also ES modules. Their CommonJS versions are in `dist/`. */
const ENTRIES = ["receiver/index", "receiver/stores/redisStore"];

// The entry points share a file with their common code. The package of the hashes is not bundled.
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

// Each type is declared once. Otherwise the error classes of the CommonJS and ES modules would be different
// types.
for (const entry of ENTRIES) {
  const declarations = relative(dirname(join(OUT, entry)), join("dist", entry)).replaceAll("\\", "/");
  writeFileSync(join(ROOT, OUT, `${entry}.d.mts`), `export * from "${declarations}.js";\n`);
}
