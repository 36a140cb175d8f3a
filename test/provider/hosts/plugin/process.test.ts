import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import module from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { credentials, Server, ServerCredentials, type ServiceDefinition, type sendUnaryData } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  CreateRequest,
  GetSchemaRequest,
  type GetSchemaResponse,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb";
import { expect } from "chai";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { version } from "../../../../package.json";
import { encode } from "../../../../provider/hosts/plugin/struct";
import type { Properties } from "../../../../provider/properties";
import { Gate } from "../../../crash/gate";
import { emulatorEnvironment, rejection, useCloud, writesTo } from "../../../support/cloud";
import { filesIn } from "../../../support/files";
import { closeAfterTest } from "../../../support/lifetime";
import { URL } from "../../../support/provider/callbackTemplates";

const ROOT = resolve(__dirname, "../../../..");
const PLUGIN = join(ROOT, "plugin/pulumi-resource-tencentcloud-live");
const NO_SECRETS: ReadonlySet<string> = new Set();

/** The built plugin, as the engine starts it. */
class Started {
  private constructor(
    readonly process: ChildProcess,
    readonly client: ResourceProviderClient,
  ) {}

  static async start(
    environment: Record<string, string>,
    { plugin = PLUGIN, args = [] }: { plugin?: string; args?: string[] } = {},
  ): Promise<Started> {
    const child = spawn(process.execPath, [plugin, ...args], {
      env: { PATH: process.env["PATH"], ...environment },
      stdio: ["pipe", "pipe", "inherit"],
    });
    closeAfterTest({ close: () => child.kill("SIGKILL") });
    const [port] = await once(createInterface(child.stdout), "line");
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
    return new Started(child, closeAfterTest(client));
  }

  call(method: "create" | "update", type: string, properties: Properties, olds?: Properties): Promise<unknown> {
    const request = olds ? new UpdateRequest() : new CreateRequest();
    request.setUrn(`urn:pulumi:dev::callbacks::tencentcloud-live:index:${type}::one`);
    if (request instanceof UpdateRequest) {
      request.setId("push.example.com");
      request.setOlds(encode(olds ?? {}, NO_SECRETS));
      request.setNews(encode(properties, NO_SECRETS));
    } else request.setProperties(encode(properties, NO_SECRETS));
    return new Promise((done, failed) => {
      const callback = (error: Error | null, response: unknown) => (error ? failed(error) : done(response));
      (this.client[method] as (request: object, callback: unknown) => void).call(this.client, request, callback);
    });
  }

  /** Waits until the plugin takes no new call. */
  async rejectsCalls(): Promise<void> {
    const called = () =>
      new Promise<boolean>((done) => this.client.getPluginInfo(new Empty(), (error) => done(error === null)));
    while (await called());
  }

  /** Ends standard input, as the end of the engine does. */
  loseEngine(): Promise<unknown> {
    const ended = once(this.process, "exit");
    this.process.stdin?.end();
    return ended;
  }
}

/** Starts an engine that emits each message of the plugin as an event. */
async function startEngine(): Promise<{ address: string; log: EventEmitter }> {
  const log = new EventEmitter();
  const server = new Server();
  server.addService(EngineService as ServiceDefinition, {
    log: ({ request }: { request: LogRequest }, respond: sendUnaryData<Empty>) => {
      log.emit("message", request.getMessage());
      respond(null, new Empty());
    },
  });
  closeAfterTest({ close: () => server.forceShutdown() });
  const port = await promisify(server.bindAsync.bind(server))("127.0.0.1:0", ServerCredentials.createInsecure());
  return { address: `127.0.0.1:${port}`, log };
}

