import { expect } from "chai";
import type { Emulator } from "../../emulator";
import { type Run, ScratchProject } from "../../tools/scratchProject";
import { useEmulator } from "../support/emulatorClient";
import { runOnEmulator } from "../support/examples/readme";
import { perTest } from "../support/lifetime";

describe("examples/multi-environment, with the real CLI", function () {
  this.timeout(180_000);
  const testing = useEmulator({ accountId: "100000000001" });
  const production = useEmulator({ accountId: "300000000003" });
  const project = perTest(() => ScratchProject.ofExample("multi-environment", testing.url));
  const useAccount = ({ url }: Emulator, stack: string) => {
    const endpoints = ["endpoint", "stsEndpoint"].flatMap((name) => [
      "--plaintext",
      `tencentcloud-live:${name}=${url}`,
    ]);
    return project.succeed("config", "set-all", ...endpoints, "--stack", stack);
  };
  const failing = async (...args: string[]): Promise<Run> => {
    const run = await project.run(...args);
    expect(run.code, run.output).to.not.equal(0);
    return run;
  };
  const yes = ["--yes", "--skip-preview", "--stack"];
  const domainsIn = (emulator: Emulator) => emulator.state().rules.map(({ DomainName }) => DomainName);

  it("deploys each stage with its own account, domains, receiver and key, and protects production from deletion", async () => {
    await project.succeed("stack", "init", "--no-select", "prod");
    await project.succeed("config", "set", "--secret", "callbackKey", "ProdKey1", "--stack", "prod");
    // The mistake that allowedAccountIds prevents: the production program with credentials of another
    // account.
    const [wrong] = await Promise.all([failing("up", ...yes, "prod"), runOnEmulator(project, "multi-environment")]);
    expect(wrong.output).to.contain("code=Provider.AccountNotAllowed");
    expect(domainsIn(testing)).to.deep.equal(["push.dev.example.com"]);
    expect(testing.state().templates).to.have.length(1);
    expect(testing.state().templates[0]).to.include({
      StreamBeginNotifyUrl: "https://hooks.dev.example.com/live",
      CallbackKey: "TryKey1",
    });

    await useAccount(production, "prod");
    await project.up("--stack", "prod");
    const before = production.state();
    expect(before.templates.map(({ CallbackKey }) => CallbackKey)).to.deep.equal(["ProdKey1"]);
    expect(domainsIn(production)).to.have.members(["push.example.com", "push2.example.com"]);

    const [destroy] = await Promise.all([failing("destroy", ...yes, "prod"), project.destroy()]);
    expect(destroy.output).to.contain("it is protected");
    expect(testing.state()).to.deep.include({ templates: [], rules: [] });
    await project.succeed("config", "rm", "--path", "domains[1]", "--stack", "prod");
    const removal = await failing("up", ...yes, "prod");
    expect(production.state()).to.deep.equal(before);

    const [, urn = ""] = /pulumi state unprotect '(.*)'/.exec(removal.output) ?? [];
    await project.succeed("state", "unprotect", "--yes", urn, "--stack", "prod");
    await project.up("--stack", "prod");
    expect(domainsIn(production)).to.deep.equal(["push.example.com"]);
  });

  it("fails at preview if a stage has no key or a plain-text key", async () => {
    await project.succeed("stack", "init", "dev");
    const missing = await failing("preview", "--stack", "dev");
    expect(missing.output).to.contain("Stack 'dev' is missing configuration value 'callbackKey'");
    await project.run("config", "set", "--plaintext", "callbackKey", "DevKey1", "--stack", "dev");
    expect((await failing("preview", "--stack", "dev")).output).to.match(/callbackKey.*(encrypted|missing)/);
    expect(testing.calls()).to.deep.equal({});
  });
});
