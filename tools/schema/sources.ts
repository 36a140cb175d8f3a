import { join, resolve } from "node:path";
import ts from "typescript";

const ROOT = resolve(__dirname, "../..");
const ENTRY = join(ROOT, "sdk/native/index.ts");

/** A property as TypeScript declares it. */
export interface Property {
  name: string;
  type: ts.Type;
  required: boolean;
  description: string;
}

/** The exports of the entry point `pulumi-tencentcloud-live/native`: their types and doc comments. */
export class Sources {
  readonly checker: ts.TypeChecker;
  readonly #exports: ReadonlyMap<string, ts.Symbol>;

  constructor() {
    const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
    const program = ts.createProgram([ENTRY], options);
    this.checker = program.getTypeChecker();
    const file = program.getSourceFile(ENTRY);
    const module = file && this.checker.getSymbolAtLocation(file);
    if (!module) throw new Error(`${ENTRY} cannot be read`);
    const exported = this.checker.getExportsOfModule(module);
    this.#exports = new Map(exported.map((symbol) => [symbol.name, this.checker.getAliasedSymbol(symbol)]));
  }

  exports(name: string): boolean {
    return this.#exports.has(name);
  }

  /** Returns the description of a class, a function or a type. */
  describe(name: string): string {
    return this.#description(this.#symbol(name));
  }

  /** Returns the properties of an interface, in the order of their declaration. */
  properties(name: string): Property[] {
    const type = this.checker.getDeclaredTypeOfSymbol(this.#symbol(name));
    return this.checker.getPropertiesOfType(type).map((symbol) => {
      const required = (symbol.flags & ts.SymbolFlags.Optional) === 0;
      const description = [this.#description(symbol), ...(required ? [] : this.#default(symbol))].join("\n\n");
      return { name: symbol.name, type: this.checker.getTypeOfSymbol(symbol), required, description };
    });
  }

  #symbol(name: string): ts.Symbol {
    const symbol = this.#exports.get(name);
    if (!symbol) throw new Error(`${ENTRY} does not export ${name}`);
    return symbol;
  }

  /** Returns the doc comment of a symbol in Markdown, with its errors as sentences. */
  #description(symbol: ts.Symbol): string {
    const comment = ts.displayPartsToString(symbol.getDocumentationComment(this.checker));
    const errors = this.#tag(symbol, "throws").map((error) => error.replace(/^\w+ (.*)$/s, "Fails $1."));
    return markdownOf([comment, ...errors].join("\n\n"));
  }

  #default(symbol: ts.Symbol): string[] {
    return this.#tag(symbol, "default").map(
      (value) => `Default: ${markdownOf(value.replace(/^(.*?): (.*)$/s, "$1 ($2)"))}.`,
    );
  }

  #tag(symbol: ts.Symbol, name: string): string[] {
    const tags = symbol.getJsDocTags(this.checker).filter((tag) => tag.name === name);
    return tags.map(({ text }) => ts.displayPartsToString(text));
  }
}

/** Puts each paragraph of a comment on one line, and formats linked names as code. */
function markdownOf(comment: string): string {
  const paragraphs = comment.replace(/\{@link (\w+)\}/g, "`$1`").split(/\n\s*\n/);
  return paragraphs.map((paragraph) => paragraph.replace(/\s*\n\s*/g, " ").trim()).join("\n\n");
}
