import { expect } from "chai";
import { type EmulatorOptions, startEmulator } from "../../emulator";

describe("the options of the emulator", () => {
  const rejected: [string, unknown, string][] = [
    ["credentials that are not a list", { credentials: { secretId: "a", secretKey: "Hidden1" } }, "credentials"],
    ["credentials that lack a part", { credentials: [{ secretId: "a" }] }, "credentials[0].secretKey"],
    ["domains that are not a list", { domains: "push.example.com" }, "domains"],
    ["a latency that is not a number", { latencyMs: Number.NaN }, "latencyMs"],
    ["a clock that is not a function", { clock: 0 }, "clock"],
    ["faults that are not a list", { faults: { kind: "reset" } }, "faults"],
    ["an option that does not exist", { prot: 4577 }, '"prot"'],
  ];
  for (const [what, options, named] of rejected) {
    it(`are rejected at start, by name and without their value: ${what}`, async () => {
      const failure = await startEmulator(options as EmulatorOptions).then(
        () => "it started",
        ({ message }: Error) => message,
      );
      expect(failure)
        .to.match(/^invalid emulator options: /)
        .and.contain(named);
      expect(failure).to.not.contain("Hidden1");
    });
  }
});
