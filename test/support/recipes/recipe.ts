import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { transformSync } from "esbuild";
import ts from "typescript";
import { codeBlocks, documentText } from "../markdown";
import { diagnosticsOf } from "../package/compile";
import { outputOf, type RunningProgram } from "../package/service";
import { KEY } from "./messages";

const DOCUMENT = documentText("docs/receiver.md");

/** Returns the only code block in a section of the document. */
export function codeOf(section: string, language = "ts"): string {
  const [, rest] = DOCUMENT.split(`\n### ${section}\n`);
  const [code] = codeBlocks(rest?.split("\n### ")[0] ?? "", language);
  if (code === undefined) throw new Error(`docs/receiver.md has no ${language} in its section ${section}`);
  return code;
}

const CALLBACKS = codeBlocks(DOCUMENT, "ts").find((code) => code.startsWith("// callbacks.ts\n")) ?? "";

const javaScriptOf = (code: string): string =>
  transformSync(code, { loader: "ts", tsconfigRaw: { compilerOptions: { experimentalDecorators: true } } }).code;

const STRICT: ts.CompilerOptions = {
  module: ts.ModuleKind.Node20,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts"],
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  experimentalDecorators: true,
};

/** The same declarations for all recipes, so that the compiler parses them once. */
const NODE_TYPES = [resolve(__dirname, "../../../node_modules/@types")];

/** The folder of a recipe: below the installed frameworks, with the packed package and `callbacks.js`. */
export class RecipeFolder {
  readonly path: string;

  /**
   * @param installed the folder whose `node_modules` has the frameworks
   * @param receiver the folder whose `node_modules` has only the package and the dependencies of its receiver
   * @param how whether they are linked, which is faster, or copied, for a bundler that follows no link
   */
  constructor(installed: string, receiver: string, how: "linked" | "copied" = "linked") {
    this.path = mkdtempSync(join(installed, "recipe-"));
    const [from, to] = [join(receiver, "node_modules"), join(this.path, "node_modules")];
    if (how === "linked") symlinkSync(from, to, "junction");
    else cpSync(from, to, { recursive: true });
    this.write("package.json", '{ "type": "module" }');
    this.write("callbacks.js", javaScriptOf(CALLBACKS));
  }

  write(file: string, text: string): string {
    const path = join(this.path, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  /** Writes a program of the document. */
  writeCode(file: string, code: string): string {
    return this.write(file, javaScriptOf(code));
  }

  /**
   * Compiles a program of the document strictly. @returns its diagnostics, without those of other packages
   */
  diagnosticsOf(file: string, code: string, options: ts.CompilerOptions = {}): string[] {
    const files = [this.write(file, code), this.write("callbacks.ts", CALLBACKS)];
    const complete = { ...STRICT, typeRoots: NODE_TYPES, types: ["node"], ...options };
    return diagnosticsOf(files.slice(0, 1), complete, (name) => files.includes(name));
  }

  /** Starts a program with Node, on a port that it chooses. */
  start(...args: string[]): RunningProgram {
    const announce = pathToFileURL(join(__dirname, "announce.mjs")).href;
    const env = {
      PATH: process.env["PATH"],
      HOME: this.path,
      PORT: "0",
      CALLBACK_KEY: KEY,
      NEXT_TELEMETRY_DISABLED: "1",
    };
    return outputOf(spawn(process.execPath, ["--import", announce, ...args], { cwd: this.path, env }));
  }

  close(): void {
    rmSync(this.path, { recursive: true });
  }
}
