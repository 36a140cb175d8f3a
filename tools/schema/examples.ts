import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The languages of the examples, with their file extensions. */
const LANGUAGES = { typescript: "ts", yaml: "yaml" } as const;

/**
 * Returns the example of a resource in each language, in the format of Pulumi's registry. The files are in
 * `tools/schema/examples/`.
 */
export function exampleOf(file: string, title: string): string {
  const blocks = Object.entries(LANGUAGES).map(([language, end]) => {
    const code = readFileSync(join(__dirname, "examples", `${file}.${end}`), "utf8");
    return `\`\`\`${language}\n${code}\`\`\``;
  });
  return [
    "{{% examples %}}",
    "## Example Usage",
    "{{% example %}}",
    `### ${title}`,
    ...blocks,
    "{{% /example %}}",
    "{{% /examples %}}",
  ].join("\n\n");
}
