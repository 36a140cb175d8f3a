import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix, resolve } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { scripts } from "../package.json";

const ROOT = resolve(__dirname, "..");
const RULES = join(ROOT, ".dependency-cruiser.cjs");
const DEPCRUISE = join(ROOT, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");

/** The folders that `npm run lint` checks. */
const FOLDERS = /depcruise ([a-z ]+)/.exec(scripts.lint)?.[1]?.split(" ") ?? [];

/** An import: the rule that rejects it, its file, the imported file, and whether it is a type import. */
type Planted = [rule: string, from: string, to: string, kind?: "type"];

const REFUSED: Planted[] = [
  ["pulumi-only-in-hosts-and-sdk", "provider/deployment.ts", "@pulumi/pulumi", "type"],
  ["pulumi-only-in-hosts-and-sdk", "provider/resources/callbackTemplate/index.ts", "@pulumi/pulumi", "type"],
  ["pulumi-only-in-hosts-and-sdk", "receiver/index.ts", "@pulumi/pulumi"],
  ["pulumi-only-in-hosts-and-sdk", "emulator/index.ts", "@pulumi/pulumi"],
  ["pulumi-only-in-hosts-and-sdk", "cli/main.ts", "@pulumi/pulumi"],
  ["provider-knows-nothing-above-it", "provider/lifecycle.ts", "sdk/index.ts", "type"],
  ["provider-knows-nothing-above-it", "provider/hosts/dynamic/index.ts", "receiver/index.ts"],
  ["provider-knows-nothing-above-it", "provider/api/clock.ts", "emulator/index.ts"],
  ["provider-knows-nothing-above-it", "provider/redaction.ts", "cli/main.ts"],
  ["sdk-does-not-load-the-provider", "sdk/index.ts", "provider/deployment.ts"],
  ["sdk-does-not-load-the-provider", "sdk/dynamic/providerStub.ts", "provider/hosts/dynamic/index.ts"],
  ["sdk-does-not-load-the-provider", "sdk/configuration.ts", "provider/settings/index.ts"],
  ["sdk-knows-only-the-provider", "sdk/index.ts", "receiver/index.ts", "type"],
  ["sdk-knows-only-the-provider", "sdk/index.ts", "emulator/index.ts", "type"],
  ["sdk-knows-only-the-provider", "sdk/index.ts", "cli/main.ts", "type"],
  ["classes-of-a-host-know-no-other", "sdk/native/callbackTemplate.ts", "sdk/dynamic/owner.ts"],
  ["classes-of-a-host-know-no-other", "sdk/dynamic/domainBinding.ts", "sdk/native/version.ts", "type"],
  ["receiver-stands-alone", "receiver/index.ts", "provider/api/signature.ts", "type"],
  ["receiver-stands-alone", "receiver/http/readBody.ts", "emulator/index.ts"],
  ["receiver-stands-alone", "receiver/http/readBody.ts", "sdk/index.ts"],
  ["receiver-stands-alone", "receiver/http/readBody.ts", "cli/main.ts"],
  ["emulator-shares-only-the-wire-format", "emulator/index.ts", "provider/api/errors.ts", "type"],
  ["emulator-shares-only-the-wire-format", "emulator/live/rules.ts", "provider/redaction.ts"],
  ["emulator-stands-alone", "emulator/index.ts", "sdk/index.ts"],
  ["emulator-stands-alone", "emulator/index.ts", "receiver/index.ts", "type"],
  ["emulator-stands-alone", "emulator/events/post.ts", "cli/main.ts"],
  ["shipped-code-needs-no-development-code", "provider/memoize.ts", "test/support/cloud.ts", "type"],
  ["shipped-code-needs-no-development-code", "sdk/dynamic/owner.ts", "examples/quickstart/index.ts"],
  ["shipped-code-needs-no-development-code", "emulator/options.ts", "bench/measure.ts"],
  ["shipped-code-needs-no-development-code", "cli/send.ts", "tools/pulumi.ts"],
  ["http-only-in-the-api-client", "provider/credentials/role.ts", "axios", "type"],
  ["http-only-in-the-api-client", "cli/send.ts", "axios"],
  ["http-only-in-the-api-client", "tools/probe/account.ts", "axios"],
  ["contract-is-plain-data", "provider/api/contract/live.ts", "provider/api/errors.ts"],
  ["contract-is-plain-data", "provider/api/contract/events.ts", "provider/redaction.ts", "type"],
  ["only-hosts-name-resources", "provider/api/client.ts", "provider/resources/domainBinding/rules.ts"],
  ["core-knows-no-host", "provider/api/client.ts", "provider/hosts/dynamic/index.ts"],
  ["api-stands-below-the-rest", "provider/api/client.ts", "provider/credentials/role.ts"],
  ["api-stands-below-the-rest", "provider/api/client.ts", "provider/settings/index.ts", "type"],
  ["api-stands-below-the-rest", "provider/api/lists.ts", "provider/connection.ts"],
  ["api-stands-below-the-rest", "provider/api/lists.ts", "provider/deployment.ts", "type"],
  ["api-stands-below-the-rest", "provider/api/lists.ts", "provider/lifecycle.ts"],
  ["api-stands-below-the-rest", "provider/api/lists.ts", "provider/validation.ts"],
  ["only-hosts-name-resources", "provider/credentials/role.ts", "provider/resources/domainBinding/rules.ts"],
  ["core-knows-no-host", "provider/credentials/role.ts", "provider/hosts/dynamic/index.ts", "type"],
  ["credentials-stand-below-operations", "provider/credentials/role.ts", "provider/deployment.ts"],
  ["only-hosts-name-resources", "provider/settings/keys.ts", "provider/resources/callbackTemplate/inputs.ts"],
  ["core-knows-no-host", "provider/settings/keys.ts", "provider/hosts/dynamic/index.ts"],
  ["settings-stand-below-credentials", "provider/settings/keys.ts", "provider/credentials/role.ts", "type"],
  ["core-knows-no-host", "provider/resources/domainBinding/index.ts", "provider/hosts/dynamic/index.ts"],
  ["core-knows-no-host", "provider/redaction.ts", "provider/hosts/dynamic/stackHost.ts", "type"],
  ["hosts-know-no-other", "provider/hosts/environment/index.ts", "provider/hosts/dynamic/stackHost.ts"],
  ["only-hosts-name-resources", "provider/lifecycle.ts", "provider/resources/domainBinding/index.ts", "type"],
  ["contract-needs-only-zod", "provider/api/contract/events.ts", "axios"],
  ["commands-run-without-pulumi", "cli/main.ts", "sdk/index.ts", "type"],
  ["pulumi-only-in-hosts-and-sdk", "provider/memoize.ts", "@grpc/grpc-js"],
  [
    "resources-keep-their-internals",
    "provider/resources/domainBinding/index.ts",
    "provider/resources/callbackTemplate/inputs.ts",
  ],
  [
    "resources-keep-their-internals",
    "provider/resources/callbackTemplate/claims.ts",
    "provider/resources/domainBinding/claims.ts",
    "type",
  ],
  ["tools-and-benchmarks-need-no-tests", "tools/demo/main.ts", "test/support/cloud.ts"],
  ["tools-and-benchmarks-need-no-tests", "bench/main.ts", "test/support/cloud.ts", "type"],
  ["no-unresolved-import", "test/lost.test.ts", "provider/missing.ts", "type"],
];

const ALLOWED: Planted[] = [
  ["", "provider/hosts/dynamic/other.ts", "@pulumi/pulumi"],
  ["", "sdk/dynamic/callbackTemplate.ts", "@pulumi/pulumi"],
  ["", "sdk/dynamic/callbackTemplate.ts", "provider/hosts/dynamic/other.ts", "type"],
  ["", "sdk/dynamic/callbackTemplate.ts", "provider/api/contract/limits.ts"],
  ["", "sdk/dynamic/callbackTemplate.ts", "provider/settings/names.ts", "type"],
  ["", "sdk/dynamic/callbackTemplate.ts", "provider/suggestion.ts"],
  ["", "sdk/native/callbackTemplate.ts", "sdk/native/version.ts"],
  ["", "sdk/native/callbackTemplate.ts", "sdk/bindTo.ts"],
  ["", "receiver/dispatch/options.ts", "provider/api/contract/events.ts"],
  ["", "emulator/http/server.ts", "provider/api/contract/hosts.ts"],
  ["", "emulator/http/server.ts", "provider/api/signature.ts"],
  ["", "provider/api/transport.ts", "axios"],
  ["", "tools/probe/wire.ts", "axios"],
  ["", "provider/resources/callbackTemplate/create.ts", "provider/resources/callbackTemplate/claims.ts"],
  ["", "provider/resources/callbackTemplate/create.ts", "provider/resources/account.ts"],
  ["", "cli/verify.ts", "receiver/verifyCallback.ts"],
  ["", "test/any.test.ts", "tools/pulumi.ts"],
];

/** A tree of files in a temporary folder. */
class PlantedTree {
  readonly folder = mkdtempSync(join(tmpdir(), "tencentcloud-live-"));
  readonly #files = new Map<string, string[]>();

  plant([, from, to, kind]: Planted): void {
    const isFile = to.endsWith(".ts");
    const path = posix.relative(posix.dirname(from), to.replace(/\.ts$/, ""));
    const specifier = isFile ? path.replace(/^(?!\.)/, "./") : to;
    this.#file(from).push(`import ${kind ?? ""} * as m${this.#file(from).length} from "${specifier}";`);
    if (isFile && !to.includes("missing")) this.#file(to);
  }

  #file(path: string): string[] {
    const lines = this.#files.get(path) ?? [];
    this.#files.set(path, lines);
    return lines;
  }

  write(): void {
    for (const [path, lines] of this.#files) this.#write(path, `${lines.join("\n")}\nexport const value = 1;\n`);
    for (const folder of FOLDERS) mkdirSync(join(this.folder, folder), { recursive: true });
    for (const name of ["@pulumi/pulumi", "@grpc/grpc-js", "axios"]) {
      this.#write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: "index.js" }));
      this.#write(`node_modules/${name}/index.js`, "");
    }
  }

  #write(path: string, text: string): void {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  close(): void {
    rmSync(this.folder, { recursive: true });
  }
}

