import { describeTypescriptExport } from "../support/pulumi/exportedAccount";

// The engine rewrites its state after each step. test/matrix/exportTypescript.ts has 300 rules of each format.
// It also checks the types in each run. Here the lint does: it reads the programs in test/cli/export/golden/.
const environment = { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
describeTypescriptExport("typescript", 100, environment);
describeTypescriptExport("native-typescript", 30, environment);
