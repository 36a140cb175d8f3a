import { expect } from "chai";
import { type Properties, UNKNOWN } from "../../../../provider/properties";
import { canonicalTemplate } from "../../../../provider/resources/callbackTemplate/canonical";
import { checkCallbackTemplate } from "../../../../provider/resources/callbackTemplate/inputs";

const URL_A = "https://a.example.com/hook";
const KEY = "secretkey";

/** Returns the canonical inputs of a template with one URL and these. Fails the test if they are rejected. */
function template(news: Properties, olds: Properties = {}): Record<string, unknown> {
  const { inputs, failures } = checkCallbackTemplate(olds, {
    templateName: "hooks",
    streamBeginNotifyUrl: URL_A,
    ...news,
  });
  expect(failures).to.deep.equal([]);
  return inputs;
}

function templateReasons(news: Properties, olds: Properties = {}): string[] {
  return checkCallbackTemplate(olds, { templateName: "hooks", streamBeginNotifyUrl: URL_A, ...news }).failures.map(
    ({ reason }) => String(reason),
  );
}

const canonical = { templateName: "hooks", streamBeginNotifyUrl: URL_A, callbackKey: "" };

describe("the check of a callback template (L20)", () => {
  it("returns the properties that are set, and always the key", () => {
    expect(template({})).to.deep.equal(canonical);
    const empty = {
      description: "",
      callbackKey: null,
      streamEndNotifyUrl: "",
      recordExceptionLevels: null,
      adopt: false,
    };
    expect(template(empty)).to.deep.equal(canonical);
    expect(template({ callbackKey: KEY, description: "d", adopt: 7 })).to.deep.equal({
      ...{ ...canonical, callbackKey: KEY, description: "d", adopt: 7 },
    });
  });

  const accepted: [string, string, unknown][] = [
    ["a name of 30 characters", "templateName", "a".repeat(30)],
    ["a name of 30 Chinese characters", "templateName", "直".repeat(30)],
    ["a name of 30 characters beyond the basic plane", "templateName", "𠀀".repeat(30)],
    ["all characters that the console allows", "templateName", "直播_Hooks-9"],
    ["a description of 100 characters", "description", "描".repeat(100)],
    ["a key of 32 characters", "callbackKey", `${"Ab9".repeat(10)}xy`],
    ["a plain http URL with port, query and user info", "recordNotifyUrl", "http://u:p@10.0.0.1:8080/a?b=c#d"],
    ["a URL with an international host", "recordNotifyUrl", "https://例子.中国/钩"],
    ["a URL in upper case", "recordNotifyUrl", "HTTPS://A.EXAMPLE.COM"],
    ["adoption by name", "adopt", true],
  ];
  for (const [title, name, value] of accepted) {
    it(`accepts ${title} unchanged`, () => {
      expect(template({ [name]: value })).to.deep.equal({ ...canonical, [name]: value });
    });
  }

  const NAME = "templateName must be 1 to 30 Chinese characters, letters, digits, _ and -; given: ";
  const DESCRIPTION = "description must be 1 to 100 Chinese characters, letters, digits, _ and -; given: ";
  const HOOK = "recordNotifyUrl must be an absolute http or https URL with a host and without spaces; given: ";
  const LEVELS =
    "recordExceptionLevels must be a list with one or more of error, warning (or alarm, the console's word for it) and info; given: ";
  const ADOPT = "adopt must be true, false or the id of a template (a positive integer); given: ";
  const rejected: [string, string, unknown, string][] = [
    ["a name of 31 characters", "templateName", "a".repeat(31), `${NAME}"${"a".repeat(31)}"`],
    ["a name of 31 Chinese characters", "templateName", "直".repeat(31), `${NAME}"${"直".repeat(31)}"`],
    ["a name with a space", "templateName", "my hooks", `${NAME}"my hooks"`],
    ["a name with a dot", "templateName", "a.b", `${NAME}"a.b"`],
    ["a name with an accented letter", "templateName", "é", `${NAME}"é"`],
    ["a name with a line break", "templateName", "a\n", `${NAME}"a\\n"`],
    ["a number as the name", "templateName", 5, `${NAME}5`],
    [
      "a description of 101 characters",
      "description",
      "d".repeat(101),
      `${DESCRIPTION}"${"d".repeat(60)}"… (101 characters)`,
    ],
    [
      "a key of 33 characters",
      "callbackKey",
      "k".repeat(33),
      "callbackKey must be at most 32 letters and digits; given: 33 characters (not shown)",
    ],
    [
      "a key with a dash",
      "callbackKey",
      "a-b",
      "callbackKey must be at most 32 letters and digits; given: 3 characters, some of them neither a letter nor a digit (not shown)",
    ],
    ["a URL without scheme", "recordNotifyUrl", "a.example.com/hook", `${HOOK}"a.example.com/hook"`],
    ["a URL with another scheme", "recordNotifyUrl", "ftp://a.example.com", `${HOOK}"ftp://a.example.com"`],
    [
      "a URL with another scheme before http",
      "recordNotifyUrl",
      "ftp://http://a.example.com",
      `${HOOK}"ftp://http://a.example.com"`,
    ],
    ["a URL without host", "recordNotifyUrl", "http:///hook", `${HOOK}"http:///hook"`],
    ["a URL with a space", "recordNotifyUrl", "http://a.example.com/a b", `${HOOK}"http://a.example.com/a b"`],
    [
      "a URL with an impossible port",
      "recordNotifyUrl",
      "http://a.example.com:99999",
      `${HOOK}"http://a.example.com:99999"`,
    ],
    ["an unknown level", "recordExceptionLevels", ["fatal"], `${LEVELS}["fatal"]`],
    ["an empty list of levels", "recordExceptionLevels", [], `${LEVELS}[]`],
    ["levels that are not a list", "recordExceptionLevels", "error", `${LEVELS}"error"`],
    ["the id 0 to adopt", "adopt", 0, `${ADOPT}0`],
    ["a fractional id to adopt", "adopt", 1.5, `${ADOPT}1.5`],
  ];
  for (const [title, name, value, reason] of rejected) {
    it(`rejects ${title} with the limit`, () => {
      expect(templateReasons({ recordExceptionNotifyUrl: URL_A, [name]: value })).to.deep.equal([reason]);
    });
  }

  it("sorts levels, removes duplicates, treats alarm as warning, and defaults to error", () => {
    const levels = (recordExceptionLevels?: string[]) =>
      template({ recordExceptionNotifyUrl: URL_A, recordExceptionLevels })["recordExceptionLevels"];
    expect(levels()).to.deep.equal(["error"]);
    expect(levels(["warning", "info", "alarm", "error", "info"])).to.deep.equal(["error", "info", "warning"]);
  });

  it("rejects levels without their URL, and a template without any URL", () => {
    expect(templateReasons({ recordExceptionLevels: ["info"] })).to.deep.equal([
      'recordExceptionLevels must come with recordExceptionNotifyUrl; given: ["info"] without that URL',
    ]);
    const [reason, ...more] = templateReasons({ streamBeginNotifyUrl: "" });
    expect(reason).to.match(
      /^at least one callback URL must be set: streamBeginNotifyUrl, .*, audioAuditNotifyUrl; given: none$/,
    );
    expect(more).to.deep.equal([]);
  });

  it("keeps unknown values in every property, including the only URL and the levels (P2)", () => {
    const unknowns = { templateName: UNKNOWN, streamBeginNotifyUrl: UNKNOWN, callbackKey: UNKNOWN, adopt: UNKNOWN };
    expect(template(unknowns)).to.deep.equal(unknowns);
    const levels = { recordExceptionNotifyUrl: UNKNOWN, recordExceptionLevels: [UNKNOWN, "info"] };
    expect(template(levels)).to.deep.equal({ ...canonical, ...levels });
  });

  it("treats empty levels from the API as the default if their URL is set", () => {
    const read = { recordExceptionNotifyUrl: URL_A, recordExceptionLevels: [] };
    expect(canonicalTemplate(read).recordExceptionLevels).to.deep.equal(["error"]);
    expect(canonicalTemplate({ ...read, recordExceptionNotifyUrl: "" })).to.deep.equal({ callbackKey: "" });
  });

  it("suggests the closest name for a mistyped property", () => {
    expect(templateReasons({ streamBeginNotifyURL: URL_A, recordUrl: URL_A, zzz: 1 })).to.have.members([
      "streamBeginNotifyURL is not a property of this resource; did you mean streamBeginNotifyUrl?",
      "recordUrl is not a property of this resource",
      "zzz is not a property of this resource",
    ]);
  });

  it("suggests a name regardless of case, but never a property that only the constructor sets", () => {
    expect(templateReasons({ STREAMENDNOTIFYURL: URL_A, automaticNam: "a", templatename: "a" })).to.have.members([
      "STREAMENDNOTIFYURL is not a property of this resource; did you mean streamEndNotifyUrl?",
      "automaticNam is not a property of this resource",
      "templatename is not a property of this resource; did you mean templateName?",
    ]);
  });

  it("returns rejected inputs unchanged", () => {
    const news = { templateName: "a b", adopt: false, description: "" };
    expect(checkCallbackTemplate({}, news).inputs).to.deep.equal(news);
  });

  it("applies only the API's limits in bytes to an adopted template", () => {
    const adopted = { adopt: true, templateName: "é ".repeat(85), description: "d".repeat(1024) };
    expect(template(adopted)).to.deep.equal({ ...canonical, ...adopted });
    expect(templateReasons({ adopt: false, templateName: "é ".repeat(85) })).to.have.length(1);
    expect(templateReasons({ adopt: 7, templateName: "直".repeat(86), description: "d".repeat(1025) })).to.deep.equal([
      `templateName must be at most 255 bytes; given: "${"直".repeat(60)}"… (86 characters)`,
      `description must be at most 1024 bytes; given: "${"d".repeat(60)}"… (1025 characters)`,
    ]);
  });

  it("accepts a name and a description outside the limits only if the template already has them", () => {
    const olds = { templateName: "made elsewhere!", description: "this is demo" };
    expect(template(olds, olds)).to.deep.equal({ ...canonical, ...olds });
    expect(templateReasons({ ...olds, description: "this is new" }, olds)).to.have.length(1);
    expect(templateReasons(olds, {})).to.have.length(2);
  });

  it("uses the automatic name only if the program gives no name", () => {
    const named = (templateName: string, autoName?: string) =>
      checkCallbackTemplate({}, { templateName, streamBeginNotifyUrl: URL_A }, autoName);
    expect(named("", "hooks-0000002").inputs["templateName"]).to.equal("hooks-0000002");
    expect(named("explicit", "hooks-0000002").inputs["templateName"]).to.equal("explicit");
    expect(named("").failures[0]?.reason).to.match(/^templateName is missing/);
  });

  it("returns an unknown name for a new template, and none for an existing nameless one, if adopt is unknown", () => {
    const news = { streamBeginNotifyUrl: URL_A, adopt: UNKNOWN };
    expect(checkCallbackTemplate({}, news, "hooks-0000002").inputs["templateName"]).to.equal(UNKNOWN);
    expect(checkCallbackTemplate(news, news, "hooks-0000002").inputs["templateName"]).to.equal(undefined);
  });

  it("names the property to change with each failure, or no property if several could be changed", () => {
    const wrong: [string, Properties][] = [
      ["adopt", { templateName: undefined, adopt: true }],
      ["adoptOverwrite", { adoptOverwrite: true }],
      ["recordExceptionLevels", { recordExceptionLevels: UNKNOWN }],
      ["", { streamBeginNotifyUrl: undefined }],
    ];
    for (const [property, news] of wrong) {
      const given = { templateName: "hooks", streamBeginNotifyUrl: URL_A, ...news };
      const { failures } = checkCallbackTemplate({}, given, "hooks-0000002");
      expect(failures.map((failure) => failure.property)).to.deep.equal([property]);
    }
  });
});
