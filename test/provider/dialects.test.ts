import { dialectSwitches, type LiveDialect } from "../../emulator/dialect";
import { startLife } from "../model/dialectLife";
import { scenarios } from "../model/dialectScenarios";
import { underOneHost } from "../support/cloud";

/** Switches that interact, tested in combination in addition to each alone. */
const PAIRS: readonly (readonly [why: string, ...dialects: Partial<LiveDialect>[]])[] = [
  [
    "the limit of rules per domain, and the error for a second rule",
    { rulesPerDomain: "one", duplicateRule: "overwrite" },
    { rulesPerDomain: "one", duplicateRuleCode: "InternalError" },
    { rulesPerDomain: "one", duplicateRuleCode: "InvalidParameter" },
  ],
  [
    "the rule of a whole domain, and the name under which it is listed",
    { appNameEmptyReads: "null", duplicateRule: "overwrite" },
    { appNameEmptyReads: "missing", duplicateRule: "overwrite" },
    { appNameEmptyReads: "star", duplicateRule: "overwrite" },
    { appNameEmptyReads: "star", rulesPerDomain: "one" },
    { appNameEmpty: "refused", rulesPerDomain: "one" },
  ],
  [
    "the effect of clearing a field, and how a read shows it",
    { emptyStringClears: false, omittedKeeps: false },
    { emptyStringClears: false, recordStatusReturned: true },
    { emptyStringClears: false, apiModel: "older" },
    { emptyStringClears: false, unsetReads: "missing" },
    { recordStatusReturned: true, unsetReads: "null" },
    { recordStatusReturned: true, unsetReads: "missing" },
  ],
  [
    "a Modify without the fields that the endpoint does not support",
    { omittedKeeps: false, apiModel: "older" },
    { unsetReads: "null", apiModel: "older" },
    { recordStatusReturned: true, apiModel: "older" },
  ],
  [
    "levels that may be unset or spelled differently",
    { levelSpelling: "alarm", omittedKeeps: false },
    { levelSpelling: "alarm", unsetReads: "missing" },
  ],
  [
    "a code that one action returns for two reasons",
    { bindDomainCode: "InvalidParameter.ConfNotFound", bindTemplateNotFoundCode: "InvalidParameter.ConfNotFound" },
    { duplicateRuleCode: "InvalidParameter", bindDomainCode: "InvalidParameter" },
    { bindChecksDomain: "enabledPush", bindDomainCode: "InvalidParameter.DomainFormatError" },
    { bindChecksDomain: "nothing", domainNotFoundCode: "InternalError.DomainNotExist" },
  ],
  [
    "a template that is in use or deleted",
    { inUseCode: "InternalError.ConfInUsed", templateNotFoundCode: "InternalError.NotFound" },
    { inUseEnforced: false, ruleNotFoundCode: "InternalError.RuleNotFound" },
  ],
  [
    "limits of names, for templates with the same name",
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
    it(`passes with ${name(dialect) || "all defaults"}`, async () => {
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
  underOneHost(() => {
    for (const [why, ...dialects] of PAIRS) {
      describe(`with interacting switches: ${why}`, () => {
        for (const dialect of dialects) holdsUnder(dialect);
      });
    }
  });
});
