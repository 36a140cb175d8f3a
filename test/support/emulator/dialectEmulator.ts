import type { Emulator, EmulatorOptions, LiveDialect } from "../../../emulator";
import { startForTest } from "../emulatorClient";

export const URL = "https://hooks.example.com/";
export const DOMAIN = "push.example.com";

/** Starts an emulator with this dialect and one template, which has two URLs and a description. */
export async function startDialect(
  dialect: Partial<LiveDialect>,
  options: EmulatorOptions = {},
): Promise<{ emulator: Emulator; id: number }> {
  const emulator = await startForTest({ dialect, ...options, clock: () => Date.now() });
  const fields = { TemplateName: "a", Description: "d", RecordNotifyUrl: URL, AudioAuditNotifyUrl: URL };
  return { emulator, id: emulator.putTemplate(fields).TemplateId };
}
