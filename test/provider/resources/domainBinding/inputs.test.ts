import { expect } from "chai";
import { type Properties, UNKNOWN } from "../../../../provider/properties";
import { checkDomainBinding } from "../../../../provider/resources/domainBinding/inputs";

function binding(news: Properties): Record<string, unknown> {
  const { inputs, failures } = checkDomainBinding({ domainName: "push.example.com", templateId: 7, ...news });
  expect(failures).to.deep.equal([]);
  return inputs;
}

function bindingReasons(news: Properties): string[] {
  return checkDomainBinding({ domainName: "push.example.com", templateId: 7, ...news }).failures.map(({ reason }) =>
    String(reason),
  );
}

describe("the check of a domain binding (L20)", () => {
  const label63 = "a".repeat(63);
  const domain253 = [label63, label63, label63, "a".repeat(57), "com"].join(".");

  const accepted: [string, string, string][] = [
    ["upper case", "Push.EXAMPLE.com", "push.example.com"],
    ["a trailing dot", "push.example.com.", "push.example.com"],
    ["a Unicode name", "推流.例子.中国", "xn--jzup7s.xn--fsqu00a.xn--fiqs8s"],
    ["a label of 63 characters", `${label63}.com`, `${label63}.com`],
    ["253 characters", domain253, domain253],
    ["digits and inner hyphens", "5000.live-push.1-2.co", "5000.live-push.1-2.co"],
  ];
  for (const [title, given, domainName] of accepted) {
    it(`accepts ${title}: ${given.slice(0, 30)}`, () => {
      expect(binding({ domainName: given })).to.deep.equal({ domainName, templateId: 7 });
    });
  }

  const rejected = [
    ...["https://push.example.com", "rtmp://push.example.com/live", "push.example.com/live", "push.example.com:1935"],
    ...["*.example.com", "push example.com", " push.example.com", "localhost", "push..example.com", ".example.com"],
    ...["push.example.com..", "-a.example.com", "a-.example.com", "a_b.example.com", "10.0.0.1", "[::1]", "0x7f.1"],
    ...["user@example.com", "push.example.com?a", "push.example.com#a", "push.example.com\\live", "a%2eb.com"],
    ...["xn--a.com", `${label63}a.com`, `a${domain253}`, `${domain253.slice(0, -3)}info`],
  ];
  for (const domainName of rejected) {
    it(`rejects ${JSON.stringify(domainName.slice(0, 40))} (${domainName.length} characters)`, () => {
      const [reason, ...more] = bindingReasons({ domainName });
      expect(reason).to.match(/^domainName must be a host name without scheme, port, path and wildcard: .*; given: "/);
      expect(more).to.deep.equal([]);
    });
  }

  it("keeps the case of an app, and treats an empty app as the whole domain", () => {
    expect(binding({ appName: "Live_1-a.b" })).to.deep.equal({
      domainName: "push.example.com",
      templateId: 7,
      appName: "Live_1-a.b",
    });
    expect(binding({ appName: "", adopt: false })).to.deep.equal({ domainName: "push.example.com", templateId: 7 });
    expect(binding({ appName: null, adopt: true }))
      .to.include({ adopt: true })
      .and.not.to.have.property("appName");
    for (const appName of ["live/a", "*", "live a", "直播", "a".repeat(256), 5, ["live"]]) {
      expect(bindingReasons({ appName })[0]).to.match(/^appName must be at most 255 letters, digits, _, - and \./);
    }
  });

  it("accepts a template id as a number or as text, and returns a number", () => {
    for (const templateId of [7, "7", "007"]) expect(binding({ templateId })).to.include({ templateId: 7 });
    expect(binding({ templateId: 1 })).to.include({ templateId: 1 });
    expect(binding({ templateId: Number.MAX_SAFE_INTEGER })).to.include({ templateId: 9007199254740991 });
    for (const templateId of [0, -1, 1.5, "0", "-1", "1.5", "abc", " 7", "1e3", "9007199254740993", true, Number.NaN]) {
      expect(bindingReasons({ templateId })[0], String(templateId)).to.match(
        /^templateId must be the id of a template: a positive integer; given: /,
      );
    }
  });

  it("returns rejected inputs unchanged", () => {
    const news = { domainName: "a b", appName: "", templateId: "7", adopt: false };
    expect(checkDomainBinding(news).inputs).to.deep.equal(news);
  });

  it("keeps unknown values in every property (P2)", () => {
    const unknowns = { domainName: UNKNOWN, appName: UNKNOWN, templateId: UNKNOWN, adopt: UNKNOWN };
    expect(binding(unknowns)).to.deep.equal(unknowns);
  });

  it("reports all missing and unknown properties together", () => {
    const { failures } = checkDomainBinding({ domain: "push.example.com", template: 7, adopt: "yes" });
    expect(failures.map(({ reason }) => String(reason).split(/ (?:must|is) /)[0])).to.have.members([
      ...["domainName", "templateId", "adopt", "domain", "template"],
    ]);
  });

  it("mentions a failed template as a possible cause of a missing id", () => {
    const missing = checkDomainBinding({ domainName: "push.example.com" }).failures.map(({ reason }) => String(reason));
    expect(missing).to.deep.equal([
      "templateId is missing: it must be the id of a template: a positive integer (or the template that it comes from has failed)",
    ]);
    const [wrong] = checkDomainBinding({ domainName: "push.example.com", templateId: "no" }).failures;
    expect(String(wrong?.reason)).to.not.contain("has failed");
  });

  it("mentions a failed template only for the missing id, not for another invalid property", () => {
    const { failures } = checkDomainBinding({ domainName: "localhost" });
    const hinting = failures.filter(({ reason }) => String(reason).includes("has failed"));
    expect(hinting.map(({ property }) => property)).to.deep.equal(["templateId"]);
    expect(failures).to.have.length(2);
  });
});
