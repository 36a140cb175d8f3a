import { makeOnce } from "./pulumi-cli/cache";
import { defaultContext } from "./pulumi-cli/context";
import { programsOnPath } from "./pulumi-cli/executables";
import { runWatched } from "./pulumi-cli/watchedProcess";

const DEFAULT_VERSION = "1.25.0";
const PACKAGE = "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml";
const IDLE_LIMIT_MS = 300_000;

/**
 * Returns the folder with the language host of YAML programs, of the version in `PULUMI_YAML_VERSION`. Builds
 * it once. Rejects if Go is missing.
 */
export async function yamlHostFolder(): Promise<string> {
  const context = defaultContext();
  const version = context.env["PULUMI_YAML_VERSION"] ?? DEFAULT_VERSION;
  const [go] = programsOnPath("go", context.env);
  if (!go) throw new Error("go is not on PATH");
  return makeOnce(
    {
      folderName: `pulumi-language-yaml-${version}`,
      doing: `building the YAML language host ${version} from its Go module, once (2 to 5 minutes)`,
      fill: (folder) =>
        runWatched({
          command: go,
          args: ["install", "-v", `${PACKAGE}@v${version}`],
          cwd: folder,
          env: { ...context.env, GOBIN: folder, CGO_ENABLED: "0", GOWORK: "off" },
          idleLimitMs: IDLE_LIMIT_MS,
        }),
    },
    context,
  );
}
