import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";
import { createProvider } from "../../../provider/hosts/dynamic";
import { check, rejection } from "../../support/cloud";
import { filesIn } from "../../support/files";
import { environmentOf } from "../../support/provider/operations";
import { PROVOCATIONS, Situation } from "../../support/provider/provokedErrors";

const URL = "https://hooks.example.com/live";

/** Callback keys that occur in our messages, properties and codes, and in no other text of a test. */
const OUR_WORDS = [
  ...["template", "is", "be", "must", "cannot", "domain", "bound", "already", "adopt", "again", "Run", "API"],
  ...["templateName", "domainName", "Name", "code", "retryable", "false", "Provider", "NotFound", "Live", "Callback"],
];

describe("a secret that equals one of our own words", () => {
  for (const [index, [code, , fail]] of PROVOCATIONS.entries()) {
    it(`does not change the message of ${code}: ${index + 1}`, async () => {
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

  it("does not change the reasons of a check, and is hidden in the values that they repeat", async () => {
    const provider = createProvider({ environment: environmentOf("http://127.0.0.1:1") });
    const messageFor = async (args: Record<string, unknown>) =>
      (await rejection(check(provider.callbackTemplate, {}, args))).message;
    const args = { streamBeginNotifyUrl: URL, templateName: "a name!" };
    const plain = await messageFor({ ...args, callbackKey: "Zq9" });
    expect(plain).to.contain('given: "a name!"');
    for (const callbackKey of OUR_WORDS)
      expect(await messageFor({ ...args, callbackKey }), callbackKey).to.equal(plain);
    expect(await messageFor({ ...args, callbackKey: "name" }))
      .to.contain("templateName must be")
      .and.contain('"a [hidden]!"');
  });

  for (const type of ["callbackTemplate", "domainBinding"] as const) {
    it(`is hidden in values that a check of a ${type} repeats, if it is a credential or another key`, async () => {
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

it("every message of the provider separates its own words from inserted text", () => {
  const root = resolve(__dirname, "../../../provider");
  const plain = /((Provider|Transport|Api|Live)Error\(|remedy: |reason: |reason = |withOutcome\(\w+, )\s*(?:["`])/g;
  const found = filesIn(root).flatMap((path) =>
    (readFileSync(path, "utf8").match(plain) ?? []).map((text) => `${path}: ${text}`),
  );
  expect(found).to.deep.equal([]);
});
