/**
 * Which part of the tree may import which. `npm run lint` checks it, for imports of types too.
 *
 * A path is a regular expression on the path of a file from the root of the repository.
 */

const SHIPPED = "^(provider|sdk|receiver|emulator|cli)/";
const OURS = "^(provider|sdk|receiver|emulator|cli|test|tools|bench|examples)/";

/** What in the provider uses settings and credentials. */
const ABOVE_SETTINGS = ["^provider/(connection|deployment|lifecycle|operation|operationError|resourceType)\\.ts$"];

/** A package is `node_modules/<name>/…` where it is installed, and its bare name where it is not. */
const inPackage = (name) => `(^|node_modules/)${name}`;

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-circle",
      comment:
        "Files that import each other cannot be read, tested or moved one at a time. Move what both need " +
        "into a third file.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-unresolved-import",
      comment: "An import that leads to no file escapes every rule below.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },

    // The shipped folders among each other.
    {
      name: "pulumi-only-in-hosts-and-sdk",
      comment:
        "The core runs under any host, and receiver, emulator and commands run without Pulumi. Only the " +
        "hosts and the classes for Pulumi programs use its packages.",
      severity: "error",
      from: { path: SHIPPED, pathNot: "^(provider/hosts|sdk)/" },
      to: { path: inPackage("@(pulumi|grpc)/") },
    },
    {
      name: "provider-knows-nothing-above-it",
      comment: "The provider is the core. It works without classes, receiver, emulator and commands.",
      severity: "error",
      from: { path: "^provider/" },
      to: { path: "^(sdk|receiver|emulator|cli)/" },
    },
    {
      name: "sdk-does-not-load-the-provider",
      comment:
        "The provider runs in its own process, which loads it through the stub in the state. A program " +
        "loads only plain data of it: the contract, the names of the settings, and suggestions for " +
        "mistyped names.",
      severity: "error",
      from: { path: "^sdk/" },
      to: {
        path: "^provider/",
        pathNot: "^provider/(api/contract/|settings/keys\\.ts$|suggestion\\.ts$)",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "sdk-knows-only-the-provider",
      comment: "A Pulumi program loads neither receiver, emulator nor commands.",
      severity: "error",
      from: { path: "^sdk/" },
      to: { path: "^(receiver|emulator|cli)/" },
    },
    {
      name: "classes-of-a-host-know-no-other",
      comment: "A program uses the classes of one host. What both need stands beside their folders.",
      severity: "error",
      from: { path: "^sdk/([^/]+)/" },
      to: { path: "^sdk/[^/]+/", pathNot: "^sdk/$1/" },
    },
    {
      name: "receiver-stands-alone",
      comment:
        "The receiver runs in a user's service, which deploys nothing. It shares only the table of events " +
        "and the clock with the rest.",
      severity: "error",
      from: { path: "^receiver/" },
      to: { path: OURS, pathNot: "^(receiver/|provider/api/(contract/events|clock)\\.ts$)" },
    },
    {
      name: "emulator-shares-only-the-wire-format",
      comment:
        "The provider is tested against the emulator. If both used the same logic, an error in it would " +
        "stay unseen. They share only the contract, the signature and the clock.",
      severity: "error",
      from: { path: "^emulator/" },
      to: { path: "^provider/", pathNot: "^provider/api/(contract/|(signature|clock)\\.ts$)" },
    },
    {
      name: "emulator-stands-alone",
      comment: "The emulator is a library of its own, without the classes, the receiver and the commands.",
      severity: "error",
      from: { path: "^emulator/" },
      to: { path: "^(sdk|receiver|cli)/" },
    },
    {
      name: "commands-run-without-pulumi",
      comment: "A command is started where no Pulumi program is.",
      severity: "error",
      from: { path: "^cli/" },
      to: { path: "^sdk/" },
    },
    {
      name: "shipped-code-needs-no-development-code",
      comment: "The published package does not contain tests, tools, benchmarks and examples.",
      severity: "error",
      from: { path: SHIPPED },
      to: { path: "^(test|tools|bench|examples)/" },
    },
    {
      name: "http-only-in-the-api-client",
      comment:
        "Time-outs, retries, redaction and error codes hold because all calls go through provider/api. The " +
        "probe of a real account is the exception: it examines differences that the client hides.",
      severity: "error",
      from: { path: OURS, pathNot: "^(provider/api/|tools/probe/wire\\.ts$)" },
      to: { path: inPackage("axios(/|$)") },
    },

    // Inside the provider.
    {
      name: "contract-is-plain-data",
      comment: "Receiver, emulator and classes import the contract, which must not bring the client with it.",
      severity: "error",
      from: { path: "^provider/api/contract/" },
      to: { path: OURS, pathNot: "^provider/api/contract/" },
    },
    {
      name: "contract-needs-only-zod",
      comment: "Each Pulumi program and each receiver loads parts of the contract.",
      severity: "error",
      from: { path: "^provider/api/contract/" },
      to: { dependencyTypes: ["npm", "npm-dev", "npm-no-pkg", "npm-unknown"], pathNot: inPackage("zod(/|$)") },
    },
    {
      name: "api-stands-below-the-rest",
      comment: "The API client works with any resource, setting and source of credentials, and knows none.",
      severity: "error",
      from: { path: "^provider/api/" },
      to: { path: [...ABOVE_SETTINGS, "^provider/(credentials|settings)/", "^provider/validation\\.ts$"] },
    },
    {
      name: "credentials-stand-below-operations",
      comment: "Credentials are resolved before the first call for a resource, and alike under each host.",
      severity: "error",
      from: { path: "^provider/credentials/" },
      to: { path: ABOVE_SETTINGS },
    },
    {
      name: "settings-stand-below-credentials",
      comment: "Settings are parsed before credentials are resolved and the first resource is handled.",
      severity: "error",
      from: { path: "^provider/settings/" },
      to: { path: [...ABOVE_SETTINGS, "^provider/credentials/"] },
    },
    {
      name: "core-knows-no-host",
      comment: "The core works the same under each host. What holds for one host belongs into its folder.",
      severity: "error",
      from: { path: "^provider/(?!hosts/)" },
      to: { path: "^provider/hosts/" },
    },
    {
      name: "hosts-know-no-other",
      comment:
        "Each host can be read, and removed, alone. What two of them need stands in the core, and Pulumi's words " +
        "for advice in one file beside them.",
      severity: "error",
      from: { path: "^provider/hosts/([^/]+)/" },
      to: { path: "^provider/hosts/", pathNot: "^provider/hosts/($1/|pulumi\\.ts$)" },
    },
    {
      name: "only-hosts-name-resources",
      comment: "A new resource is a folder, and a line in each host: nothing else of the core names a resource.",
      severity: "error",
      from: { path: "^provider/(?!(hosts|resources)/)" },
      to: { path: "^provider/resources/" },
    },
    {
      name: "resources-keep-their-internals",
      comment:
        "Each resource is a folder that can be read alone. What resources know of each other's kind in the " +
        "cloud stands beside the folders.",
      severity: "error",
      from: { path: "^provider/resources/([^/]+)/" },
      to: { path: "^provider/resources/[^/]+/", pathNot: "^provider/resources/$1/" },
    },

    // What is not shipped.
    {
      name: "tools-and-benchmarks-need-no-tests",
      comment: "Tests may use tools and benchmarks, which must work without the tests.",
      severity: "error",
      from: { path: "^(tools|bench)/" },
      to: { path: "^test/" },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^dist/" },
    // Programs import the entries of this package.
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["types", "require", "default"] },
  },
};
