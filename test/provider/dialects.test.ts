import { dialectSwitches, type LiveDialect } from "../../emulator/dialect";
import { startLife } from "../model/dialectLife";
import { scenarios } from "../model/dialectScenarios";

/** Switches of which one decides what the other does, beside each alone. */
const PAIRS: readonly (readonly [why: string, ...dialects: Partial<LiveDialect>[]])[] = [
  [
    "what stands in the way of a second rule, and how that is told",
    { rulesPerDomain: "one", duplicateRule: "overwrite" },
    { rulesPerDomain: "one", duplicateRuleCode: "InternalError" },
    { rulesPerDomain: "one", duplicateRuleCode: "InvalidParameter" },
  ],
  [
    "which rule a whole domain has, and what it is found by",
    { appNameEmptyReads: "null", duplicateRule: "overwrite" },
    { appNameEmptyReads: "missing", duplicateRule: "overwrite" },
    { appNameEmptyReads: "star", duplicateRule: "overwrite" },
    { appNameEmptyReads: "star", rulesPerDomain: "one" },
    { appNameEmpty: "refused", rulesPerDomain: "one" },
  ],
  [
    "whether a cleared field is gone, and how that can be seen",
    { emptyStringClears: false, omittedKeeps: false },
    { emptyStringClears: false, recordStatusReturned: true },
    { emptyStringClears: false, apiModel: "older" },
    { emptyStringClears: false, unsetReads: "missing" },
    { recordStatusReturned: true, unsetReads: "null" },
    { recordStatusReturned: true, unsetReads: "missing" },
  ],
  [
    "a Modify that has to leave fields out for an endpoint that does not know them",
    { omittedKeeps: false, apiModel: "older" },
    { unsetReads: "null", apiModel: "older" },
    { recordStatusReturned: true, apiModel: "older" },
  ],
  [
    "levels, of which a reader cannot tell whether they are unset or spelt otherwise",
    { levelSpelling: "alarm", omittedKeeps: false },
    { levelSpelling: "alarm", unsetReads: "missing" },
  ],
  [
    "codes that one action uses for two things",
    { bindDomainCode: "InvalidParameter.ConfNotFound", bindTemplateNotFoundCode: "InvalidParameter.ConfNotFound" },
    { duplicateRuleCode: "InvalidParameter", bindDomainCode: "InvalidParameter" },
    { bindChecksDomain: "enabledPush", bindDomainCode: "InvalidParameter.DomainFormatError" },
    { bindChecksDomain: "nothing", domainNotFoundCode: "InternalError.DomainNotExist" },
  ],
  [
    "a template that is in use, or gone",
    { inUseCode: "InternalError.ConfInUsed", templateNotFoundCode: "InternalError.NotFound" },
    { inUseEnforced: false, ruleNotFoundCode: "InternalError.RuleNotFound" },
  ],
  [
    "limits of names, for templates of one name",
    { uniqueTemplateNames: true, emptyStringClears: false },
    { uniqueTemplateNames: true, nameCharsetEnforced: false },
  ],
];

const name = (dialect: Partial<LiveDialect>): string =>
  Object.entries(dialect)
    .map(([key, value]) => `${key}: ${value}`)
    .join(", ");

describe(`the lifecycle (${Object.keys(scenarios).length} scenarios) under the dialects of the API`, () => {
  const holdsUnder = (dialect: Partial<LiveDialect>): void => {
    it(name(dialect) || "all defaults", async () => {
      const life = await startLife(dialect);
      try {
        for (const [title, scenario] of Object.entries(scenarios)) {
          life.cloud.reset();
          await scenario(life).catch((error: Error) => {
            throw new Error(`${title}: ${error.message}`, { cause: error });
          });
        }
      } finally {
        await life.cloud.close();
      }
    });
  };

  holdsUnder({});
  for (const [key, [, ...others]] of Object.entries(dialectSwitches)) {
    for (const value of others) holdsUnder({ [key]: value });
  }
  for (const [why, ...dialects] of PAIRS) {
    describe(`of two switches that interact: ${why}`, () => {
      for (const dialect of dialects) holdsUnder(dialect);
    });
  }
});
