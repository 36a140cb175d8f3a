import type { Files } from "./folder";
import { importFile } from "./importFile";
import type { Model } from "./model";
import { nodeProject, yamlProject } from "./project";
import { typescriptProgram } from "./typescript";
import { yamlProgram } from "./yaml";

/** How a project declares templates and bindings. */
export interface Format {
  /** Whether the format has a program, which reads secrets from the configuration of the stack. */
  hasProgram: boolean;
  /** The commands that add the resources to the stack. */
  deploy: readonly string[];
  /** Creates the files, without the README. */
  files: (model: Model, project: string) => Files;
}

const DYNAMIC = "pulumi-tencentcloud-live";
const IMPORT = "pulumi import --file import.json --protect=false --generate-code=false";

/** The formats by name, as `--format` takes them. */
export const FORMATS = {
  typescript: {
    hasProgram: true,
    deploy: ["pulumi up"],
    files: (model, project) => ({
      "index.ts": typescriptProgram(model, { module: DYNAMIC, adopts: "all" }),
      ...nodeProject(project, { native: false }),
    }),
  },
  "native-typescript": {
    hasProgram: true,
    deploy: [IMPORT, "pulumi up"],
    files: (model, project) => ({
      "index.ts": typescriptProgram(model, { module: `${DYNAMIC}/native`, adopts: "notImported" }),
      "import.json": importFile(model),
      ...nodeProject(project, { native: true }),
    }),
  },
  yaml: {
    hasProgram: true,
    deploy: [IMPORT, "pulumi up"],
    files: (model, project) => ({
      ...yamlProject(project, yamlProgram(model)),
      "import.json": importFile(model),
    }),
  },
  import: {
    hasProgram: false,
    deploy: [IMPORT],
    files: (model) => ({ "import.json": importFile(model) }),
  },
} as const satisfies Record<string, Format>;

/** The name of a format. */
export type FormatName = keyof typeof FORMATS;
