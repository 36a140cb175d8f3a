import { expect } from "chai";
import { UNKNOWN_SENTINEL } from "../../../../provider/hosts/dynamic/properties";
import { check, create, destroy, rejection, useCloud } from "../../../support/cloud";

const URL = "https://hooks.example.com/live";
const ARGS = { templateName: "hooks", streamBeginNotifyUrl: URL };

describe("a callback template at preview", () => {
  const cloud = useCloud();

  const type = () => cloud.deployment().callbackTemplate;

  it("is refused with every reason, each without a property: the engine would print that one's value", async () => {
    const { failures = [] } = await type().check({}, { templateName: "no spaces", callbackKey: "not!allowed" });
    expect(failures.map(({ property }) => property)).to.deep.equal(["", "", ""]);
    expect(failures.map(({ reason }) => reason.split(" must be ")[0])).to.have.members([
      "templateName",
      "callbackKey",
      "at least one callback URL",
    ]);
  });

  it("that is refused claims nothing", async () => {
    const stored = await create(type(), ARGS);
    const deployment = type();
    await rejection(check(deployment, stored.inputs, { ...ARGS, description: "no spaces" }));
    await destroy(deployment, stored);
    expect(cloud.state().templates).to.deep.equal([]);
  });

  it("may have a name that is not known yet, and so may another one", async () => {
    const deployment = type();
    for (const automaticName of ["one-1111111", "two-2222222"])
      await check(deployment, {}, { ...ARGS, automaticName, templateName: UNKNOWN_SENTINEL });
  });

  it("is a difference where a value is not known yet, also if what is known of it would be none (P2)", async () => {
    const args = { ...ARGS, recordExceptionNotifyUrl: URL };
    const stored = await create(type(), args);
    for (const recordExceptionLevels of [UNKNOWN_SENTINEL, ["error", UNKNOWN_SENTINEL]]) {
      const deployment = type();
      const inputs = await check(deployment, stored.inputs, { ...args, recordExceptionLevels });
      expect(await deployment.diff(stored.id, stored.outs, inputs)).to.deep.equal({ replaces: [] });
    }
  });

  it("is no difference where only the adoption is another one", async () => {
    const stored = await create(type(), ARGS);
    const deployment = type();
    const inputs = await check(deployment, stored.inputs, { ...ARGS, adopt: true });
    expect(await deployment.diff(stored.id, stored.outs, inputs)).to.deep.equal({ changes: false });
  });
});
