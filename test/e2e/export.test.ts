import { join } from "node:path";
import {
  type Deployment,
  expectExport,
  expectNoWritesUntilDestroy,
  useConsoleAccount,
} from "../support/pulumi/exportedAccount";

const withoutAdopt = (program: string): string => program.replaceAll(/\n *(adopt: \d+,|\/\/ adopt .*\n)/g, "");

const DEPLOYMENTS: Readonly<Record<"typescript" | "native-typescript", Deployment>> = {
  typescript: { program: "index.ts", imports: false, withoutAdopt },
  "native-typescript": { program: "index.ts", imports: true, withoutAdopt },
};

describe("an account of 50 templates and 300 rules, exported", function () {
  this.timeout(600_000);
  const { start, ...started } = useConsoleAccount();

  for (const [format, deployment] of Object.entries(DEPLOYMENTS)) {
    it(`is taken over by ${format} without a write, and a destroy deletes exactly what was exported`, async () => {
      await start();
      const folder = join(started.project.folder, "account");
      await expectExport(format as keyof typeof DEPLOYMENTS, folder, started);
      await expectNoWritesUntilDestroy(folder, started, deployment);
    });
  }
});
