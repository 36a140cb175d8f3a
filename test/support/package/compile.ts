import ts from "typescript";

/**
 * Source files are parsed once for all programs, because the compiler's own libraries take most of the time.
 * The target and the kind of modules change nothing in a declaration file.
 */
const parsed = new Map<string, ts.SourceFile | undefined>();

function cachingHost(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (file, parsing, onError) => {
    const { languageVersion, impliedNodeFormat } = typeof parsing === "object" ? parsing : { languageVersion: parsing };
    const isDeclaration = /\.d\.[cm]?ts$/.test(file);
    const key = [file, impliedNodeFormat, ...(isDeclaration ? [] : [languageVersion, options.module])].join();
    if (!parsed.has(key)) parsed.set(key, getSourceFile(file, parsing, onError));
    return parsed.get(key);
  };
  return host;
}

/** Declarations of other packages, such as those of Node. */
const isForeign = (file: string): boolean => file.includes("/node_modules/@types/");

/**
 * Compiles files, and returns each diagnostic as `file(line): message`. Declarations of packages are checked
 * too, except the compiler's own libraries and those in `@types`.
 *
 * @param ours which files to check
 */
export function diagnosticsOf(
  files: readonly string[],
  options: ts.CompilerOptions,
  ours: (file: string) => boolean = (file) => !isForeign(file),
): string[] {
  const complete = { noEmit: true, strict: true, skipLibCheck: false, skipDefaultLibCheck: true, ...options };
  const program = ts.createProgram(files, complete, cachingHost(complete));
  const checked = program.getSourceFiles().filter(({ fileName }) => ours(fileName));
  const diagnostics = [
    ...[...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics()],
    ...checked.flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]),
  ];
  return diagnostics.map(({ file, start = 0, messageText }) => {
    const line = file ? `${file.fileName}(${file.getLineAndCharacterOfPosition(start).line + 1})` : "options";
    return `${line}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}
