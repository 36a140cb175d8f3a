import { inspect } from "node:util";
import { expect } from "chai";
import { createProvider } from "../../../provider/hosts/dynamic";
import { clockAt } from "../../support/clock";
import { check, configure, create, rejection, startCloud, update, type Values } from "../../support/cloud";
import { CANARIES, CANARY_CREDENTIALS, leaksIn } from "../../support/provider/canaries";
import { environmentOf } from "../../support/provider/operations";

const SECRET = CANARIES.callbackKey;
const URL = "https://hooks.example.com/live";
const URL_PROPERTY = "streamBeginNotifyUrl";

describe("K1: an operation that rejects its input", () => {
  const provider = createProvider({ environment: environmentOf("http://127.0.0.1:1") });
  const reasons = async (args: Values): Promise<string> =>
    (await rejection(check(provider.callbackTemplate, {}, args))).message;

  const BAD_KEYS: Record<string, unknown> = {
    "a key with other characters": `${SECRET}!`,
    "a key that is too long": SECRET.repeat(2),
    "a key with a line end": `${SECRET}\n`,
    "a key that is a list": [SECRET],
    "a key that is a map": { [SECRET]: SECRET },
  };
  for (const [what, callbackKey] of Object.entries(BAD_KEYS)) {
    it(`shows no secret of ${what}`, async () => {
      const message = await reasons({ templateName: "hooks", [URL_PROPERTY]: URL, callbackKey });
      expect(message).to.match(/^callbackKey must be .*not shown\)$/);
      expect(leaksIn(message)).to.deep.equal([]);
    });
  }

  const BAD_URLS: Record<string, unknown> = {
    "a URL of another scheme": CANARIES.url.replace("https", "ftp"),
    "a URL without a scheme": CANARIES.url.replace("https:", ""),
    "a URL without slashes": CANARIES.url.replace("//", ""),
    "a URL with a space": CANARIES.url.replace("/live", "/li ve"),
    "a URL without a host": "https://CanaryUser:CanaryPassword@/live?token=CanaryQuery",
    "a URL with a bad port": "https://CanaryUser:CanaryPass@hooks.example.com:99999/?CanaryQuery",
    "a URL that is a list": [CANARIES.url],
    "a URL that is a map": { url: CANARIES.url },
  };
  for (const [what, value] of Object.entries(BAD_URLS)) {
    it(`shows no secret of ${what}`, async () => {
      const message = await reasons({ templateName: "hooks", [URL_PROPERTY]: value });
      expect(message).to.contain(`${URL_PROPERTY} must be`);
      expect(leaksIn(message)).to.deep.equal([]);
    });
  }

  it("shows no secret in the value of an unknown property", async () => {
    const message = await reasons({
      templateName: "hooks",
      [URL_PROPERTY]: URL,
      callbackkey: SECRET,
      CallbackKey: [SECRET],
    });
    expect(message).to.contain("callbackkey is not a property of this resource; did you mean callbackKey?");
    expect(leaksIn(message)).to.deep.equal([]);
  });

  it("shows no secret of an endpoint with user info and a query", async () => {
    const { domainBinding } = createProvider({
      environment: environmentOf("https://CanaryUser:CanaryPass@api.example.com/?CanaryQuery"),
    });
    const error = await rejection(domainBinding.check({}, { domainName: "a.example.com", templateId: 1 }));
    expect(error.message).to.contain("TENCENTCLOUD_LIVE_ENDPOINT must be").and.contain("[hidden]@api.example.com");
    expect(leaksIn(error.message)).to.deep.equal([]);
  });

  it("shows no secret of an incomplete key pair", async () => {
    const { TENCENTCLOUD_SECRET_KEY, TENCENTCLOUD_LIVE_ENDPOINT } = environmentOf("http://127.0.0.1:1");
    const { domainBinding } = createProvider({ environment: { TENCENTCLOUD_SECRET_KEY, TENCENTCLOUD_LIVE_ENDPOINT } });
    configure(domainBinding, {});
    const error = await rejection(domainBinding.read("a.example.com", {}));
    expect(error.message).to.contain("TENCENTCLOUD_SECRET_KEY is set, but TENCENTCLOUD_SECRET_ID is not");
    expect(leaksIn(error.message)).to.deep.equal([]);
  });
});

describe("K1: the output of the provider", () => {
  const fields = { templateName: "hooks", [URL_PROPERTY]: CANARIES.url, callbackKey: SECRET, description: "old" };

  it("shows no secret in the reasons of a failure that is recorded with the state", async () => {
    const cloud = await startCloud({ credentials: [CANARY_CREDENTIALS], dialect: { emptyStringClears: false } });
    try {
      const deployment = () => cloud.deployment({}, { environment: environmentOf(cloud.url) });
      const stored = await create(deployment().callbackTemplate, fields);
      const { description: _, ...rest } = fields;
      const error = await rejection(update(deployment().callbackTemplate, stored, rest));
      const { properties, ...visible } = error;
      expect(properties).to.include({ callbackKey: SECRET });
      expect(visible["reasons"]).to.deep.equal([error.message]);
      expect(leaksIn(error.message)).to.deep.equal([]);
    } finally {
      await cloud.close();
    }
  });

  it("shows no secret in the report of a defect", async () => {
    const now = (): never => {
      throw new Error(`undefined is not a function: ${CANARIES.callbackKey} ${CANARIES.url}`);
    };
    const { callbackTemplate } = createProvider({
      environment: environmentOf("http://127.0.0.1:1"),
      clock: clockAt(now),
    });
    const error = await rejection(callbackTemplate.create({ ...fields }));
    expect(error.message).to.match(
      /^cannot create callback template "hooks": undefined is not a function: .*\(code=Provider\.Defect /,
    );
    expect(leaksIn(inspect(error, { showHidden: true }))).to.deep.equal([]);
  });

  it("S2: has neither credentials nor settings in the properties of a resource", async () => {
    const cloud = await startCloud({ credentials: [CANARY_CREDENTIALS] });
    try {
      const { callbackTemplate, domainBinding } = cloud.deployment({}, { environment: environmentOf(cloud.url) });
      const template = await create(callbackTemplate, { templateName: "hooks", [URL_PROPERTY]: URL });
      const binding = await create(domainBinding, { domainName: "a.example.com", templateId: Number(template.id) });
      const read = [
        await callbackTemplate.read(template.id, template.outs),
        await domainBinding.read(binding.id, binding.outs),
      ];
      const state = JSON.stringify([template, binding, read]);
      expect(leaksIn(state)).to.deep.equal([]);
      for (const setting of [cloud.url, CANARY_CREDENTIALS.secretId, process.cwd()])
        expect(state).to.not.contain(setting);
    } finally {
      await cloud.close();
    }
  });
});
