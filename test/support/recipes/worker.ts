import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { buildSync } from "esbuild";
import { type Output, outputOfStreams } from "../package/service";
import { KEY } from "./messages";

/** The used part of Miniflare, which the test installs. */
interface Miniflare {
  ready: Promise<URL>;
  dispose(): Promise<void>;
}

/** A Worker that runs in workerd, Cloudflare's own runtime. */
export interface Worker extends Output {
  origin: string;
  close(): Promise<void>;
}

/** Bundles a Worker like its tools, and runs it. */
export async function workerOf(installed: string, main: string): Promise<Worker> {
  const { outputFiles } = buildSync({
    ...{ entryPoints: [main], absWorkingDir: dirname(main), bundle: true, write: false, logLevel: "silent" },
    ...{ format: "esm", platform: "neutral", target: "es2022" },
  });
  const load = createRequire(join(installed, "package.json"));
  const { Miniflare: Runtime } = load("miniflare") as { Miniflare: new (options: object) => Miniflare };
  let output: Output | undefined;
  const miniflare = new Runtime({
    ...{
      modules: true,
      script: outputFiles[0]?.text,
      compatibilityDate: "2025-01-01",
      bindings: { CALLBACK_KEY: KEY },
    },
    handleRuntimeStdio: (stdout: Readable, stderr: Readable) => {
      output = outputOfStreams(stdout, stderr);
    },
  });
  const { origin } = await miniflare.ready;
  return {
    origin,
    close: () => miniflare.dispose(),
    printed: (pattern) => output?.printed(pattern) ?? Promise.reject(),
  };
}