interface Violation {
  rule: { name: string };
  from: string;
  to: string;
}

const cruise = (folder: string, ...options: string[]) =>
  promisify(execFile)(process.execPath, [DEPCRUISE, "--config", RULES, ...options, ...FOLDERS], {
    cwd: folder,
    maxBuffer: 64 * 1024 * 1024,
  });

/** Returns the violations in a tree, as `rule: file -> imported file`. */
async function violations(folder: string): Promise<string[]> {
  const { stdout } = await cruise(folder, "--output-type", "json");
  const { summary } = JSON.parse(stdout) as { summary: { violations: Violation[] } };
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);
}

/** Returns the violations in a tree with only these imports. */
async function violationsOf(imports: Planted[]): Promise<string[]> {
  const tree = new PlantedTree();
  try {
    for (const one of imports) tree.plant(one);
    tree.write();
    return await violations(tree.folder);
  } finally {
    tree.close();
  }
}

describe("the import rules", function () {
  this.timeout(60_000);

  it("hold in the whole tree", async () => {
    expect(await violations(ROOT)).to.deep.equal([]);
  });

  it("report exactly the planted imports", async () => {
    const resolved = (rule: string, to: string) => {
      if (to.endsWith(".ts")) return rule === "no-unresolved-import" ? "../provider/missing" : to;
      return `node_modules/${to}/index.js`;
    };
    // Some of the imports form cycles together.
    const found = (await violationsOf([...REFUSED, ...ALLOWED])).filter((one) => !one.startsWith("no-circle: "));
    const wanted = REFUSED.map(([rule, from, to]) => `${rule}: ${from} -> ${resolved(rule, to)}`);
    expect(found.sort()).to.deep.equal(wanted.sort());
  });

  it("report a planted cycle of two or three files, even if a type import closes it", async () => {
    const found = await violationsOf([
      ["", "emulator/live/rules.ts", "emulator/live/templates.ts"],
      ["", "emulator/live/templates.ts", "emulator/live/rules.ts", "type"],
      ["", "test/support/a.ts", "test/support/b.ts", "type"],
      ["", "test/support/b.ts", "test/support/c.ts", "type"],
      ["", "test/support/c.ts", "test/support/a.ts", "type"],
      ["", "test/any.test.ts", "test/support/a.ts"],
    ]);
    const circles = ["emulator/live/rules.ts -> emulator/live/templates.ts", "test/support/a.ts -> test/support/b.ts"];
    expect(found).to.include.members(circles.map((circle) => `no-circle: ${circle}`));
    expect(found.filter((one) => !one.startsWith("no-circle: "))).to.deep.equal([]);
  });

  it("make the command of npm run lint fail", async () => {
    const tree = new PlantedTree();
    try {
      tree.plant(["", "receiver/index.ts", "emulator/index.ts"]);
      tree.write();
      const failure = await cruise(tree.folder).then(
        () => undefined,
        (error: { code: number; stdout: string }) => error,
      );
      expect(failure?.code).to.equal(1);
      expect(failure?.stdout).to.contain("receiver-stands-alone: receiver/index.ts → emulator/index.ts");
    } finally {
      tree.close();
    }
  });

  it("are each tested with an import that they report", () => {
    const { forbidden } = require(RULES) as { forbidden: { name: string }[] };
    const planted = new Set(REFUSED.map(([rule]) => rule)).add("no-circle");
    expect(forbidden.map(({ name }) => name)).to.have.members([...planted]);
  });
});
