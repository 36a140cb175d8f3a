import { expect } from "chai";
import { bindingKey, findRule } from "../../../provider/resources/ruleKey";

const rule = (DomainName: string, AppName = "") => ({
  DomainName,
  AppName,
  TemplateId: 7,
  CreateTime: undefined,
  UpdateTime: undefined,
});

describe("the key of a rule", () => {
  const listed: [string, string, string][] = [
    ["push.example.com", "", "push.example.com"],
    ["push.example.com", "*", "push.example.com"],
    ["push.example.com", "live", "push.example.com/live"],
    ["PUSH.Example.com.", "Live", "push.example.com/Live"],
    ["推流.例子.中国", "", "xn--jzup7s.xn--fsqu00a.xn--fiqs8s"],
    // No binding can have this key, but the delete of its template must report it.
    ["not a domain", "live", "not a domain/live"],
  ];
  for (const [domain, app, key] of listed) {
    it(`is ${key} if it is listed as ${JSON.stringify([domain, app])}`, () => {
      expect(bindingKey(rule(domain, app))).to.equal(key);
    });
  }

  it("selects only the rule of its domain and app", () => {
    const rules = [rule("push.example.com", "live"), rule("PUSH.example.com", "*"), rule("b.example.com")];
    const found = (domainName: string, appName: string) =>
      rules.indexOf(findRule(rules, { domainName, appName }) as never);
    expect(found("push.example.com", "")).to.equal(1);
    expect(found("push.example.com", "live")).to.equal(0);
    expect(found("push.example.com", "Live")).to.equal(-1);
  });
});