describe("the plugin process", function () {
  this.timeout(30_000);
  const cloud = useCloud();
  let gate: Gate;
  let plugin: Started;
  beforeEach(async () => {
    gate = closeAfterTest(await Gate.start(cloud.url));
    const environment = { ...emulatorEnvironment(cloud), TENCENTCLOUD_LIVE_ENDPOINT: gate.url };
    plugin = await Started.start(environment);
  });

  it("exits with 0 when its standard input ends", async () => {
    expect(await plugin.loseEngine()).to.deep.equal([0, null]);
  });

  it("returns its schema and version without configuration or credentials, and exits", async () => {
    const unconfigured = await Started.start({});
    const [schema, info] = await Promise.all([
      new Promise<GetSchemaResponse>((done, failed) =>
        unconfigured.client.getSchema(new GetSchemaRequest(), (error, response) =>
          error ? failed(error) : done(response),
        ),
      ),
      new Promise<PluginInfo>((done, failed) =>
        unconfigured.client.getPluginInfo(new Empty(), (error, response) => (error ? failed(error) : done(response))),
      ),
    ]);
    expect(JSON.parse(schema.getSchema())).to.include({ name: "tencentcloud-live", version });
    expect(info.getVersion()).to.equal(version);
    expect(await unconfigured.loseEngine()).to.deep.equal([0, null]);
  });

  it("keeps its compiled code beside it where Node can, and also starts where nothing can be written", async () => {
    const folder = mkdtempSync(join(tmpdir(), "plugin-"));
    closeAfterTest({ close: () => rmSync(folder, { recursive: true }) });
    const [copy, cache] = [join(folder, basename(PLUGIN)), join(folder, "cache")];
    const filter = (path: string) => path !== join(dirname(PLUGIN), "cache");
    cpSync(dirname(PLUGIN), folder, { recursive: true, filter });
    const life = async () => (await Started.start({}, { plugin: copy })).loseEngine();

    expect(await life()).to.deep.equal([0, null]);
    const kept = existsSync(cache) ? filesIn(cache) : [];
    expect(kept).to.have.length("enableCompileCache" in module ? 1 : 0);
    rmSync(cache, { recursive: true, force: true });
    writeFileSync(cache, "no folder");
    expect(await life()).to.deep.equal([0, null]);
  });

  for (const options of [[], ["--logtostderr", "-v=9"], ["--tracing", "http://127.0.0.1:1"]]) {
    it(`sends its messages to the engine whose address follows the options: ${options.join(" ") || "none"}`, async () => {
      const { address, log } = await startEngine();
      cloud.addFault({ kind: "error", code: "UnauthorizedOperation", action: "GetCallerIdentity" });
      const logging = await Started.start(emulatorEnvironment(cloud), { args: [...options, address] });
      const logged = once(log, "message");
      await logging.call("create", "CallbackTemplate", { templateName: "hooks", streamBeginNotifyUrl: URL });
      expect((await logged)[0]).to.match(/^The account is not recorded in the state: /);
    });
  }

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`exits with 0 after ${signal}`, async () => {
      const ended = once(plugin.process, "exit");
      plugin.process.kill(signal);
      expect(await ended).to.deep.equal([0, null]);
    });
  }

  it("sends no create after the engine has ended, even if the operation has started", async () => {
    const list = gate.hold({ action: "DescribeLiveCallbackTemplates", nth: 1 }, false);
    const created = plugin.call("create", "CallbackTemplate", { templateName: "hooks", streamBeginNotifyUrl: URL });
    const failed = rejection(created);
    await list.reached;
    const ended = plugin.loseEngine();
    list.release();
    expect((await failed).message).to.contain("code=Provider.Interrupted action=CreateLiveCallbackTemplate");
    expect(await ended).to.deep.equal([0, null]);
    expect(writesTo(cloud)).to.deep.equal([]);
  });

  for (const [which, end] of [
    ["", "release"],
    [" without receiving a response", "drop"],
  ] as const) {
    it(`completes a move whose old rule it has deleted${which}, and then exits`, async () => {
      const [one, two] = ["one", "two"].map(
        (TemplateName) => cloud.putTemplate({ TemplateName, StreamBeginNotifyUrl: URL }).TemplateId,
      );
      cloud.putRule({ DomainName: "push.example.com", TemplateId: one ?? 0 });
      const deleted = gate.hold({ action: "DeleteLiveCallbackRule", nth: 1 }, true);
      const binding = { domainName: "push.example.com", templateId: one };
      const moved = plugin.call("update", "DomainBinding", { ...binding, templateId: two }, binding);
      await deleted.reached;
      const ended = plugin.loseEngine();
      await plugin.rejectsCalls();
      deleted[end]();
      await moved;
      expect(await ended).to.deep.equal([0, null]);
      expect(cloud.state().rules.map(({ TemplateId }) => TemplateId)).to.deep.equal([two]);
    });
  }

  it("ends waits and retries when the engine cancels", async () => {
    cloud.addFault({ kind: "error", code: "RequestLimitExceeded", times: "always" });
    const created = plugin.call("create", "CallbackTemplate", { templateName: "hooks", streamBeginNotifyUrl: URL });
    const failed = rejection(created);
    await gate.responded(2);
    await new Promise((done) => plugin.client.cancel(new Empty(), done));
    expect((await failed).message).to.contain("code=RequestLimitExceeded");
    expect(await plugin.loseEngine()).to.deep.equal([0, null]);
  });
});
