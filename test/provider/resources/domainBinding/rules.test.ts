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

describe("the rule of a binding in an interrupted deployment", () => {
  const cloud = useCloud();
  let deployment: Deployment;
  let operation: Operation;
  beforeEach(() => {
    const environment = emulatorEnvironment(cloud);
    deployment = new Deployment(environmentHost, { environment, backoff: { initialDelayMs: 1, maxDelayMs: 2 } });
    operation = new Operation(deployment, { owner: "", ownerInState: "" }, () => words`bind`);
  });

  /** Adds a rule to the first of two templates. Returns their ids. */
  function bound(): [one: number, two: number] {
    const [one, two] = putTemplates(cloud);
    cloud.putRule({ DomainName: DOMAIN, TemplateId: one });
    return [one, two];
  }

  it("is not created for a new binding after a stop", async () => {
    const [one] = putTemplates(cloud);
    deployment.stop();
    const error = await rejection(createRule(operation, KEY, one));
    expect(error).to.include({ code: "Provider.Interrupted", action: "CreateLiveCallbackRule", retryable: true });
    expect(error.message).to.contain("the run was interrupted before CreateLiveCallbackRule was sent");
    expect(writesTo(cloud)).to.deep.equal([]);
  });

  it("is created, with retries, to complete a move that has already deleted the old rule", async () => {
    const [one, two] = bound();
    cloud.addFault({ kind: "status", status: 500, action: "CreateLiveCallbackRule", applied: false });
    interruptAfterDelete("stop");
    await moveRule(operation, KEY, one, two);
    expect(rulesIn(cloud)).to.deep.equal([[DOMAIN, "", two]]);
  });

  it("is restored if its move cannot be completed", async () => {
    const [one, two] = bound();
    const code = "ResourceNotFound.FreezeService";
    cloud.addFault({ kind: "error", code, action: "CreateLiveCallbackRule" });
    interruptAfterDelete("stop");
    const { message } = await rejection(moveRule(operation, KEY, one, two));
    expect(message).to.contain(`the rule for template ${one} was put back`);
    expect(rulesIn(cloud)).to.deep.equal([[DOMAIN, "", one]]);
  });

  for (const [which, interrupt] of Object.entries({ "a cancelled": "cancel", "a stopped": "stop" } as const)) {
    it(`is created by ${which} deployment if the delete of its move had an effect, but no response`, async () => {
      const [one, two] = bound();
      cloud.addFault({ kind: "reset", action: "DeleteLiveCallbackRule", applied: true });
      cloud.addFault({ kind: "status", status: 500, action: "DescribeLiveCallbackRules", skip: 1 });
      interruptAfterDelete(interrupt);
      await moveRule(operation, KEY, one, two);
      expect(rulesIn(cloud)).to.deep.equal([[DOMAIN, "", two]]);
      expect(writesTo(cloud)).to.deep.equal(["DeleteLiveCallbackRule", "CreateLiveCallbackRule"]);
    });

    it(`is kept by ${which} deployment if the delete of its move had no effect and no response`, async () => {
      const [one, two] = bound();
      cloud.addFault({ kind: "reset", action: "DeleteLiveCallbackRule", applied: false });
      interruptAfterDelete(interrupt);
      const error = await rejection(moveRule(operation, KEY, one, two));
      expect(error).to.include({ code: "Provider.NetworkError", action: "DeleteLiveCallbackRule" });
      expect(rulesIn(cloud)).to.deep.equal([[DOMAIN, "", one]]);
      expect(writesTo(cloud)).to.deep.equal(["DeleteLiveCallbackRule"]);
    });
  }

  it("is created by a cancelled deployment if the delete of its move had an effect, but reported an error", async () => {
    const [one, two] = bound();
    const code = "FailedOperation.CallOtherSvrFailed";
    cloud.addFault({ kind: "error", code, action: "DeleteLiveCallbackRule", applied: true });
    interruptAfterDelete("cancel");
    await moveRule(operation, KEY, one, two);
    expect(rulesIn(cloud)).to.deep.equal([[DOMAIN, "", two]]);
  });

  it("is not created by a cancelled deployment if the API has rejected the delete of its move", async () => {
    const [one, two] = bound();
    cloud.addFault({ kind: "error", code: "RequestLimitExceeded", action: "DeleteLiveCallbackRule" });
    interruptAfterDelete("cancel", () => cloud.removeRule(DOMAIN));
    const error = await rejection(moveRule(operation, KEY, one, two));
    expect(error).to.include({ code: "RequestLimitExceeded" });
    expect(rulesIn(cloud)).to.deep.equal([]);
  });

  /** Interrupts the deployment between the two calls of a move. */
  function interruptAfterDelete(interrupt: "cancel" | "stop", then: () => void = () => undefined): void {
    const { client } = operation;
    const send = client.send.bind(client);
    client.send = async (action, ...rest) => {
      try {
        return await send(action, ...rest);
      } finally {
        if (action === "DeleteLiveCallbackRule") {
          deployment[interrupt]();
          then();
        }
      }
    };
  }
});
