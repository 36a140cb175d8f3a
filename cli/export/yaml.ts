import { formatKey, type RuleKey } from "../../provider/resources/ruleKey";
import { type ExportedTemplate, isSecretValue, type Model, secretsIn } from "./model";
import { bindingName } from "./names";
import { doubleQuoted, prefersSingleQuotes } from "./text";
import { consoleName, titleOf } from "./typescript";

/** Creates the part of a Pulumi.yaml that declares the model: the configuration and the resources. */
export function yamlProgram(model: Model): string {
  const secrets = secretsIn(model).map(({ configKey }) => `  ${configKey}:\n    type: string\n    secret: true\n`);
  const config = secrets.length > 0 ? `config:\n${secrets.join("")}` : "";
  return `${config}resources:\n${model.templates.map(templateText).join("")}`;
}

function templateText(template: ExportedTemplate): string {
  const { id, name, keptName, properties, bindings } = template;
  const lines = properties.map(({ name: property, value }) => {
    const text = isSecretValue(value)
      ? `\${${value.configKey}}`
      : typeof value === "string"
        ? scalar(value)
        : `[${value.map(scalar).join(", ")}]`;
    const comment = consoleName(property);
    return `      ${property}: ${text}${comment ? ` # ${comment}` : ""}\n`;
  });
  return [
    `  # ${titleOf(template)}\n`,
    `  ${name.plain}:\n    type: tencentcloud-live:CallbackTemplate\n`,
    ...(name.plain === name.resource ? [] : [`    name: ${scalar(name.resource)}\n`]),
    "    properties:\n",
    ...lines,
    // A template that is not imported is adopted.
    ...(keptName === undefined ? [] : [`      adopt: ${id} # Delete this line after the first pulumi up.\n`]),
    ...bindings.map((key, index) => bindingText(key, name.plain, bindingName(name.plain, index))),
  ].join("");
}

function bindingText(key: RuleKey, template: string, name: string): string {
  const app = key.appName === "" ? "" : `      appName: ${scalar(key.appName)}\n`;
  return [
    `  ${name}:\n    type: tencentcloud-live:DomainBinding\n    name: ${scalar(formatKey(key))}\n`,
    `    properties:\n      domainName: ${scalar(key.domainName)}\n${app}      templateId: \${${template}.templateId}\n`,
  ].join("");
}

/** Texts that need no quotation marks in YAML: words and URLs without special characters. */
const PLAIN = /^[A-Za-z][\w./-]*(:\/\/[\w./:-]*\w\/?)?$/;
const KEYWORD = /^(true|false|yes|no|on|off|null|y|n)$/i;

/** Formats a text for Pulumi YAML, which reads `$$` as `$` and `${` as the beginning of a reference. */
export function scalar(text: string): string {
  const literal = text.replaceAll(/\$(?=[${])/g, "$$$$");
  if (PLAIN.test(literal) && !KEYWORD.test(literal)) return literal;
  // In single quotes, only the quotation mark itself can be escaped.
  const isSingle = prefersSingleQuotes(literal) && !/[\p{C}\p{Zl}\p{Zp}\\]/u.test(literal);
  if (isSingle) return `'${literal.replaceAll("'", "''")}'`;
  return doubleQuoted(literal);
}
