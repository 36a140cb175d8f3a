// A language host for Node.js programs, for the CLI that is built from its Go module without one. Plain
// JavaScript with few imports, because the engine starts it in every operation.

const { spawn } = require("node:child_process");
const { createRequire } = require("node:module");
const sdk = require.resolve("@pulumi/pulumi/package.json");
const grpc = createRequire(sdk)("@grpc/grpc-js");
const { LanguageRuntimeService } = require("@pulumi/pulumi/proto/language_grpc_pb");
const messages = require("@pulumi/pulumi/proto/language_pb");
const { PluginInfo } = require("@pulumi/pulumi/proto/plugin_pb");
const { Empty } = createRequire(sdk)("google-protobuf/google/protobuf/empty_pb");

// The SDK's runner exits with this code after it has reported the error to the engine.
const ALREADY_REPORTED = 32;

const running = new Set();

function endPrograms() {
  for (const child of running) child.kill("SIGKILL");
}

function runnerArguments(request, info) {
  const flags = {
    monitor: request.getMonitorAddress(),
    engine: process.argv.at(-1),
    organization: request.getOrganization(),
    project: request.getProject(),
    stack: request.getStack(),
    "root-directory": info.getRootDirectory(),
    pwd: request.getPwd() || info.getProgramDirectory(),
    parallel: String(request.getParallel()),
  };
  const given = Object.entries(flags).filter(([, value]) => value);
  const dryRun = request.getDryrun() ? ["--dry-run"] : [];
  return [
    ...given.map(([name, value]) => `--${name}=${value}`),
    ...dryRun,
    info.getEntryPoint() || request.getProgram(),
  ];
}

function runnerEnvironment(request, options) {
  const config = Object.fromEntries(request.getConfigMap().entries());
  return {
    ...process.env,
    PULUMI_NODEJS_TYPESCRIPT: String(options.typescript !== false),
    ...(options.tsconfig ? { PULUMI_NODEJS_TSCONFIG_PATH: options.tsconfig } : {}),
    PULUMI_CONFIG: JSON.stringify(config),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
  };
}

function findRunner(folder) {
  try {
    return require.resolve("@pulumi/pulumi/cmd/run", { paths: [folder] });
  } catch {
    throw new Error(`@pulumi/pulumi is not installed for the program in ${folder}. Run npm install there.`);
  }
}

function startProgram(request) {
  const info = request.getInfo();
  const options = info.getOptions()?.toJavaScript() ?? {};
  const folder = info.getProgramDirectory() || request.getPwd();
  const runner = findRunner(folder);
  const nodeArguments = String(options.nodeargs ?? "")
    .split(" ")
    .filter(Boolean);
  return spawn(process.execPath, [...nodeArguments, runner, ...runnerArguments(request, info)], {
    cwd: folder,
    env: runnerEnvironment(request, options),
    // The engine shows the output of this process. The output of the program is shown in the same way.
    stdio: ["ignore", "inherit", "inherit"],
  });
}

function runResponse(code, signal) {
  const response = new messages.RunResponse();
  if (code === ALREADY_REPORTED) response.setBail(true);
  else if (signal) response.setError(`Program exited due to a signal: ${signal}`);
  else if (code !== 0) response.setError(`Program exited with non-zero exit code: ${code}`);
  return response;
}

function run(call, callback) {
  let child;
  try {
    child = startProgram(call.request);
  } catch (error) {
    callback(null, new messages.RunResponse().setError(error.message));
    return;
  }
  running.add(child);
  call.on("cancelled", () => child.kill("SIGKILL"));
  child.on("error", (error) => callback(error));
  child.on("exit", (code, signal) => {
    running.delete(child);
    callback(null, runResponse(code, signal));
  });
}

function about(_call, callback) {
  callback(null, new messages.AboutResponse().setExecutable(process.execPath).setVersion(process.version));
}

// A program of this host needs no plugin except the stand-in for dynamic providers, so the lists are empty.
function respondEmpty(Message) {
  return (_call, callback) => callback(null, new Message());
}

const server = new grpc.Server();
server.addService(LanguageRuntimeService, {
  handshake: respondEmpty(messages.LanguageHandshakeResponse),
  getPluginInfo: (_call, callback) => callback(null, new PluginInfo().setVersion(require(sdk).version)),
  getRequiredPlugins: respondEmpty(messages.GetRequiredPluginsResponse),
  getRequiredPackages: respondEmpty(messages.GetRequiredPackagesResponse),
  about,
  run,
  cancel: respondEmpty(Empty),
});
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});

// The engine holds the other end of standard input, so its end means that the engine has ended.
process.stdin.on("end", () => process.exit(0)).resume();
process.on("exit", endPrograms);
