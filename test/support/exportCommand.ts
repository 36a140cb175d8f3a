import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportCommand } from "../../cli/export";
import type { Emulator } from "../../emulator";
import { type Outcome, runCommand, terminal } from "./callbackCommand";
import { emulatorEnvironment } from "./cloud";

/**
 * Provides each test of the suite with exports of an emulator's account. The folders are removed after the
 * test.
 */
export function useExport(emulator: Emulator) {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "tencentcloud-live-export-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const pathOf = (name: string): string => join(folder, name);
  return {
    pathOf,
    /** Runs the command in this process, which is faster. Rejects where it would print an error. */
    exportHere: async (name: string, ...args: string[]): Promise<{ code: number; stdout: string }> => {
      const here = terminal({ environment: emulatorEnvironment(emulator) });
      const code = await exportCommand(["--out", pathOf(name), ...args], here);
      return { code, stdout: `${here.printed.join("\n")}\n` };
    },
    /** Runs the command with `--out` and more arguments. */
    exportTo: (name: string, ...args: string[]): Promise<Outcome> =>
      runCommand(["export", "--out", pathOf(name), ...args], emulatorEnvironment(emulator)),
    /** Returns the files that an export has written, by name. */
    filesIn: (name: string): Record<string, string> =>
      Object.fromEntries(
        readdirSync(pathOf(name)).map((file) => [file, readFileSync(join(pathOf(name), file), "utf8")]),
      ),
  };
}
