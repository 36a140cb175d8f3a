import { ALL_RULES } from "../support/consoleAccount";
import { describeTypescriptExports } from "../support/pulumi/exportedAccount";

describeTypescriptExports("an account of 50 templates and 300 rules, exported", ALL_RULES);
