/** Returns the commands of a shell script as words without quotes, for the syntax in the documents. */
export function commandsOf(script: string): string[][] {
  const commands: string[][] = [[]];
  for (const [, comment, separator, word] of script.replaceAll("\\\n", " ").matchAll(TOKEN)) {
    if (comment !== undefined) continue;
    if (separator !== undefined) commands.push([]);
    else if (word !== undefined) commands.at(-1)?.push(unquoted(word));
  }
  return commands.map(withoutVariables).filter((words) => words.length > 0);
}

/** A comment, the end of a command, or a word, with quoted parts or a placeholder such as `<a name>`. */
const TOKEN =
  /(#[^\n]*)|(\n|&&|&(?=\s)|\|\||[;|])|((?:'[^']*'|"(?:\$\([^)]*\)|[^"])*"|<[a-zA-Z][^<>\n]*>|[^\s;|&'"]|&(?!&))+)/g;

const unquoted = (word: string): string => word.replace(/'([^']*)'|"((?:\$\([^)]*\)|[^"])*)"/g, "$1$2");

/** Removes the variables and the redirections of the command. */
function withoutVariables(words: string[]): string[] {
  const first = words.findIndex((word) => !/^\w+=/.test(word));
  const kept = first < 0 ? [] : words.slice(first);
  const redirection = kept.findIndex((word) => /^\d?>/.test(word));
  return redirection < 0 ? kept : kept.slice(0, redirection);
}
