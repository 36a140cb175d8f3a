import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import * as dynamic from "../../sdk";
import * as native from "../../sdk/native";
import { readId } from "../../sdk/readId";

const settled = <T>(output: pulumi.Input<T>): Promise<unknown> =>
  new Promise((resolve) => void pulumi.output(output).apply(resolve));

describe("the id of a resource that a program reads", () => {
  const read = (id: unknown) => readId('CallbackTemplate.get("x")', id as string, 'the template id, for example "7"');

  it("may be text, a number or an output of either", async () => {
    for (const id of ["385622", 385622, pulumi.output(385622), Promise.resolve("385622")]) {
      expect(await settled(read(id))).to.equal("385622");
    }
  });

  it("is reported with the call of get if it is missing", () => {
    for (const [id, given] of [
      [undefined, "undefined"],
      [null, "null"],
      ["", '""'],
    ]) {
      const reason = `CallbackTemplate.get("x"): id must be the template id, for example "7"; given: ${given}`;
      expect(() => read(id)).to.throw(pulumi.RunError, reason);
    }
  });

  it("is checked by every resource class", () => {
    for (const { CallbackTemplate, DomainBinding } of [dynamic, native]) {
      const noTemplate = () => CallbackTemplate.get("x", undefined as never);
      expect(noTemplate).to.throw(pulumi.RunError, 'CallbackTemplate.get("x"): id');
      const noBinding = () => DomainBinding.get("x", "");
      expect(noBinding).to.throw(pulumi.RunError, 'DomainBinding.get("x"): id must be domainName');
    }
  });
});
