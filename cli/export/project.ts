import { readFileSync } from "node:fs";
import type { Files } from "./folder";
import { scalar } from "./yaml";

/** Derives a project name that Pulumi and npm accept from the name of the folder. */
export function projectName(folder: string): string {
  const name = folder.toLowerCase().replace(/[^a-z0-9-]+/g, "-");
  return name.slice(0, 100).replace(/^-+|-+$/g, "") || "live-callbacks";
}

const manifest = () => JSON.parse(readFileSync(require.resolve("pulumi-tencentcloud-live/package.json"), "utf8"));

/** Creates the files of a YAML project. Its package.json installs the native provider. */
export function yamlProject(name: string, program: string): Files {
  const dependencies = { "pulumi-tencentcloud-live": `^${manifest().version}` };
  return {
    "Pulumi.yaml": `${pulumiYaml(name, "yaml", true)}${program}`,
    "package.json": json({ name, version: "0.0.0", private: true, dependencies }),
  };
}

/** Creates the files of a Node project, without its program. */
export function nodeProject(name: string, { native }: { native: boolean }): Files {
  const { version, peerDependencies } = manifest();
  const lowest = /^>=(\S+)/.exec(peerDependencies["@pulumi/pulumi"])?.[1];
  return {
    "Pulumi.yaml": pulumiYaml(name, "nodejs", native),
    "package.json": json({
      ...{ name, version: "0.0.0", private: true, main: "index.ts" },
      dependencies: { "@pulumi/pulumi": `^${lowest}`, "pulumi-tencentcloud-live": `^${version}` },
      devDependencies: { typescript: "^5.9.0" },
    }),
    "tsconfig.json": json({
      compilerOptions: {
        ...{ target: "es2022", module: "node20", moduleResolution: "node16", strict: true, skipLibCheck: true },
      },
    }),
  };
}

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** The location of the native provider in a project that has installed this package. */
const PLUGIN = `plugins:
  providers:
    - name: tencentcloud-live
      path: node_modules/pulumi-tencentcloud-live/plugin
`;

function pulumiYaml(name: string, runtime: string, native: boolean): string {
  const description = "Callback templates and rules of a Tencent Cloud account, managed as code";
  return `name: ${scalar(name)}\ndescription: ${description}\nruntime: ${runtime}\n${native ? PLUGIN : ""}`;
}
