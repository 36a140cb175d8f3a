import { startEmulator } from "../emulator";

/** The emulator in a process of its own, without limits. */
startEmulator({ rateLimits: false }).then(({ url }) => process.send?.(Number(new URL(url).port)));
process.on("disconnect", () => process.exit());
