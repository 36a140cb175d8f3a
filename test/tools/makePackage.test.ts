import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { makePackage } from "../../tools/makePackage";

const README = readFileSync(resolve(__dirname, "../../README.md"), "utf8");
const ADDRESS = "https://git.example.com/live/callbacks";
const LINKS = /\[[^\]]+\]\((?!https?:|#)[^)]+\)/;

describe("tools/makePackage.ts", function () {
  this.timeout(60_000);
  let scratch = "";
  before(() => {
    scratch = mkdtempSync(join(tmpdir(), "tencentcloud-live-make-"));
    makePackage(join(scratch, "without"), "");
    makePackage(join(scratch, "with"), ADDRESS);
  });
  after(() => rmSync(scratch, { recursive: true }));
  const read = (folder: string, name: string) => readFileSync(join(scratch, folder, name), "utf8");
  const manifest = (folder: string) => JSON.parse(read(folder, "package.json"));

  it("removes the fields that only the repository uses from the manifest", () => {
    expect(manifest("without")).to.include({ name: "pulumi-tencentcloud-live", type: "commonjs" });
    expect(manifest("without")).to.not.have.any.keys("private", "scripts", "devDependencies", "workspaces");
  });

  it("adds the repository, its page and its issues only if the address is known", () => {
    expect(manifest("without")).to.not.have.any.keys("repository", "homepage", "bugs");
    expect(manifest("with")).to.deep.include({
      repository: { type: "git", url: `git+${ADDRESS}.git` },
      homepage: `${ADDRESS}#readme`,
      bugs: `${ADDRESS}/issues`,
    });
  });

  it("replaces links in the README by paths if no repository completes them", () => {
    expect(README).to.match(LINKS);
    expect(read("without", "README.md").split(/^```/m)[0]).to.not.match(LINKS);
    expect(read("without", "README.md")).to.include("docs/errors.md").and.not.match(LINKS);
    expect(read("without", "docs/errors.md")).to.match(/^# /);
    expect(read("with", "README.md")).to.equal(README);
  });

  it("rejects an existing folder", () => {
    mkdirSync(join(scratch, "there"));
    expect(() => makePackage(join(scratch, "there"))).to.throw(/there exists: delete it, or choose another folder/);
  });
});
