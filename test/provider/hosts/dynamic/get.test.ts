import { expect } from "chai";
import { rejection, useCloud, useDeployment } from "../../../support/cloud";

/** The dynamic host would give a program `undefined` for all outputs of what a read does not find. */
describe("a get that finds nothing", () => {
  const deployment = useDeployment(useCloud());

  it("fails with the id of the template, and what to check (L18)", async () => {
    const error = await rejection(deployment.callbackTemplate.read("99", {}));
    expect(error.message).to.match(
      /^cannot read callback template \(id 99\): there is no template 99\. Check the id passed to get\. \(code=Provider\.NotFound /,
    );
  });

  it("fails with the domain and app of the binding (L18)", async () => {
    const error = await rejection(deployment.domainBinding.read("push.example.com/live", {}));
    expect(error.message).to.contain("push.example.com/live is not bound to any template. Check the id passed to get");
  });
});
