import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

/** Bundles a script of this folder into one executable file, like the plugin, and deletes it after `work`. */
export async function withBundle<T>(script: string, name: string, work: (file: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "tencentcloud-live-bench-"));
  const outfile = join(folder, name);
  try {
    const banner = { js: "#!/usr/bin/env node" };
    const entryPoints = [join(__dirname, script)];
    await build({ entryPoints, outfile, bundle: true, platform: "node", minifyWhitespace: true, banner });
    chmodSync(outfile, 0o755);
    return await work(outfile);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
