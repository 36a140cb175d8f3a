import { expect } from "chai";
import { problemOf } from "./documentedCommands";
import { anchorsIn, linksIn } from "./markdown";
import { commandsOf } from "./shellWords";

const pulumi = new Map([
  ["up", new Set(["--yes"])],
  ["config", new Set<string>()],
  ["config set", new Set(["--secret"])],
]);
const problems = (script: string) => commandsOf(script).map((words) => problemOf(words, pulumi, "README.md"));

describe("the check of commands in documents", () => {
  it("reads commands with quotes, continuations, redirections, placeholders and comments", () => {
    const script = `
      A=1 pulumi up --yes && npm ci   # not "a command"
      curl -d '{"a": "b c"}' "$(echo ';')" \\
        http://127.0.0.1 > file | tee <a file>
      npm start & npm test
    `;
    expect(commandsOf(script)).to.deep.equal([
      ["pulumi", "up", "--yes"],
      ["npm", "ci"],
      ["curl", "-d", '{"a": "b c"}', "$(echo ';')", "http://127.0.0.1"],
      ["tee", "<a file>"],
      ["npm", "start"],
      ["npm", "test"],
    ]);
  });

  it("passes commands, options and scripts that exist", () => {
    const script = `
      pulumi config set --secret callbackKey …; pulumi up --yes
      npm run lint && npm run probe -- --domain <a domain> --yes
      npx tencentcloud-live send --event streamBegin --url http://127.0.0.1:8080/
      npx mocha test/a.test.ts
    `;
    expect(problems(script).filter(Boolean)).to.deep.equal([]);
  });

  for (const [command, problem] of [
    ["pulumi upp", "unknown command pulumi upp"],
    ["pulumi up --no", "unknown option --no of pulumi up"],
    ["npm run no", "unknown script no"],
    ["npm publis", "unknown command npm publis"],
    ["npm run probe -- --domian a.example.com", "unknown option '--domian' (Did you mean --domain?)"],
    ["npx tencentcloud-live sent", "unknown command tencentcloud-live sent"],
    ["npx tencentcloud-live send --no", "unknown option '--no'"],
    ["npx no", "unknown program no"],
    ["no", "unknown program no"],
  ] as const) {
    it(`rejects ${command}`, () => {
      expect(problems(command)).to.deep.equal([problem]);
    });
  }
});

describe("the check of links in documents", () => {
  it("finds links to files and headings, outside of code", () => {
    const text = "[a](a.md#b) [c](#c-d) [web](https://example.com)\n```sh\n[no](no.md)\n```\n";
    expect(linksIn(text)).to.deep.equal(["a.md#b", "#c-d"]);
  });

  it("creates anchors like GitHub", () => {
    const text = "# PUT /_emulator/x\n## `Provider` and *more*, at once!\n## Again\n## Again\n```sh\n# no\n```\n";
    expect(anchorsIn(text)).to.deep.equal(["put-_emulatorx", "provider-and-more-at-once", "again", "again-1"]);
  });
});
