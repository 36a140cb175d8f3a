import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";
import { createProvider } from "../../../provider/hosts/dynamic";
import { check, rejection } from "../../support/cloud";
import { filesIn } from "../../support/files";
import { environmentOf } from "../../support/provider/operations";
import { PROVOCATIONS, Situation } from "../../support/provider/provokedErrors";

const URL = "https://hooks.example.com/live";

/** Callback keys that are words of our messages, properties, codes or parts of them, and of nothing else in a test. */
const OUR_WORDS = [
  ...["template", "is", "be", "must", "cannot", "domain", "bound", "already", "adopt", "again", "Run", "API"],
  ...["templateName", "domainName", "Name", "code", "retryable", "false", "Provider", "NotFound", "Live", "Callback"],
];

describe("a secret that is one of our own words", () => {
  for (const [index, [code, , fail]] of PROVOCATIONS.entries()) {
    it(`is not seen in the message of ${code}: ${index + 1}`, async () => {
      const messageWith = async (secrets: readonly string[]): Promise<string> => {
        const situation = await Situation.start(secrets);
        try {
          const { message } = await rejection(Promise.resolve().then(() => fail(situation)));
          return message.replace(/127\.0\.0\.1:\d+/, "<host>").replace(/requestId=\S+/, "");
        } finally {
          await situation.cloud.close();
        }
      };
      expect(await messageWith(OUR_WORDS)).to.equal(await messageWith([]));
    });
  }

  it("is not seen in the reasons of a check, and hidden in what they repeat", async () => {
    const provider = createProvider({ environment: environmentOf("http://127.0.0.1:1") });
    const said = async (args: Record<string, unknown>) =>
      (await rejection(check(provider.callbackTemplate, {}, args))).message;
    const args = { streamBeginNotifyUrl: URL, templateName: "a name!" };
    const plain = await said({ ...args, callbackKey: "Zq9" });
    expect(plain).to.contain('given: "a name!"');
    for (const callbackKey of OUR_WORDS) expect(await said({ ...args, callbackKey }), callbackKey).to.equal(plain);
    expect(await said({ ...args, callbackKey: "name" }))
      .to.contain("templateName must be")
      .and.contain('"a [hidden]!"');
  });

  for (const type of ["callbackTemplate", "domainBinding"] as const) {
    it(`is hidden in what a check of a ${type} repeats, if the host knows it: credentials, keys of other resources`, async () => {
      const environment = {
        ...environmentOf("http://127.0.0.1:1"),
        TENCENTCLOUD_SECRET_KEY: "Sk1",
        TENCENTCLOUD_TOKEN: "To1",
      };
      const provider = createProvider({ environment });
      await check(
        provider.callbackTemplate,
        {},
        { templateName: "one", streamBeginNotifyUrl: URL, callbackKey: "Ke1" },
      );
      const secrets = ["Sk1", "To1", "Ke1"];
      const values = {
        description: secrets,
        templateName: "Sk1!",
        adopt: "To1",
        domainName: "Ke1",
        appName: secrets,
        Sk1: "",
      };
      const { message } = await rejection(check(provider[type], {}, { ...values, Ke1: 1 }));
      expect(message).to.contain("[hidden] is not a property of this resource");
      for (const secret of secrets) expect(message).to.not.contain(secret);
    });
  }
});

it("every message of the provider is made of parts, so that its own words can be told from others", () => {
  const root = resolve(__dirname, "../../../provider");
  const plain = /((Provider|Transport|Api|Live)Error\(|remedy: |reason: |reason = |withOutcome\(\w+, )\s*(?:["`])/g;
  const found = filesIn(root).flatMap((path) =>
    (readFileSync(path, "utf8").match(plain) ?? []).map((text) => `${path}: ${text}`),
  );
  expect(found).to.deep.equal([]);
});
