import {
  type CheckRequest,
  CheckResponse,
  type CreateRequest,
  CreateResponse,
  type DeleteRequest,
  type DiffRequest,
  DiffResponse,
  PropertyDiff,
  type ReadRequest,
  ReadResponse,
  type UpdateRequest,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Deployment } from "../../deployment";
import type { Lifecycle } from "../../lifecycle";
import type { Log } from "../../log";
import type { OperationContext } from "../../operation";
import { OperationError } from "../../operationError";
import { type Properties, UNKNOWN } from "../../properties";
import { AUTOMATIC, autoNameOf, namingAfterRead, ownAutoNameIn } from "./autoName";
import { checkFailures } from "./checkFailures";
import { grpcError, withRecorded } from "./failures";
import { bookkeeping, ownerInState, ownerOf, ownProperties, programProperties, tooNew, typeOf } from "./resource";
import { encode, type Received, receive } from "./struct";

/** Always secret in outputs, even if the program does not mark it: the key may come from the console. */
const SECRET = "callbackKey";

const secretsIn = (...received: Received[]): Set<string> =>
  new Set([SECRET, ...received.flatMap(({ secrets }) => [...secrets])]);

/** The operations on resources. Translates between messages of the engine and the lifecycles of the core. */
export class Resources {
  readonly #deployment: Deployment;
  readonly #lifecycles: Readonly<Record<string, Lifecycle>>;
  readonly #logOf: (urn: string) => Log;

  /**
   * @param lifecycles by type, for example `tencentcloud-live:index:CallbackTemplate`
   * @param logOf returns the log of a resource
   */
  constructor(deployment: Deployment, lifecycles: Readonly<Record<string, Lifecycle>>, logOf: (urn: string) => Log) {
    this.#deployment = deployment;
    this.#lifecycles = lifecycles;
    this.#logOf = logOf;
  }

