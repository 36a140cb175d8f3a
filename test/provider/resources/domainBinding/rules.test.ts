import { expect } from "chai";
import { Deployment } from "../../../../provider/deployment";
import { environmentHost } from "../../../../provider/hosts/environment";
import { Operation } from "../../../../provider/operation";
import { moveRule } from "../../../../provider/resources/domainBinding/move";
import { createRule } from "../../../../provider/resources/domainBinding/rules";
import { words } from "../../../../provider/words";
import { emulatorEnvironment, rejection, useCloud, writesTo } from "../../../support/cloud";
import { DOMAIN, putTemplates, rulesIn } from "../../../support/provider/bindings";

const KEY = { domainName: DOMAIN, appName: "" };

describe("the rule of a binding in a stopped deployment", () => {
  const cloud = useCloud();
  let deployment: Deployment;
  let operation: Operation;
  beforeEach(() => {
    const environment = emulatorEnvironment(cloud);
    deployment = new Deployment(environmentHost, { environment, backoff: { initialDelayMs: 1, maxDelayMs: 2 } });
    operation = new Operation(deployment, { owner: "", ownerInState: "" }, () => words`bind`);
  });

  it("is not created for a new binding", async () => {
    const [one] = putTemplates(cloud);
    deployment.stop();
    const error = await rejection(createRule(operation, KEY, one));
    expect(error).to.include({ code: "Provider.Interrupted", action: "CreateLiveCallbackRule", retryable: true });
    expect(error.message).to.contain("the run was interrupted before CreateLiveCallbackRule was sent");
    expect(writesTo(cloud)).to.deep.equal([]);
  });

  it("is created, with retries, to complete a move that has already deleted the old rule", async () => {
    const [one, two] = putTemplates(cloud);
    cloud.putRule({ DomainName: DOMAIN, TemplateId: one });
    cloud.addFault({ kind: "status", status: 500, action: "CreateLiveCallbackRule", applied: false });
    stopAfterDelete();
    await moveRule(operation, KEY, one, two);
    expect(rulesIn(cloud)).to.deep.equal([[DOMAIN, "", two]]);
  });

  it("is restored if its move cannot be completed", async () => {
    const [one, two] = putTemplates(cloud);
    cloud.putRule({ DomainName: DOMAIN, TemplateId: one });
    const code = "ResourceNotFound.FreezeService";
    cloud.addFault({ kind: "error", code, action: "CreateLiveCallbackRule" });
    stopAfterDelete();
    const { message } = await rejection(moveRule(operation, KEY, one, two));
    expect(message).to.contain(`the rule for template ${one} was put back`);
    expect(rulesIn(cloud)).to.deep.equal([[DOMAIN, "", one]]);
  });

  /** Stops the deployment between the two calls of a move. */
  function stopAfterDelete(): void {
    const { client } = operation;
    const send = client.send.bind(client);
    client.send = async (action, ...rest) => {
      const response = await send(action, ...rest);
      if (action === "DeleteLiveCallbackRule") deployment.stop();
      return response;
    };
  }
});
