import { expect } from "chai";
import { parse } from "yaml";
import schema from "../../../provider/hosts/plugin/schema.json";
import { useEmulator } from "../../support/emulatorClient";
import { useExport } from "../../support/exportCommand";
import { ACCOUNTS } from "./accounts";

interface Resource {
  type: "tencentcloud-live:CallbackTemplate" | "tencentcloud-live:DomainBinding";
  name?: string;
  properties: Record<string, unknown>;
}

const READ = {
  CallbackTemplate: "tencentcloud-live:index:CallbackTemplate",
  DomainBinding: "tencentcloud-live:index:DomainBinding",
};

/** Reads a text like Pulumi: `$$` is `$`, and any other `${` begins a reference. */
function readByPulumi(text: string): string {
  return text.replaceAll(/\$\$|\$\{/g, (match) => (match === "$$" ? "$" : "<reference>"));
}

describe("tencentcloud-live export --format yaml", function () {
  this.timeout(30_000);
  const emulator = useEmulator({ dialect: { uniqueTemplateNames: false } });
  const { exportTo, filesIn } = useExport(emulator);
  const resourcesOf = async () => {
    await exportTo("p", "--format", "yaml");
    return parse(filesIn("p")["Pulumi.yaml"] ?? "").resources as Record<string, Resource>;
  };

  it("declares only properties in the schema of the native provider, with ASCII names", async () => {
    for (const fill of Object.values(ACCOUNTS)) fill(emulator);
    for (const [key, { type, properties }] of Object.entries(await resourcesOf())) {
      expect(key).to.match(/^[A-Za-z]\w*$/);
      const known = schema.resources[READ[type.slice(18) as keyof typeof READ] as keyof typeof schema.resources];
      expect(known.inputProperties).to.include.keys(Object.keys(properties));
    }
  });

  it("uses each key for only one resource or setting", async () => {
    for (const fill of Object.values(ACCOUNTS)) fill(emulator);
    await exportTo("p", "--format", "yaml");
    // The parser rejects a duplicate key.
    const { config, resources } = parse(filesIn("p")["Pulumi.yaml"] ?? "");
    expect(Object.keys(config).filter((key) => key in resources)).to.deep.equal([]);
    const { resources: imported } = JSON.parse(filesIn("p")["import.json"] ?? "");
    const names = imported.map(({ name }: { name: string }) => name);
    expect(new Set(names).size).to.equal(names.length);
  });

  it("preserves every text, even if YAML or Pulumi would interpret it", async () => {
    const texts = [
      ...["yes", "12", "a: b", "# no comment", "x #y", "- z", "line\u2028end", 'say "yes"', "直播"],
      ...["{x}", "$", "$$", "$HOME", `\${x}`, `$\${x}`, `$$\${x}`, "`x`", "it's", "a\\b", "x\u202ey"],
    ];
    const StreamBeginNotifyUrl = "https://hooks.example.com:8443/live/";
    for (const text of texts) emulator.putTemplate({ TemplateName: text, Description: text, StreamBeginNotifyUrl });
    const found = Object.values(await resourcesOf()).map(({ properties }) => properties);
    expect(found.map(({ description }) => readByPulumi(`${description}`))).to.deep.equal(texts);
    for (const one of found) {
      expect(one).to.include({ templateName: one["description"], streamBeginNotifyUrl: StreamBeginNotifyUrl });
    }
  });
});
