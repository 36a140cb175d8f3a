import { startEmulator } from "../emulator";

/** Runs the emulator in its own process, without rate limits. */
startEmulator({ rateLimits: false }).then(({ url }) => process.send?.(Number(new URL(url).port)));
process.on("disconnect", () => process.exit());
