import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import {
  type CheckRequest,
  CheckResponse,
  type ConfigureRequest,
  ConfigureResponse,
  type DiffRequest,
  DiffResponse,
  GetSchemaResponse,
  type ProviderHandshakeRequest,
  ProviderHandshakeResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Deployment, type DeploymentOptions } from "../../deployment";
import { Lifecycle } from "../../lifecycle";
import type { Log } from "../../log";
import { redactor } from "../../redaction";
import { callbackTemplate } from "../../resources/callbackTemplate";
import { domainBinding } from "../../resources/domainBinding";
import { secretSettings } from "../../settings";
import { CREDENTIAL_SETTINGS, HIDDEN_SETTINGS } from "../../settings/keys";
import { oneLine, toWords } from "../../words";
import { checkFailures } from "./checkFailures";
import { checkConfiguration } from "./configuration";
import { PluginHost } from "./pluginHost";
import { nameOf } from "./resource";
import { Resources } from "./resources";
import { decode, encode, receive, secretTexts } from "./struct";

/** The protocol features that this plugin accepts. */
const ACCEPTED = { secrets: true, resources: false, outputs: false, autoNaming: true };

/** The provider of one account. A plugin process serves one provider resource. */
export class Plugin {
  readonly deployment: Deployment;
  readonly resources: Resources;
  readonly #host = new PluginHost();
  readonly #environment: NodeJS.ProcessEnv;
  readonly #schema: string;
  readonly #version: string;

  constructor(
    { schema, version, logOf }: { schema: string; version: string; logOf: (urn?: string) => Log },
    options: DeploymentOptions = {},
  ) {
    this.#schema = schema;
    this.#version = version;
    this.#environment = { ...(options.environment ?? process.env) };
    this.#host.logTo(logOf());
    this.deployment = new Deployment(this.#host, options);
    const lifecycles = {
      "tencentcloud-live:index:CallbackTemplate": new Lifecycle(this.deployment, callbackTemplate),
      "tencentcloud-live:index:DomainBinding": new Lifecycle(this.deployment, domainBinding),
    };
    this.resources = new Resources(this.deployment, lifecycles, logOf);
  }

  handshake(_request: ProviderHandshakeRequest): ProviderHandshakeResponse {
    const response = new ProviderHandshakeResponse();
    response.setAcceptSecrets(ACCEPTED.secrets);
    response.setAcceptResources(ACCEPTED.resources);
    response.setAcceptOutputs(ACCEPTED.outputs);
    response.setSupportsAutonamingConfiguration(ACCEPTED.autoNaming);
    return response;
  }

  getPluginInfo(): PluginInfo {
    const info = new PluginInfo();
    info.setVersion(this.#version);
    return info;
  }

  getSchema(): GetSchemaResponse {
    const response = new GetSchemaResponse();
    response.setSchema(this.#schema);
    return response;
  }

  checkConfig(request: CheckRequest): CheckResponse {
    const received = decode(request.getNews());
    const secrets = new Set([...CREDENTIAL_SETTINGS, ...received.secrets]);
    const hidden = secretTexts({ ...received, secrets: new Set([...HIDDEN_SETTINGS, ...secrets]) });
    const hide = redactor([...hidden, ...secretSettings(this.#host, this.#environment)]);
    const failures = checkConfiguration(received.properties, providerName(request.getUrn()), this.#environment);
    const response = new CheckResponse();
    response.setInputs(encode(received.properties, secrets));
    const shown = failures.map(({ property, reason }) => ({ property, reason: oneLine(toWords(reason), hide) }));
    response.setFailuresList(checkFailures(shown, received));
    return response;
  }

  /**
   * Compares two configurations. A difference, such as another endpoint or key, never replaces a resource.
   */
  diffConfig(request: DiffRequest): DiffResponse {
    const [olds, news] = [decode(request.getOlds()).properties, decode(request.getNews()).properties];
    const names = [...new Set([...Object.keys(olds), ...Object.keys(news)])];
    const isDifferent = (name: string) => JSON.stringify(olds[name]) !== JSON.stringify(news[name]);
    const different = names.filter((name) => name !== "version" && isDifferent(name));
    const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
    const response = new DiffResponse();
    response.setChanges(different.length === 0 ? DIFF_NONE : DIFF_SOME);
    response.setDiffsList(different);
    return response;
  }

  configure(request: ConfigureRequest): ConfigureResponse {
    const { properties } = receive(request.getArgs(), this.deployment);
    this.#host.configure(properties, providerName(request.getUrn() ?? ""));
    const response = new ConfigureResponse();
    response.setAcceptsecrets(ACCEPTED.secrets);
    response.setAcceptresources(ACCEPTED.resources);
    response.setAcceptoutputs(ACCEPTED.outputs);
    response.setSupportspreview(true);
    response.setSupportsAutonamingConfiguration(ACCEPTED.autoNaming);
    return response;
  }
}

/** Returns the name of an explicit provider resource; `undefined` for a default provider of the stack. */
function providerName(urn: string): string | undefined {
  const name = nameOf(urn);
  return name === "" || /^default(_|$)/.test(name) ? undefined : name;
}
