import { join, resolve } from "node:path";
import { expect } from "chai";
import ts from "typescript";
import { exports as entries } from "../../package.json";
import { entryPoints } from "../../typedoc.json";

const ROOT = resolve(__dirname, "../..");

/** Entry points that are not for programs: the provider for the stub, and the manifest. */
const NOT_FOR_PROGRAMS = ["./provider", "./package.json"];

/** Returns the declarations of a symbol in this repository. */
const declarationsOf = (symbol: ts.Symbol): ts.Declaration[] =>
  (symbol.declarations ?? []).filter((declaration) => {
    const { fileName } = declaration.getSourceFile();
    return fileName.startsWith(`${ROOT}/`) && !fileName.includes("/node_modules/");
  });

/** Returns whether a member can have a comment. Members of a mapped type have no declaration. */
const isMember = (node: ts.Declaration): boolean =>
  ts.isInterfaceDeclaration(node.parent) || ts.isClassDeclaration(node.parent);

class Documentation {
  readonly #program = ts.createProgram(
    entryPoints.map((file) => join(ROOT, file)),
    ts.parseJsonConfigFileContent(ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile).config, ts.sys, ROOT)
      .options,
  );
  readonly #checker = this.#program.getTypeChecker();

  /** Returns the exports of an entry point, and the members of its types, without a doc comment. */
  undocumented(entry: string): string[] {
    const file = this.#program.getSourceFile(join(ROOT, entry));
    const module = file && this.#checker.getSymbolAtLocation(file);
    if (!module) throw new Error(`${entry} cannot be read`);
    return this.#checker.getExportsOfModule(module).flatMap((exported) => {
      const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
      const symbol = isAlias ? this.#checker.getAliasedSymbol(exported) : exported;
      const members = this.#membersOf(symbol).filter((member) => !this.#hasComment(member));
      return [
        ...(this.#hasComment(symbol) ? [] : [exported.name]),
        ...members.map((member) => `${exported.name}.${member.name}`),
      ];
    });
  }

  #membersOf(symbol: ts.Symbol): ts.Symbol[] {
    if ((symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class)) === 0) return [];
    const members = this.#checker.getPropertiesOfType(this.#checker.getDeclaredTypeOfSymbol(symbol));
    return members.filter((member) => !member.name.includes("#") && declarationsOf(member).some(isMember));
  }

  #hasComment(symbol: ts.Symbol): boolean {
    return symbol.getDocumentationComment(this.#checker).length > 0;
  }
}

describe("the reference", function () {
  this.timeout(60_000);

  it("has every entry point of the package for programs", () => {
    const built = Object.entries(entries).filter(([name]) => !NOT_FOR_PROGRAMS.includes(name));
    const types = built.map(([, entry]) => (entry as { types: string }).types);
    expect(entryPoints).to.deep.equal(types.map((file) => file.replace("./dist/", "").replace(".d.ts", ".ts")));
  });

  it("describes every export of an entry point, with its members", () => {
    const documentation = new Documentation();
    const missing = entryPoints.flatMap((entry) =>
      documentation.undocumented(entry).map((name) => `${entry}: ${name}`),
    );
    expect(missing).to.deep.equal([]);
  });
});
