import type { dynamic } from "@pulumi/pulumi";
import { expect } from "chai";
import type { DeploymentOptions } from "../../../provider/deployment";
import { createProvider } from "../../../provider/hosts/dynamic";
import { clockAt } from "../../support/clock";
import { type Deployment, startCloud } from "../../support/cloud";
import { CANARY_CREDENTIALS } from "../../support/provider/canaries";
import { environmentOf, ONE_LINE, OPERATIONS, type Stack, stackIn } from "../../support/provider/operations";

/** Values that code can throw although they are not usual errors. */
const THROWN: Record<string, unknown> = {
  "a string": "plain string",
  "a string of two lines": "one\ntwo",
  "an empty string": "",
  undefined: undefined,
  null: null,
  "a number": 7,
  "a symbol": Symbol("symbol"),
  "a plain object": { message: "not an error", id: "1", properties: {} },
  "a function": () => 0,
  "an error without a message": new Error(),
  "an error of two lines": new Error("one\r\ntwo"),
};

/** Runs every operation with dependencies that fail. */
async function outcomes(options: DeploymentOptions, prepare = (_: Deployment) => {}): Promise<Record<string, unknown>> {
  const cloud = await startCloud({ credentials: [CANARY_CREDENTIALS] });
  const stack: Stack = await stackIn(cloud);
  const found: Record<string, unknown> = {};
  for (const [name, { run }] of Object.entries(OPERATIONS)) {
    const provider = createProvider({ environment: environmentOf(cloud.url), ...options });
    prepare(provider);
    found[name] = await run(provider, stack).then(
      () => "it did not fail",
      (error: unknown) => error,
    );
  }
  await cloud.close();
  return found;
}

function expectErrors(found: Record<string, unknown>): void {
  for (const [name, error] of Object.entries(found)) {
    expect(error, name).to.be.instanceOf(Error);
    expect((error as Error).message, name).to.match(ONE_LINE);
    expect((error as Error).message, name).to.contain("code=Provider.Defect");
    expect(error, name).to.not.have.property("id");
  }
}

describe("S6: the provider with a dependency that throws", () => {
  for (const [what, thrown] of Object.entries(THROWN)) {
    const fail = (): never => {
      throw thrown;
    };
    it(`rejects with an error on one line if the clock throws ${what}`, async () => {
      expectErrors(await outcomes({ clock: clockAt(fail) }));
    });
    it(`rejects with an error on one line if the configuration throws ${what}`, async () => {
      const config = { get: fail } as unknown as dynamic.Config;
      expectErrors(await outcomes({}, ({ callbackTemplate }) => void callbackTemplate.configure({ config })));
    });
  }
});

describe("S6: configure", () => {
  it("neither throws nor waits for any request", async () => {
    for (const request of [undefined, null, {}, { config: null }, { config: { get: 5 } }]) {
      const { callbackTemplate } = createProvider();
      const outcome = callbackTemplate.configure(request as unknown as dynamic.ConfigureRequest);
      expect(await Promise.race([outcome, Promise.resolve("it waits")])).to.equal(undefined);
    }
  });

  it("makes every later operation fail after an invalid request, instead of running unconfigured", async () => {
    const request = { config: undefined } as unknown as dynamic.ConfigureRequest;
    expectErrors(await outcomes({}, ({ callbackTemplate }) => void callbackTemplate.configure(request)));
  });
});
