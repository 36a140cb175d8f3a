import { type Cloud, create, type Deployment, PROVIDER_STUB, type Stored } from "../cloud";
import { CANARIES, CANARY_CREDENTIALS } from "./canaries";

/** An error as the engine gets it: `cannot <verb> <resource>: <why>. <what to do>. (<codes>)`, on one line. */
export const ONE_LINE =
  /^cannot (create|read|update|delete) (callback template|domain binding) [^\n]+: [^\n]+\. \(code=\S+ action=\S+ requestId=\S+ retryable=(true|false)\)$/;

/** An environment with credentials that are secrets of the tests. */
export const CANARY_ENVIRONMENT = {
  TENCENTCLOUD_SECRET_ID: CANARY_CREDENTIALS.secretId,
  TENCENTCLOUD_SECRET_KEY: CANARY_CREDENTIALS.secretKey,
  TENCENTCLOUD_SECURITY_TOKEN: CANARY_CREDENTIALS.token,
};

const fields = {
  templateName: "hooks",
  callbackKey: CANARIES.callbackKey,
  streamBeginNotifyUrl: CANARIES.url,
  streamEndNotifyUrl: "https://hooks.example.com/end",
};
const text = { __provider: PROVIDER_STUB };

/** What is in the cloud and in the state when an operation begins: two templates, one of them bound. */
export interface Stack {
  bound: Stored;
  free: Stored;
  binding: Stored;
}

export async function stackIn(cloud: Cloud): Promise<Stack> {
  const { callbackTemplate, domainBinding } = cloud.deployment({}, { environment: environmentOf(cloud.url) });
  const bound = await create(callbackTemplate, fields);
  const free = await create(callbackTemplate, { ...fields, templateName: "other" });
  const binding = await create(domainBinding, { domainName: "a.example.com", templateId: Number(bound.id) });
  return { bound, free, binding };
}

export const environmentOf = (endpoint: string) => ({ ...CANARY_ENVIRONMENT, TENCENTCLOUD_LIVE_ENDPOINT: endpoint });

/** One operation on one resource. */
export interface Operation {
  /** How many calls it makes when all goes well: a test can let the server fail at each of them in turn. */
  calls: number;
  /** How many of them pass before the first that writes, or before the only one. */
  before: number;
  /** How many budgets it may use: shared lists, a create that may have to be made good, and looking what is left have their own. */
  budgets: number;
  run(deployment: Deployment, stack: Stack): Promise<unknown>;
}

/** Every operation that calls the API, on both resource types. */
export const OPERATIONS: Record<string, Operation> = {
  "create of a template": {
    calls: 2,
    before: 1,
    budgets: 3,
    run: ({ callbackTemplate }) => callbackTemplate.create({ ...fields, templateName: "new", ...text }),
  },
  "read of a template": {
    calls: 1,
    before: 0,
    budgets: 1,
    run: ({ callbackTemplate }, { bound }) => callbackTemplate.read(bound.id, bound.outs),
  },
  "update of a template": {
    calls: 2,
    before: 0,
    budgets: 2,
    run: ({ callbackTemplate }, { bound }) =>
      callbackTemplate.update(bound.id, bound.outs, { ...bound.inputs, streamEndNotifyUrl: undefined }),
  },
  "delete of a template": {
    calls: 2,
    before: 1,
    budgets: 2,
    run: ({ callbackTemplate }, { free }) => callbackTemplate.delete(free.id, free.outs),
  },
  "create of a binding": {
    calls: 3,
    before: 2,
    budgets: 3,
    run: ({ domainBinding }, { bound }) =>
      domainBinding.create({ domainName: "b.example.com", templateId: Number(bound.id), ...text }),
  },
  "read of a binding": {
    calls: 1,
    before: 0,
    budgets: 1,
    run: ({ domainBinding }, { binding }) => domainBinding.read(binding.id, binding.outs),
  },
  "update of a binding": {
    calls: 4,
    before: 2,
    budgets: 5,
    run: ({ domainBinding }, { binding, free }) =>
      domainBinding.update(binding.id, binding.outs, { ...binding.inputs, templateId: Number(free.id) }),
  },
  "delete of a binding": {
    calls: 2,
    before: 1,
    budgets: 2,
    run: ({ domainBinding }, { binding }) => domainBinding.delete(binding.id, binding.outs),
  },
};

/** An operation, and how many of its calls pass before the server fails. */
export interface Case {
  name: string;
  operation: Operation;
  good: number;
}

/** Each operation with the call that writes, or its only one: where the server fails there, nothing has been changed. */
export function everyWrite(): Case[] {
  return Object.entries(OPERATIONS).map(([name, operation]) => ({ name, operation, good: operation.before }));
}

/** Each operation with each of its calls. */
export function everyCall(): Case[] {
  return Object.entries(OPERATIONS).flatMap(([name, operation]) =>
    Array.from({ length: operation.calls }, (_, good) => ({ name, operation, good })),
  );
}
