// Loads two large modules of Pulumi's SDK on first use, for programs and provider hosts that are started with
// `node --require`. Both serve only the serialization of functions, which nothing in this package needs; the SDK loads
// them in every process, which takes 0.4 s of processor time. Plain JavaScript, because every process loads it.

const Module = require("node:module");

const LAZY = { typescript: "typescript-shim.js", "@npmcli/arborist": "codePaths.js" };

/** Stands for the exports of a CommonJS module; `load` runs when one of them is read. */
function exportsOnFirstUse(load) {
  let loaded;
  return new Proxy(
    {},
    {
      get(_, name) {
        // The SDK's compiled code asks for this while it loads. With it, it reads the exports where it uses them.
        if (name === "__esModule") return true;
        loaded ??= load();
        return loaded[name];
      },
    },
  );
}

const loadNow = Module._load;
Module._load = function load(request, parent, isMain) {
  const importer = LAZY[request];
  const isLazy = importer !== undefined && parent?.filename?.endsWith(importer);
  return isLazy
    ? exportsOnFirstUse(() => loadNow(request, parent, isMain))
    : loadNow.call(this, request, parent, isMain);
};
