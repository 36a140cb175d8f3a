import {
  CheckRequest,
  type CheckResponse,
  ConfigureRequest,
  type ConfigureResponse,
  DiffRequest,
  DiffResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { expect } from "chai";
import { EMULATOR_CREDENTIALS } from "../../../../emulator";
import { decode, encode } from "../../../../provider/hosts/plugin/struct";
import { type Properties, UNKNOWN } from "../../../../provider/properties";
import { rejection, useCloud } from "../../../support/cloud";
import { PluginCalls } from "../../../support/pluginCalls";
import { Engine, NO_SECRETS } from "../../../support/pluginEngine";
import { URL } from "../../../support/provider/callbackTemplates";

const PROVIDER = "urn:pulumi:dev::callbacks::pulumi:providers:tencentcloud-live::";

describe("a provider configuration of the plugin", () => {
  const cloud = useCloud();
  let engine: Engine;
  beforeEach(async () => {
    engine = await Engine.start(cloud);
  });

  const checkConfig = async (values: Properties, name = "explicit", secrets = NO_SECRETS) => {
    const request = new CheckRequest();
    request.setUrn(PROVIDER + name);
    request.setNews(encode(values, secrets));
    const response = await engine.plugin.call<CheckResponse>("checkConfig", request);
    return {
      failures: response.getFailuresList().map((one) => [one.getProperty(), one.getReason()]),
      inputs: decode(response.getInputs()),
    };
  };

  it("is rejected with a suggestion for a mistyped key, and with the name of an invalid value", async () => {
    expect((await checkConfig({ secretkey: "Secret99" })).failures).to.deep.equal([
      ["", "secretkey is not a configuration key of this provider; did you mean secretKey?"],
    ]);
    const [[property, reason] = []] = (await checkConfig({ retrySeconds: "soon" })).failures;
    expect(property).to.equal("retrySeconds");
    expect(reason).to.contain('retrySeconds of the provider "explicit" must be a number of seconds');
    const [[, ofStack] = []] = (await checkConfig({ retrySeconds: "soon" }, "default_0_1_0")).failures;
    expect(ofStack).to.contain("tencentcloud-live:retrySeconds must be");
  });

  it("may have YAML values, JSON text and unknown values, and keeps its credentials secret", async () => {
    const { failures, inputs } = await checkConfig({
      ...{ retrySeconds: 5, verifyDomains: false, requestTimeoutSeconds: "2.5", version: "0.1.0" },
      ...{ allowedAccountIds: ["100000000001"], secretId: "id", secretKey: "Secret99", endpoint: UNKNOWN },
    });
    expect(failures).to.deep.equal([]);
    expect([...inputs.secrets]).to.include.members(["secretId", "secretKey"]);
  });

  it("is rejected without showing the user info of an endpoint", async () => {
    const { failures } = await checkConfig({ stsEndpoint: "https://user:TopSecret@sts.example.com/path" });
    expect(failures[0]?.[0]).to.equal("");
    expect(JSON.stringify(failures)).to.not.contain("TopSecret");
  });

  it("never replaces a resource if its endpoint or key changes", async () => {
    const request = new DiffRequest();
    request.setUrn(`${PROVIDER}explicit`);
    request.setOlds(encode({ endpoint: "https://live.tencentcloudapi.com" }, NO_SECRETS));
    request.setNews(encode({ endpoint: "https://live.intl.tencentcloudapi.com" }, NO_SECRETS));
    const response = await engine.plugin.call<DiffResponse>("diffConfig", request);
    expect([response.getDiffsList(), response.getReplacesList()]).to.deep.equal([["endpoint"], []]);
  });

  it("takes precedence over the environment", async () => {
    const request = new ConfigureRequest();
    request.setUrn(`${PROVIDER}explicit`);
    request.setArgs(encode({ allowedAccountIds: ["200000000002"] }, NO_SECRETS));
    await engine.plugin.call("configure", request);
    const { message } = await rejection(engine.read("1"));
    expect(message).to.contain('allowedAccountIds of the provider "explicit" allows only 200000000002');
  });

  it("differs only if a value other than the version differs", async () => {
    const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
    const olds = { region: "ap-singapore", allowedAccountIds: ["100000000001"], version: "0.1.0" };
    for (const [news, differing] of [
      [{ ...olds, version: "0.2.0" }, []],
      [{ ...olds, allowedAccountIds: ["200000000002"] }, ["allowedAccountIds"]],
    ] as const) {
      const request = new DiffRequest();
      request.setOlds(encode(olds, NO_SECRETS));
      request.setNews(encode({ ...news }, NO_SECRETS));
      const response = await engine.plugin.call<DiffResponse>("diffConfig", request);
      expect(response.getDiffsList()).to.deep.equal(differing);
      expect(response.getChanges()).to.equal(differing.length === 0 ? DIFF_NONE : DIFF_SOME);
    }
  });

  it("may have values of every type, and ignores empty and unknown ones", async () => {
    const explicit = new Engine(await PluginCalls.start({ environment: {} }));
    const request = new ConfigureRequest();
    request.setUrn(`${PROVIDER}explicit`);
    const { secretId, secretKey } = EMULATOR_CREDENTIALS;
    const empty = { region: "", verifyDomains: null, retrySeconds: UNKNOWN };
    const set = { secretId, secretKey, endpoint: cloud.url, stsEndpoint: cloud.url, requestTimeoutSeconds: 5 };
    request.setArgs(encode({ ...set, ...empty }, NO_SECRETS));
    const response = await explicit.plugin.call<ConfigureResponse>("configure", request);
    expect(response.getSupportspreview()).to.equal(true);
    const { id } = await explicit.create({ templateName: "hooks", streamBeginNotifyUrl: URL });
    expect(cloud.state().templates.map(({ TemplateId }) => String(TemplateId))).to.deep.equal([id]);
  });

  it("hides an external id, which the engine does not mark as secret", async () => {
    const [[property, reason] = []] = (await checkConfig({ assumeRoleExternalId: "External Secret99" })).failures;
    expect(property).to.equal("");
    expect(reason).to.contain('assumeRoleExternalId of the provider "explicit" must be 2 to 128 letters');
    expect(reason).to.contain('given: "[hidden]"');
  });

  it("hides values in reasons if the program marks them as secret", async () => {
    const { failures } = await checkConfig({ retrySeconds: "Secret99" }, "explicit", new Set(["retrySeconds"]));
    expect(failures).to.have.length(1);
    expect(JSON.stringify(failures)).to.not.contain("Secret99");
  });
});
