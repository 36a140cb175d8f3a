import { EMULATOR_CREDENTIALS } from "../../../emulator";
import { createProvider } from "../../../provider/hosts/dynamic";
import { configure } from "../cloud";

/** Reads two resources from the endpoint given as argument, under the configuration given, and says when that is over. */
async function main(endpoint: string, config: Record<string, string>): Promise<void> {
  const environment = {
    TENCENTCLOUD_SECRET_ID: EMULATOR_CREDENTIALS.secretId,
    TENCENTCLOUD_SECRET_KEY: EMULATOR_CREDENTIALS.secretKey,
    TENCENTCLOUD_LIVE_ENDPOINT: endpoint,
  };
  const { callbackTemplate, domainBinding } = createProvider({ environment });
  configure(callbackTemplate, config);
  await callbackTemplate.read("1", {}).catch(() => {});
  await domainBinding.read("a.example.com", {}).catch(() => {});
  process.stdout.write("over\n");
}

void main(process.argv[2] ?? "", JSON.parse(process.argv[3] ?? "{}"));
