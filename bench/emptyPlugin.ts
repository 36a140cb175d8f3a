import type { sendUnaryData, UntypedServiceImplementation } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  type CheckRequest,
  CheckResponse,
  ConfigureResponse,
  type CreateRequest,
  CreateResponse,
  DiffResponse,
  GetSchemaResponse,
  ProviderHandshakeResponse,
  type ReadRequest,
  ReadResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Value } from "google-protobuf/google/protobuf/struct_pb";
import { version } from "../package.json";
import { listen } from "../provider/hosts/plugin/listen";
import schema from "../provider/hosts/plugin/schema.json";

/** The duration of each write, in milliseconds. */
const LATENCY_MS = Number(process.env["EMPTY_PLUGIN_LATENCY_MS"]);

const responding =
  <Request, Response>(respond: (request: Request) => Response | Promise<Response>) =>
  async ({ request }: { request: Request }, callback: sendUnaryData<Response>) =>
    callback(null, await respond(request));

const write = () => new Promise((resolve) => setTimeout(resolve, LATENCY_MS));

const check = responding((request: CheckRequest) => new CheckResponse().setInputs(request.getNews()));
const diff = responding(() => new DiffResponse().setChanges(DiffResponse.DiffChanges.DIFF_NONE));

async function create(request: CreateRequest): Promise<CreateResponse> {
  await write();
  const properties = request.getProperties();
  const fields = properties?.getFieldsMap();
  const id = fields?.get("domainName") ?? fields?.get("templateName");
  if (!fields?.has("templateId")) fields?.set("templateId", new Value().setNumberValue(1));
  return new CreateResponse().setId(id?.getStringValue() ?? "").setProperties(properties);
}

function read(request: ReadRequest): ReadResponse {
  const [id, inputs, properties] = [request.getId(), request.getInputs(), request.getProperties()];
  return new ReadResponse().setId(id).setInputs(inputs).setProperties(properties);
}

/** The least work of a provider of both resources: it waits for each write, and returns its inputs. */
const service: UntypedServiceImplementation = {
  handshake: responding(() => new ProviderHandshakeResponse().setAcceptSecrets(true)),
  getPluginInfo: responding(() => new PluginInfo().setVersion(version)),
  getSchema: responding(() => new GetSchemaResponse().setSchema(JSON.stringify({ ...schema, version }))),
  configure: responding(() => new ConfigureResponse().setAcceptsecrets(true)),
  checkConfig: check,
  diffConfig: diff,
  check,
  diff,
  create: responding(create),
  read: responding(read),
  delete: responding(() => write().then(() => new Empty())),
  attach: responding(() => new Empty()),
  cancel: responding(() => new Empty()),
};

listen().then(({ server, port }) => {
  server.addService(ResourceProviderService, service);
  process.stdout.write(`${port}\n`);
});
process.stdin.on("end", () => process.exit()).resume();
