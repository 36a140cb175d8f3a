import { EMULATOR_CREDENTIALS } from "../../../emulator";
import { createProvider } from "../../../provider/hosts/dynamic";
import { configure } from "../cloud";

/** The JSON that the child prints after its operations. */
export interface ChildReport {
  /** The error messages of the operations. */
  failures: string[];
  /** The resources that keep the process alive, by Node's names. */
  waitsFor: string[];
}

/**
 * Reads two resources from the endpoint in the argument, with the given configuration, and prints a report.
 */
async function main(endpoint: string, config: Record<string, string>): Promise<void> {
  const environment = {
    TENCENTCLOUD_SECRET_ID: EMULATOR_CREDENTIALS.secretId,
    TENCENTCLOUD_SECRET_KEY: EMULATOR_CREDENTIALS.secretKey,
    TENCENTCLOUD_LIVE_ENDPOINT: endpoint,
  };
  const { callbackTemplate, domainBinding } = createProvider({ environment });
  configure(callbackTemplate, config);
  const failures: string[] = [];
  const note = (error: Error) => void failures.push(error.message);
  await callbackTemplate.read("1", {}).catch(note);
  await domainBinding.read("a.example.com", {}).catch(note);
  // Closed resources disappear in the next turns of the event loop.
  for (let turns = 0; turns < 3; turns++) await new Promise(setImmediate);
  const report: ChildReport = { failures, waitsFor: process.getActiveResourcesInfo() };
  process.stdout.write(JSON.stringify(report));
}

if (require.main === module) void main(process.argv[2] ?? "", JSON.parse(process.argv[3] ?? "{}"));
