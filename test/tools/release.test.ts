import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { version } from "../../package.json";
import { checkRelease, makeRelease } from "../../tools/release";
import { isOffline } from "../support/package/outside";

const repository = "https://git.example.com/live/callbacks";
const tag = `v${version}`;
const changelog = `# Changelog\n\n## ${version}\n\n- One.\n- Two.\n\n## 0.0.1\n\n- Zero.\n`;

describe("tools/release.ts", function () {
  this.timeout(120_000);

  it("uses the section of the version in the changelog as the notes", () => {
    expect(checkRelease({ tag, changelog, repository })).to.equal("- One.\n- Two.\n");
    const dated = changelog.replace(version, `${version} (2026-01-02)`);
    expect(checkRelease({ tag, changelog: dated, repository })).to.equal("- One.\n- Two.\n");
  });

  it("reports in one line the missing precondition of a release", () => {
    const good = { tag, changelog, repository };
    const reasons: [change: Partial<typeof good>, reason: string][] = [
      [{ tag: "v9.9.9" }, `the tag is v9.9.9, but package.json has the version ${version}`],
      [{ repository: "" }, "set REPOSITORY in tools/makePackage.ts: npm compares it with the origin"],
      [{ changelog: "## Unreleased\n" }, `change the title "Unreleased" in CHANGELOG.md to ${version}`],
      [{ changelog: "## 0.0.1\n" }, `CHANGELOG.md has no section ${version}`],
    ];
    for (const [change, reason] of reasons) {
      expect(() => checkRelease({ ...good, ...change })).to.throw(reason);
    }
  });

  it("creates the package, the bill of materials of its installation, and an archive for each system", function () {
    const folder = mkdtempSync(join(tmpdir(), "tencentcloud-live-release-"));
    try {
      try {
        makeRelease(folder, repository);
      } catch (error) {
        // The bill of materials lists versions from a registry.
        if (isOffline((error as Error).message)) this.skip();
        throw error;
      }
      const files = readdirSync(folder).map((name) => name.replace(version, "<version>"));
      expect(files).to.have.members([
        ...["pulumi-tencentcloud-live", "pulumi-tencentcloud-live-<version>.cdx.json"],
        ...["linux", "darwin", "windows"].flatMap((system) =>
          ["amd64", "arm64"].map((arch) => `pulumi-resource-tencentcloud-live-v<version>-${system}-${arch}.tar.gz`),
        ),
      ]);
      const bill = readFileSync(join(folder, `pulumi-tencentcloud-live-${version}.cdx.json`), "utf8");
      const { bomFormat, metadata, components } = JSON.parse(bill);
      expect([bomFormat, metadata.component.name]).to.deep.equal(["CycloneDX", "pulumi-tencentcloud-live"]);
      const names = components.map(({ name, group }: { name: string; group?: string }) =>
        [group, name].filter(Boolean).join("/"),
      );
      expect(names).to.include.members(["@noble/hashes", "axios", "zod"]).and.not.include("@pulumi/pulumi");
      expect(readdirSync(join(folder, "pulumi-tencentcloud-live")))
        .to.include("package.json")
        .and.not.include("package-lock.json");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
