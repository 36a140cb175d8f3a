import { describeTypescriptExport } from "../support/pulumi/exportedAccount";

// The engine rewrites its state after each step. test/matrix/exportTypescript.ts has 300 rules of each format.
describeTypescriptExport("typescript", 100);
describeTypescriptExport("native-typescript", 30);
