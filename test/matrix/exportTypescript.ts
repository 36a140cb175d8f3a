import { describeTypescriptExport } from "../support/pulumi/exportedAccount";

describeTypescriptExport("typescript", 300);
describeTypescriptExport("native-typescript", 300);
