// Packs the built plugin for releases: `npm run archive`, after `npm run build`. Install an archive with
// `pulumi plugin install resource tencentcloud-live v<version> --file <archive>`.

const { execFileSync } = require("node:child_process");
const { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { version } = require("../package.json");

const ROOT = join(__dirname, "..");
const NAME = "pulumi-resource-tencentcloud-live";
const SYSTEMS = ["linux", "darwin", "windows"].flatMap((system) =>
  ["amd64", "arm64"].map((arch) => ({ system, arch })),
);

/** Windows cannot start a script by its shebang line. */
const LAUNCHER = `@node "%~dp0${NAME}" %*\r\n`;

const folder = process.argv[2] ?? join(ROOT, "archives");
mkdirSync(folder, { recursive: true });
for (const { system, arch } of SYSTEMS) {
  const content = mkdtempSync(join(tmpdir(), "archive-"));
  for (const file of [NAME, "plugin.js", "LICENSES"]) cpSync(join(ROOT, "plugin", file), join(content, file));
  if (system === "windows") writeFileSync(join(content, `${NAME}.cmd`), LAUNCHER);
  const archive = join(folder, `${NAME}-v${version}-${system}-${arch}.tar.gz`);
  execFileSync("tar", ["-czf", archive, "-C", content, "."]);
  rmSync(content, { recursive: true });
  console.log(archive);
}