  async check(request: CheckRequest): Promise<CheckResponse> {
    const urn = request.getUrn();
    const [olds, news] = [this.#decode(request.getOlds()), this.#decode(request.getNews())];
    const given = programProperties(news.properties, olds.properties);
    const autoName = autoNameOf(request, olds.properties, given);
    const context = { ...this.#context(urn, {}), autoName };
    const { inputs, failures } = await this.#of(urn).check(context, ownProperties(olds.properties), given);
    const response = new CheckResponse();
    const isNamed = autoName !== undefined && inputs["templateName"] === autoName;
    response.setInputs(encode({ ...withoutEmptyKey(inputs), ...(isNamed && AUTOMATIC) }, secretsIn(news)));
    response.setFailuresList(checkFailures(failures, news));
    return response;
  }

  async diff(request: DiffRequest): Promise<DiffResponse> {
    const urn = request.getUrn();
    const [{ properties: olds }, { properties: news }] = [
      this.#decode(request.getOlds()),
      this.#decode(request.getNews()),
    ];
    this.#requireKnownVersion(urn, request.getId(), olds);
    const difference = await this.#of(urn).diff(
      this.#context(urn, olds),
      request.getId(),
      ownProperties(olds),
      ownProperties(news),
    );
    const { DIFF_NONE, DIFF_SOME } = DiffResponse.DiffChanges;
    const response = new DiffResponse();
    response.setChanges(difference.properties.length === 0 ? DIFF_NONE : DIFF_SOME);
    response.setDiffsList(difference.properties);
    response.setReplacesList(difference.replaces);
    response.setDeletebeforereplace(difference.deleteBeforeReplace ?? false);
    response.setHasdetaileddiff(true);
    for (const name of difference.properties) {
      const detail = new PropertyDiff();
      detail.setKind(kindOf(olds[name], news[name], difference.replaces.includes(name)));
      response.getDetaileddiffMap().set(name, detail);
    }
    return response;
  }

  async create(request: CreateRequest): Promise<CreateResponse> {
    const urn = request.getUrn();
    const received = this.#decode(request.getProperties());
    const inputs = ownProperties(received.properties);
    const response = new CreateResponse();
    if (request.getPreview()) {
      response.setProperties(encode(this.#of(urn).expected(inputs), secretsIn(received)));
      return response;
    }
    const context = {
      ...this.#context(urn, {}, request.getTimeout()),
      autoName: ownAutoNameIn(urn, received.properties),
    };
    const creating = this.#of(urn).create(context, inputs);
    const { id, outs } = await creating.catch((error) => this.#partial(error, urn, received));
    response.setId(id);
    response.setProperties(this.#outputs(outs, urn, received));
    return response;
  }

  /** Reads a resource that is in the stack, that is imported, or that a program only reads. */
  async read(request: ReadRequest): Promise<ReadResponse> {
    const urn = request.getUrn();
    const [olds, inputs] = [this.#decode(request.getProperties()), this.#decode(request.getInputs())];
    this.#requireKnownVersion(urn, request.getId(), olds.properties);
    const recorded = ownProperties(olds.properties);
    const state = await this.#of(urn).read(this.#context(urn, olds.properties), request.getId(), recorded);
    const response = new ReadResponse();
    if (!state) return response;
    // A resource without recorded outputs is new to the stack.
    const isNew = recorded["templateId"] === undefined;
    const origin = isNew ? await this.#deployment.origins.ofUpdate({}) : {};
    const kept = isNew ? bookkeeping(ownerOf(urn)) : recordedBookkeeping(olds.properties);
    response.setId(state.id);
    response.setProperties(encode({ ...state.outs, ...origin, ...kept }, secretsIn(olds, inputs)));
    const naming = namingAfterRead(inputs.properties, state.inputs);
    response.setInputs(encode({ ...withoutEmptyKey(state.inputs), ...naming }, secretsIn(olds, inputs)));
    return response;
  }

  async update(request: UpdateRequest): Promise<UpdateResponse> {
    const urn = request.getUrn();
    const [{ properties: olds }, received] = [this.#decode(request.getOlds()), this.#decode(request.getNews())];
    this.#requireKnownVersion(urn, request.getId(), olds);
    const [before, inputs] = [ownProperties(olds), ownProperties(received.properties)];
    const response = new UpdateResponse();
    if (request.getPreview()) {
      const expected = this.#of(urn).expected(inputs, request.getId(), before);
      response.setProperties(encode(expected, secretsIn(received)));
      return response;
    }
    const context = this.#context(urn, olds, request.getTimeout());
    const updating = this.#of(urn).update(context, request.getId(), before, inputs);
    const outs = await updating.catch((error) => this.#partial(error, urn, received));
    response.setProperties(this.#outputs(outs, urn, received));
    return response;
  }

  async delete(request: DeleteRequest): Promise<Empty> {
    const urn = request.getUrn();
    const { properties } = this.#decode(request.getProperties());
    this.#requireKnownVersion(urn, request.getId(), properties);
    const context = this.#context(urn, properties, request.getTimeout());
    await this.#of(urn).delete(context, request.getId(), ownProperties(properties));
    return new Empty();
  }

  #decode(struct: Struct | undefined): Received {
    return receive(struct, this.#deployment);
  }

  /** @throws OperationError `Provider.StateTooNew` */
  #requireKnownVersion(urn: string, id: string, state: Properties): void {
    const failure = tooNew(state);
    if (failure) throw this.#of(urn).unreadable(id, state, failure);
  }

  #of(urn: string): Lifecycle {
    const lifecycle = this.#lifecycles[typeOf(urn)];
    if (!lifecycle) {
      const types = Object.keys(this.#lifecycles).join(", ");
      throw new Error(`${typeOf(urn)} is not a resource of this package; it has ${types}`);
    }
    return lifecycle;
  }

  #context(urn: string, outs: Properties, timeoutSeconds = 0): OperationContext {
    return {
      owner: ownerOf(urn),
      ownerInState: ownerInState(outs),
      timeoutMs: timeoutSeconds > 0 ? timeoutSeconds * 1000 : undefined,
      log: this.#logOf(urn),
    };
  }

  #outputs(outs: Properties, urn: string, received: Received) {
    return encode({ ...outs, ...bookkeeping(ownerOf(urn)) }, secretsIn(received));
  }

  /** Throws an error, with the state that the failed operation has left. */
  #partial(error: unknown, urn: string, received: Received): never {
    if (!(error instanceof OperationError) || !error.recorded) throw error;
    const outs = this.#outputs(error.recorded.outs, urn, received);
    const inputs = encode(received.properties, secretsIn(received));
    throw withRecorded(grpcError(error, this.#deployment.debug), error.recorded, outs, inputs);
  }
}

/** Removes an empty callback key from inputs. */
const withoutEmptyKey = ({ callbackKey, ...rest }: Properties): Properties =>
  callbackKey === "" ? rest : { ...rest, callbackKey };

/** Returns the bookkeeping that a refresh keeps. */
const recordedBookkeeping = ({ declaredBy, stateVersion, __provider }: Properties): Properties => ({
  declaredBy,
  stateVersion,
  __provider,
});

function kindOf(before: unknown, after: unknown, replaces: boolean): PropertyDiff.Kind {
  const isSet = (value: unknown) => value !== undefined && value !== "" && value !== UNKNOWN;
  const { Kind } = PropertyDiff;
  if (!isSet(before) && after !== undefined) return replaces ? Kind.ADD_REPLACE : Kind.ADD;
  if (after === undefined || after === "") return replaces ? Kind.DELETE_REPLACE : Kind.DELETE;
  return replaces ? Kind.UPDATE_REPLACE : Kind.UPDATE;
}
