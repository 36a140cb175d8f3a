import { describeTypescriptExports } from "../support/pulumi/exportedAccount";

// The engine rewrites its state after each step. test/matrix/exportTypescript.ts has 300 rules.
describeTypescriptExports("an account of 50 templates and 100 rules, exported", 96);
