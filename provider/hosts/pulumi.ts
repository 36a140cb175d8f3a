/** States when a changed configuration takes effect. */
export const STALENESS =
  "A refresh or destroy uses the configuration of the last update, even a failed one; with --run-program it uses today's.";

/** Advice common to all hosts of Pulumi. */
export const ADVICE = {
  throttled: "Run again, with a lower --parallel if it repeats.",
  gone: 'Run "pulumi refresh", then "pulumi up" to create it again.',
  forget:
    'Or, to give up its resources, take their URNs from "pulumi stack --show-urns" and run ' +
    "\"pulumi state delete '<URN>'\" for each, bindings before their template; " +
    "unprotect protected ones first (\"pulumi state unprotect '<URN>'\").",
  moved:
    "If you renamed or moved a resource of this stack, give it the option " +
    'aliases: [{ name: "<old name>", parent: <old parent> }]; leave out what did not change.',
  missing: "Check the id passed to get.",
} as const;
