import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { CallbackTemplate, DomainBinding } from "../../../sdk";

describe("the option import", () => {
  it("is rejected by the constructors with an alternative, only if it is set", () => {
    pulumi.runtime.setMocks({
      newResource: ({ name, inputs }) => ({ id: name, state: inputs }),
      call: ({ inputs }) => inputs,
    });
    const binding = { domainName: "a.example.com", templateId: 7 };
    expect(() => new CallbackTemplate("hooks", {}, { import: "385622" })).to.throw(
      pulumi.RunError,
      'CallbackTemplate "hooks": the option import does not work for dynamic resources. Set adopt to the id',
    );
    expect(() => new DomainBinding("push", binding, { import: "a.example.com" })).to.throw(
      pulumi.RunError,
      'DomainBinding "push": the option import does not work for dynamic resources. A rule that already points to this',
    );
    expect(() => new DomainBinding("push", binding, { import: undefined })).to.not.throw();
  });
});
