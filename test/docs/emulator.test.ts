import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect } from "chai";
import ts from "typescript";
import { emulator as command } from "../../cli/emulator";
import type { Emulator } from "../../emulator/emulator";
import { faultSchema, isApplied } from "../../emulator/faults";
import { emulatorEnvironment } from "../support/cloud";
import { call, useEmulator } from "../support/emulatorClient";
import { Hooks } from "../support/hooks";
import { codeBlocks, documentText, quoted, tableOf } from "../support/markdown";
import { runTest, testUnder } from "../support/testBlocks";

const DOCUMENT = documentText("docs/emulator.md");
const RECEIVER = "http://127.0.0.1:3000";
const EMULATOR = "http://127.0.0.1:4577";

/** Returns a section of the document, by its heading and depth. */
const sectionsOf = (text: string, depth: number): { title: string; text: string }[] =>
  text
    .split(new RegExp(`^${"#".repeat(depth)} `, "m"))
    .slice(1)
    .map((section) => ({ title: section.split("\n")[0] ?? "", text: section }));

const sectionOf = (title: string): string =>
  sectionsOf(DOCUMENT, 2).find((section) => section.title === title)?.text ?? "";

/** The options of `startEmulator` by name, with the defaults in their doc comments. */
function optionDefaults(): Record<string, string> {
  const file = "emulator/options.ts";
  const source = ts.createSourceFile(file, documentText(file), ts.ScriptTarget.Latest, true);
  const options = source.statements
    .filter(ts.isInterfaceDeclaration)
    .find(({ name }) => name.text === "EmulatorOptions");
  return Object.fromEntries(
    (options?.members ?? []).map((member) => {
      const tag = ts.getJSDocTags(member).find(({ tagName }) => tagName.text === "default");
      return [member.name?.getText() ?? "", ts.getTextOfJSDocComment(tag?.comment)?.replace(/\s+/g, " ") ?? ""];
    }),
  );
}

/** Compares a response with the document, in which `…` stands for any value. */
function expectResponse(actual: unknown, documented: unknown, path: string): void {
  if (documented === "…") {
    expect(actual, path).to.not.equal(undefined);
  } else if (Array.isArray(documented)) {
    expect(actual, path).to.be.an("array").with.length(documented.length);
    for (const [index, item] of documented.entries())
      expectResponse((actual as unknown[])[index], item, `${path}[${index}]`);
  } else if (typeof documented === "object" && documented !== null) {
    expect(Object.keys(actual as object), path).to.have.members(Object.keys(documented));
    for (const [name, value] of Object.entries(documented))
      expectResponse((actual as Record<string, unknown>)[name], value, `${path}.${name}`);
  } else {
    expect(actual, path).to.equal(documented);
  }
}

describe("the document of the emulator", () => {
  it("lists the options of the command, in the order of its help", () => {
    const rows = tableOf(DOCUMENT, "option", "what it does");
    const options = Object.entries(command.spec.options as Record<string, { value?: string }>);
    expect(rows.map(([option = ""]) => quoted(option)[0])).to.deep.equal(
      options.map(([name, { value }]) => (value ? `--${name} <${value}>` : `--${name}`)),
    );
  });

  it("lists the options of startEmulator, with their defaults, in the order of their declaration", () => {
    const rows = tableOf(DOCUMENT, "option", "default", "what it does");
    const listed = rows.map(([option = "", initial = ""]) => [quoted(option)[0], initial.replaceAll("`", "")]);
    expect(listed).to.deep.equal(
      Object.entries(optionDefaults()).map(([name, initial]) => [name, initial.replaceAll("`", "")]),
    );
  });

  it("sets the variables that connect a provider to an emulator", () => {
    const [commands = ""] = codeBlocks(sectionOf("Use it with a Pulumi program"), "sh");
    const variables = Object.entries(emulatorEnvironment({ url: EMULATOR } as Emulator));
    expect(commands.match(/^export .*$/gm)).to.deep.equal(variables.map(([name, value]) => `export ${name}=${value}`));
  });

  it("lists the kinds of faults, and whether the call is executed", () => {
    const rows = tableOf(DOCUMENT, "kind", "what the client sees", "applied by default");
    const kinds = faultSchema.options.map(({ shape }) => shape.kind.value);
    const applied = (kind: string) =>
      kind === "latency" || kind === "stale"
        ? ""
        : isApplied({ kind } as Parameters<typeof isApplied>[0])
          ? "yes"
          : "no";
    expect(rows.map(([kind = "", , cell = ""]) => [quoted(kind)[0], cell.trim()])).to.deep.equal(
      kinds.map((kind) => [kind, applied(kind)]),
    );
    const fields = [...sectionOf("Faults").matchAll(/^- `(\w+)`: /gm)].map(([, field]) => field);
    expect(["kind", "code", "message", ...fields]).to.have.members(Object.keys(faultSchema.options[1].shape));
  });

  describe("the section on the control API", () => {
    const emulator = useEmulator();
    const routes = sectionsOf(sectionOf("Control API"), 3);

    it("lists exactly the routes", async () => {
      const { error } = (await (await fetch(`${emulator.url}/_emulator/none`)).json()) as { error: string };
      const known = error.replace(/^.*the routes are: /, "").split(", ");
      expect(routes.map(({ title }) => title.replace("/_emulator/", ""))).to.have.members(known);
    });

    it("shows the actual responses to its commands", async () => {
      const hooks = await Hooks.start();
      await call(emulator, "DescribeLiveCallbackRules");
      const here = (text: string) => text.replaceAll(RECEIVER, hooks.url).replaceAll(EMULATOR, emulator.url);
      for (const { title, text } of routes) {
        const commands = codeBlocks(text, "sh");
        const responses = codeBlocks(text, "json");
        expect(responses, title).to.have.length(commands.length);
        for (const [index, shown] of commands.entries()) {
          const { stdout } = await promisify(execFile)("sh", ["-c", here(shown).replaceAll("curl ", "curl -sS ")]);
          expectResponse(JSON.parse(stdout), JSON.parse(here(responses[index] ?? "")), title);
        }
      }
      expect(hooks.bodies.map((body) => body["stream_id"])).to.deep.equal(["stream-1"]);
    });
  });

  it("lists every method of an emulator that a test can call", () => {
    const source = documentText("emulator/emulator.ts");
    const [, declared = ""] = /^export interface Emulator \{\n(.*?)^\}/ms.exec(source) ?? [];
    const methods = [...declared.matchAll(/^ {2}(\w+)\(/gm)].map(([, name = ""]) => name);
    expect(
      methods.filter((name) => !new RegExp(`\\b${name}\\b`).test(sectionOf("Use it in your tests"))),
    ).to.deep.equal([]);
  });

  for (const heading of ["Test a receiver", "Test a program without an engine"]) {
    it(`shows a test that passes: ${heading}`, async () => {
      expect(await runTest(testUnder("docs/emulator.md", heading))).to.match(/^ +1 passing \(.*\)\s*$/m);
    });
  }
});
