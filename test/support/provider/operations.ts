import { type Cloud, create, type Deployment, PROVIDER_STUB, type Stored } from "../cloud";
import { CANARIES, CANARY_CREDENTIALS } from "./canaries";

/**
 * The format of an error for the engine, in one line: `cannot <verb> <resource>: <why>. <what to do>.
 * (<codes>)`.
 */
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

/** The cloud and the state before an operation: two templates, one of them bound. */
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

/** The budgets that an operation spends in sequence if the server fails from one of its calls on. */
export interface Spent {
  /**
   * Whole budgets for retries. Shared lists, the second part of a move, and the check of its result have
   * their own.
   */
  retries?: number;
  /** Searches for a template whose create may have been executed. A throttled create is retried instead. */
  searches?: number;
  /** First delays of a backoff, before work with its own budget. */
  delays?: number;
  /** Requests outside a budget that time out if the server is silent. */
  timeouts: number;
}

/** An operation on a resource. */
export interface Operation {
  /** For each call of a successful run: the budgets that it spends if the server fails from this call on. */
  calls: readonly Spent[];
  /** The number of calls before the first write, or before the only call. */
  before: number;
  run(deployment: Deployment, stack: Stack): Promise<unknown>;
}

/** Its last attempt begins when the budget ends. */
const ONE_BUDGET: Spent = { retries: 1, timeouts: 1 };

/** Every operation that calls the API, on both resource types. */
export const OPERATIONS: Record<string, Operation> = {
  "create of a template": {
    calls: [ONE_BUDGET, { searches: 1, timeouts: 2 }],
    before: 1,
    run: ({ callbackTemplate }) => callbackTemplate.create({ ...fields, templateName: "new", ...text }),
  },
  "read of a template": {
    calls: [ONE_BUDGET],
    before: 0,
    run: ({ callbackTemplate }, { bound }) => callbackTemplate.read(bound.id, bound.outs),
  },
  "update of a template": {
    calls: [ONE_BUDGET, ONE_BUDGET],
    before: 0,
    run: ({ callbackTemplate }, { bound }) =>
      callbackTemplate.update(bound.id, bound.outs, { ...bound.inputs, streamEndNotifyUrl: undefined }),
  },
  "delete of a template": {
    // It reads the list before the second delete.
    calls: [ONE_BUDGET, { retries: 1, delays: 1, timeouts: 2 }],
    before: 1,
    run: ({ callbackTemplate }, { free }) => callbackTemplate.delete(free.id, free.outs),
  },
  "create of a binding": {
    // The provider checks whether the rule was created.
    calls: [ONE_BUDGET, ONE_BUDGET, { retries: 1, timeouts: 2 }],
    before: 2,
    run: ({ domainBinding }, { bound }) =>
      domainBinding.create({ domainName: "b.example.com", templateId: Number(bound.id), ...text }),
  },
  "read of a binding": {
    calls: [ONE_BUDGET],
    before: 0,
    run: ({ domainBinding }, { binding }) => domainBinding.read(binding.id, binding.outs),
  },
  "update of a binding": {
    // It reads the list before the second delete, after the last one, and the result; then the new rule, the
    // old rule and the result.
    calls: [ONE_BUDGET, ONE_BUDGET, { retries: 2, delays: 1, timeouts: 4 }, { retries: 3, timeouts: 5 }],
    before: 2,
    run: ({ domainBinding }, { binding, free }) =>
      domainBinding.update(binding.id, binding.outs, { ...binding.inputs, templateId: Number(free.id) }),
  },
  "delete of a binding": {
    // It reads the list before the second delete.
    calls: [ONE_BUDGET, { retries: 1, delays: 1, timeouts: 2 }],
    before: 1,
    run: ({ domainBinding }, { binding }) => domainBinding.delete(binding.id, binding.outs),
  },
};

/** An operation, and the number of its calls that pass before the server fails. */
export interface Case {
  name: string;
  operation: Operation;
  good: number;
}

/** Each operation with its first write or only call. If the server fails there, nothing has been changed. */
export function everyWrite(): Case[] {
  return Object.entries(OPERATIONS).map(([name, operation]) => ({ name, operation, good: operation.before }));
}

/** Each operation with each of its calls. */
export function everyCall(): Case[] {
  return Object.entries(OPERATIONS).flatMap(([name, operation]) =>
    Array.from({ length: operation.calls.length }, (_, good) => ({ name, operation, good })),
  );
}
