import { expect } from "chai";
import { type EmulatorOptions, startEmulator } from "../../emulator";

describe("the options of the emulator", () => {
  const rejected: [string, unknown, string][] = [
    ["credentials that are no list", { credentials: { secretId: "a", secretKey: "Hidden1" } }, "credentials"],
    ["credentials that lack a part", { credentials: [{ secretId: "a" }] }, "credentials[0].secretKey"],
    ["domains that are no list", { domains: "push.example.com" }, "domains"],
    ["a latency that is no number", { latencyMs: Number.NaN }, "latencyMs"],
    ["a clock that is no function", { clock: 0 }, "clock"],
    ["faults that are no list", { faults: { kind: "reset" } }, "faults"],
    ["an option that does not exist", { prot: 4577 }, '"prot"'],
  ];
  for (const [what, options, named] of rejected) {
    it(`are rejected before it listens, by name and without a value, where there are ${what}`, async () => {
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
