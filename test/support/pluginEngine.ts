import {
  CheckRequest,
  type CheckResponse,
  CreateRequest,
  type CreateResponse,
  DiffRequest,
  type DiffResponse,
  InvokeRequest,
  type InvokeResponse,
  ReadRequest,
  type ReadResponse,
  UpdateRequest,
  type UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { decode, encode, type Received } from "../../provider/hosts/plugin/struct";
import type { Properties } from "../../provider/properties";
import { type Cloud, emulatorEnvironment } from "./cloud";
import { PluginCalls } from "./pluginCalls";

export const URN = "urn:pulumi:dev::callbacks::tencentcloud-live:index:CallbackTemplate::hooks";
export const NO_SECRETS: ReadonlySet<string> = new Set();

/** The calls of the engine about one template. */
export class Engine {
  constructor(
    readonly plugin: PluginCalls,
    readonly urn = URN,
  ) {}

  static async start(cloud: Cloud): Promise<Engine> {
    return new Engine(await PluginCalls.start({ environment: emulatorEnvironment(cloud) }));
  }

  async check(olds: Properties, news: Properties, secrets = NO_SECRETS, naming?: [string, number]) {
    const request = new CheckRequest();
    request.setUrn(this.urn);
    request.setOlds(encode(olds, NO_SECRETS));
    request.setNews(encode(news, secrets));
    if (naming) {
      const options = new CheckRequest.AutonamingOptions();
      options.setProposedName(naming[0]);
      options.setMode(naming[1] as 0 | 1 | 2);
      request.setAutonaming(options);
    }
    const response = await this.plugin.call<CheckResponse>("check", request);
    const failures = response.getFailuresList().map((one) => [one.getProperty(), one.getReason()]);
    return { inputs: decode(response.getInputs()), failures };
  }

  async create(inputs: Properties, preview = false): Promise<Received & { id: string }> {
    const request = new CreateRequest();
    request.setUrn(this.urn);
    request.setProperties(encode(inputs, NO_SECRETS));
    request.setPreview(preview);
    const response = await this.plugin.call<CreateResponse>("create", request);
    return { id: response.getId(), ...decode(response.getProperties()) };
  }

  async diff(id: string, outs: Properties, news: Properties): Promise<DiffResponse> {
    const request = new DiffRequest();
    request.setUrn(this.urn);
    request.setId(id);
    request.setOlds(encode(outs, NO_SECRETS));
    request.setNews(encode(news, NO_SECRETS));
    return this.plugin.call("diff", request);
  }

  async read(id: string, outs: Properties = {}, inputs: Properties = {}): Promise<ReadResponse> {
    const request = new ReadRequest();
    request.setUrn(this.urn);
    request.setId(id);
    request.setProperties(encode(outs, NO_SECRETS));
    request.setInputs(encode(inputs, NO_SECRETS));
    return this.plugin.call("read", request);
  }

  async update(id: string, outs: Properties, news: Properties, preview = false): Promise<Received> {
    const request = new UpdateRequest();
    request.setUrn(this.urn);
    request.setId(id);
    request.setOlds(encode(outs, NO_SECRETS));
    request.setNews(encode(news, NO_SECRETS));
    request.setPreview(preview);
    return decode((await this.plugin.call<UpdateResponse>("update", request)).getProperties());
  }

  async invoke(name: string, args: Properties = {}): Promise<Received> {
    const request = new InvokeRequest();
    request.setTok(`tencentcloud-live:index:${name}`);
    request.setArgs(encode(args, NO_SECRETS));
    return decode((await this.plugin.call<InvokeResponse>("invoke", request)).getReturn());
  }
}
