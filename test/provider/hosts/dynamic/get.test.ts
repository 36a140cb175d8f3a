import { expect } from "chai";
import { rejection, useCloud, useDeployment } from "../../../support/cloud";

/** Without an error, the dynamic host would return `undefined` for every output of a missing resource. */
describe("a get of a missing resource", () => {
  const deployment = useDeployment(useCloud());

  it("fails with the id of the template and a remedy (L18)", async () => {
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
