import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import {
  getCallbackTemplate,
  getCallbackTemplateOutput,
  getCallbackTemplates,
  getCallbackTemplatesOutput,
  getDomainBindings,
  getDomainBindingsOutput,
  Provider,
} from "../../../sdk/native";
import { settled, useMocks } from "../../support/sdk/registrations";

const TEMPLATE = { templateId: 385622, templateName: "hooks", callbackKey: "Secret1" };
const BINDING = { domainName: "push.example.com", appName: "", templateId: 385622 };
const hidden = { ...TEMPLATE, callbackKey: pulumi.secret(TEMPLATE.callbackKey) };

const RESULTS: Record<string, Record<string, unknown>> = {
  "tencentcloud-live:index:getCallbackTemplate": hidden,
  "tencentcloud-live:index:getCallbackTemplates": { templates: [hidden] },
  "tencentcloud-live:index:getDomainBindings": { bindings: [BINDING] },
};

interface Request {
  getVersion(): string;
}

describe("the functions of the native provider", () => {
  const { called } = useMocks(({ token }) => RESULTS[token] ?? {});
  const calls = () => called.map(({ token, inputs }) => [token.replace("tencentcloud-live:index:", ""), inputs]);

  it("return a promise of plain values", async () => {
    expect(await getCallbackTemplate({ templateId: 385622 })).to.deep.equal(TEMPLATE);
    expect(await getCallbackTemplates()).to.deep.equal({ templates: [TEMPLATE] });
    expect(await getDomainBindings({ domainName: "push.example.com" })).to.deep.equal({ bindings: [BINDING] });
    expect(await getDomainBindings()).to.deep.equal({ bindings: [BINDING] });
    expect(calls()).to.deep.equal([
      ["getCallbackTemplate", { templateId: 385622 }],
      ["getCallbackTemplates", {}],
      ["getDomainBindings", { domainName: "push.example.com" }],
      ["getDomainBindings", {}],
    ]);
  });

  it("take and return outputs in their Output form, and return a secret if there is a key in it", async () => {
    const template = getCallbackTemplateOutput({ templateName: pulumi.output("hooks") });
    const templates = getCallbackTemplatesOutput();
    const bindings = getDomainBindingsOutput({ templateId: template.templateId });
    expect(await settled(template)).to.deep.equal(TEMPLATE);
    expect(await settled(templates)).to.deep.equal({ templates: [TEMPLATE] });
    expect(await settled(bindings)).to.deep.equal({ bindings: [BINDING] });
    expect(await Promise.all([template, templates].map((output) => pulumi.isSecret<unknown>(output)))).to.deep.equal([
      true,
      true,
    ]);
    expect(await pulumi.isSecret(getDomainBindingsOutput())).to.equal(false);
    expect(calls()).to.deep.include.members([
      ["getCallbackTemplate", { templateName: "hooks" }],
      ["getDomainBindings", { templateId: 385622 }],
    ]);
  });

  it("request no version of the plugin, because each version would have its own default provider", async () => {
    const monitor = pulumi.runtime.getMonitor() as unknown as { invoke: (request: Request, ...rest: never[]) => void };
    const { invoke } = monitor;
    const versions: string[] = [];
    monitor.invoke = (request, ...rest) => {
      versions.push(request.getVersion());
      invoke.call(monitor, request, ...rest);
    };
    await settled(getCallbackTemplateOutput({ templateId: 385622 }));
    await Promise.all([getCallbackTemplate({ templateId: 385622 }), getCallbackTemplates(), getDomainBindings()]);
    await settled([getCallbackTemplatesOutput(), getDomainBindingsOutput()]);
    expect(versions).to.deep.equal(Array(6).fill(""));
  });

  it("call the provider in their options", async () => {
    const provider = new Provider("staging");
    await getCallbackTemplates({ provider });
    await settled(getDomainBindingsOutput({}, { provider }));
    expect(called.map((call) => call.provider)).to.satisfy((providers: string[]) =>
      providers.every((one) => /::staging::/.test(one)),
    );
  });
});
