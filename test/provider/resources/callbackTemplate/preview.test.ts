import { expect } from "chai";
import { UNKNOWN_SENTINEL } from "../../../../provider/hosts/dynamic/properties";
import { check, create, destroy, rejection, useCloud } from "../../../support/cloud";

const URL = "https://hooks.example.com/live";
const ARGS = { templateName: "hooks", streamBeginNotifyUrl: URL };

describe("a callback template at preview", () => {
  const cloud = useCloud();

  const type = () => cloud.deployment().callbackTemplate;

  it("is rejected with every reason, without a property whose value the engine would print", async () => {
    const { failures = [] } = await type().check({}, { templateName: "no spaces", callbackKey: "not!allowed" });
    expect(failures.map(({ property }) => property)).to.deep.equal(["", "", ""]);
    expect(failures.map(({ reason }) => reason.split(" must be ")[0])).to.have.members([
      "templateName",
      "callbackKey",
      "at least one callback URL",
    ]);
  });

  it("claims nothing if it is rejected", async () => {
    const stored = await create(type(), ARGS);
    const deployment = type();
    await rejection(check(deployment, stored.inputs, { ...ARGS, description: "no spaces" }));
    await destroy(deployment, stored);
    expect(cloud.state().templates).to.deep.equal([]);
  });

  it("may have an unknown name beside another template with an unknown name", async () => {
    const deployment = type();
    for (const automaticName of ["one-1111111", "two-2222222"])
      await check(deployment, {}, { ...ARGS, automaticName, templateName: UNKNOWN_SENTINEL });
  });

  it("differs if a value is unknown, even if the known part is equal (P2)", async () => {
    const args = { ...ARGS, recordExceptionNotifyUrl: URL };
    const stored = await create(type(), args);
    for (const recordExceptionLevels of [UNKNOWN_SENTINEL, ["error", UNKNOWN_SENTINEL]]) {
      const deployment = type();
      const inputs = await check(deployment, stored.inputs, { ...args, recordExceptionLevels });
      expect(await deployment.diff(stored.id, stored.outs, inputs)).to.deep.equal({ replaces: [] });
    }
  });

  it("does not differ if only adopt has changed", async () => {
    const stored = await create(type(), ARGS);
    const deployment = type();
    const inputs = await check(deployment, stored.inputs, { ...ARGS, adopt: true });
    expect(await deployment.diff(stored.id, stored.outs, inputs)).to.deep.equal({ changes: false });
  });
});
