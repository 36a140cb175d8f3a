// Makes Pulumi's SDK load some modules on first use instead of at the start of every program and provider
// host. Use it with `node --require`. The modules serialize functions, trace, and automate the CLI. Few
// programs use them, and loading them takes half a second of processor time. Plain JavaScript, because every
// process loads it.

const Module = require("node:module");
const { join } = require("node:path");

/** The modules to load on first use, by the module of the SDK that imports them. */
const LAZY = {
  "typescript-shim.js": ["typescript"],
  [join("runtime", "closure", "codePaths.js")]: ["@npmcli/arborist", "fdir", "normalize-package-data"],
  [join("@pulumi", "pulumi", "index.js")]: ["./automation"],
  [join("cmd", "run", "tracing.js")]: [
    "@opentelemetry/resources",
    "@opentelemetry/sdk-trace-base",
    "@opentelemetry/exporter-zipkin",
    "@opentelemetry/instrumentation-grpc",
    "@opentelemetry/sdk-trace-node",
    "@opentelemetry/instrumentation",
  ],
};
const IMPORTERS = Object.entries(LAZY);
const REQUESTS = new Set(IMPORTERS.flatMap(([, requests]) => requests));

/** Creates a proxy for the exports of a CommonJS module. `load` runs when an export is first read. */
function exportsOnFirstUse(load) {
  let loaded;
  return new Proxy(
    {},
    {
      get(_, name) {
        // The compiled code of the SDK reads this while it loads, and reads the exports only where it uses
        // them.
        if (name === "__esModule") return true;
        loaded ??= load();
        return name === "default" && !loaded.__esModule ? loaded : loaded[name];
      },
    },
  );
}

const isLazy = (request, importer = "") =>
  REQUESTS.has(request) && IMPORTERS.some(([file, requests]) => importer.endsWith(file) && requests.includes(request));

const loadNow = Module._load;
Module._load = function load(request, parent, isMain) {
  return isLazy(request, parent?.filename)
    ? exportsOnFirstUse(() => loadNow(request, parent, isMain))
    : loadNow.call(this, request, parent, isMain);
};
