import { EMULATOR_CREDENTIALS } from "../../../emulator";
import { createProvider } from "../../../provider/hosts/dynamic";
import { configure } from "../cloud";

/** What the child prints as JSON when its operations are over. */
export interface ChildReport {
  /** The messages that the operations failed with. */
  failures: string[];
  /** What keeps the process from ending, by Node's names for it. */
  waitsFor: string[];
}

/** Reads two resources from the endpoint given as argument, under the configuration given, and reports when that is over. */
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
  // What is closed is gone with the next turns.
  for (let turns = 0; turns < 3; turns++) await new Promise(setImmediate);
  const report: ChildReport = { failures, waitsFor: process.getActiveResourcesInfo() };
  process.stdout.write(JSON.stringify(report));
}

if (require.main === module) void main(process.argv[2] ?? "", JSON.parse(process.argv[3] ?? "{}"));
