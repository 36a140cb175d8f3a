/** The commands of a shell script, each as its words without quotes: what the documents use of the syntax. */
export function commandsOf(script: string): string[][] {
  const commands: string[][] = [[]];
  for (const [, comment, separator, word] of script.replaceAll("\\\n", " ").matchAll(TOKEN)) {
    if (comment !== undefined) continue;
    if (separator !== undefined) commands.push([]);
    else if (word !== undefined) commands.at(-1)?.push(unquoted(word));
  }
  return commands.map(withoutVariables).filter((words) => words.length > 0);
}

/** A comment, the end of a command, or a word: parts may be quoted, and a placeholder such as `<a name>` is one word. */
const TOKEN =
  /(#[^\n]*)|(\n|&&|&(?=\s)|\|\||[;|])|((?:'[^']*'|"(?:\$\([^)]*\)|[^"])*"|<[a-zA-Z][^<>\n]*>|[^\s;|&'"]|&(?!&))+)/g;

const unquoted = (word: string): string => word.replace(/'([^']*)'|"((?:\$\([^)]*\)|[^"])*)"/g, "$1$2");

/** Leaves out the variables that are set for the command, and where its output goes. */
function withoutVariables(words: string[]): string[] {
  const first = words.findIndex((word) => !/^\w+=/.test(word));
  const kept = first < 0 ? [] : words.slice(first);
  const redirection = kept.findIndex((word) => /^\d?>/.test(word));
  return redirection < 0 ? kept : kept.slice(0, redirection);
}
