// Loads modules of Pulumi's SDK on first use that it otherwise loads in every program and provider host, for
// processes that are started with `node --require`. They serve the serialization of functions, traces and the
// automation of the CLI, which few programs use, and take half a second of processor time. Plain JavaScript,
// because every process loads it.

const Module = require("node:module");
const { join } = require("node:path");

/** The modules to load on first use, by the module of the SDK that imports them. */
const LAZY = {
  "typescript-shim.js": ["typescript"],
  [join("runtime", "closure", "codePaths.js")]: ["@npmcli/arborist"],
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

/** Creates a stand-in for the exports of a CommonJS module; `load` runs when one of them is read. */
function exportsOnFirstUse(load) {
  let loaded;
  return new Proxy(
    {},
    {
      get(_, name) {
        // The SDK's compiled code asks for this while it loads. With it, it reads the exports where it uses
        // them.
        if (name === "__esModule") return true;
        loaded ??= load();
        return loaded[name];
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
