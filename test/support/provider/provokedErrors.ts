import { EMULATOR_CREDENTIALS, type Fault } from "../../../emulator";
import type { Clock } from "../../../provider/api/clock";
import type { ProviderCode } from "../../../provider/api/codes";
import { Deployment } from "../../../provider/deployment";
import { environmentHost } from "../../../provider/hosts/environment";
import { Lifecycle } from "../../../provider/lifecycle";
import { callbackTemplate } from "../../../provider/resources/callbackTemplate";
import { FailingServer, MISTREATMENTS, type Mistreat, respondWith } from "../api/failingServer";
import { clockAt, VirtualClock } from "../clock";
import {
  type Cloud,
  create,
  emulatorEnvironment,
  type Deployment as Provider,
  type Stored,
  startCloud,
  update,
} from "../cloud";
import { pluginDeployment } from "../pluginDeployment";

const URL = "https://hooks.example.com/live";
const ARGS = { templateName: "hooks", streamBeginNotifyUrl: URL, description: "old", declaredBy: "hooks" };
const ANOTHER = { ...ARGS, templateName: "another", declaredBy: "another" };
const MISSING = 999_999;
const CLOUD = {
  accountId: "100000000001",
  domains: [{ name: "a.example.com" }, { name: "play.example.com", type: 1 as const }],
  dialect: { emptyStringClears: false },
};

/** Two templates, one of them bound, and new processes with these secrets. */
export class Situation {
  private constructor(
    readonly secrets: readonly string[],
    readonly cloud: Cloud,
    readonly template: Stored,
    readonly other: Stored,
    readonly binding: Stored,
  ) {}

  static async start(secrets: readonly string[] = []): Promise<Situation> {
    const cloud = await startCloud(CLOUD);
    const { callbackTemplate, domainBinding } = cloud.deployment();
    const template = await create(callbackTemplate, ARGS);
    const other = await create(callbackTemplate, { ...ARGS, templateName: "other", declaredBy: "other" });
    const binding = await create(domainBinding, { domainName: "a.example.com", templateId: template.id });
    return new Situation(secrets, cloud, template, other, binding);
  }

  /** Starts a process with this configuration and another API endpoint. It does not retry. */
  deployment(
    config: Record<string, string> = {},
    endpoint = this.cloud.url,
    keys: object = KEYS,
    clock?: Clock,
  ): Provider {
    const all = Object.entries({ retrySeconds: "0", ...config });
    const values = Object.fromEntries(all.map(([key, value]) => [`tencentcloud-live:${key}`, value]));
    const deployment = this.cloud.deployment(values, {
      environment: { ...keys, TENCENTCLOUD_LIVE_ENDPOINT: endpoint, TENCENTCLOUD_STS_ENDPOINT: endpoint },
      ...(clock && { clock }),
    });
    // A template without a URL is rejected, and claims nothing.
    for (const callbackKey of this.secrets)
      deployment.callbackTemplate.check({}, { callbackKey }).catch(() => undefined);
    return deployment;
  }

  read({ callbackTemplate }: Provider): Promise<unknown> {
    return callbackTemplate.read(this.template.id, { ...this.template.outs });
  }

  /** Reads a template that does not exist, with this account in its state. */
  readMissing(origin: object = {}): Promise<unknown> {
    return this.deployment().callbackTemplate.read(String(MISSING), { ...this.template.outs, ...origin });
  }

  /** Creates a template in a stopped deployment. */
  createStopped(inputs: object): Promise<unknown> {
    const deployment = new Deployment(environmentHost, { environment: emulatorEnvironment(this.cloud) });
    deployment.keepSecret(this.secrets);
    deployment.stop();
    return new Lifecycle(deployment, callbackTemplate).create({ owner: "", ownerInState: "" }, { ...inputs });
  }

  /** Reads the state of a later version with the plugin. */
  readLaterState(): Promise<unknown> {
    const plugin = pluginDeployment({ environment: emulatorEnvironment(this.cloud), log: () => undefined });
    return plugin.callbackTemplate.read(this.template.id, { ...this.template.outs, stateVersion: 2 });
  }

  /** Reads from a server that fails like this for every call. */
  async readFrom(mistreat: Mistreat): Promise<void> {
    const clock = new VirtualClock();
    const server = await FailingServer.start(this.cloud.url, 0, mistreat, clock);
    try {
      await this.read(this.deployment({}, server.url, KEYS, clock));
    } finally {
      await server.close();
    }
  }
}

const KEYS = {
  TENCENTCLOUD_SECRET_ID: EMULATOR_CREDENTIALS.secretId,
  TENCENTCLOUD_SECRET_KEY: EMULATOR_CREDENTIALS.secretKey,
};

/** An operation that fails with this code and this value of `retryable`. */
type Provocation = [code: ProviderCode, retryable: boolean, fail: (situation: Situation) => unknown];

/** Provokes each code with each of its values of `retryable`. */
export const PROVOCATIONS: Provocation[] = [
  ["Provider.AccountNotAllowed", false, (of) => of.read(of.deployment({ allowedAccountIds: "200000000002" }))],
  [
    "Provider.AccountUnknown",
    true,
    (of) => {
      of.cloud.addFault({ kind: "status", status: 500, action: "GetCallerIdentity", times: "always" });
      return of.readMissing();
    },
  ],
  [
    "Provider.AlreadyBound",
    false,
    (of) => create(of.deployment().domainBinding, { domainName: "a.example.com", templateId: of.other.id }),
  ],
  [
    "Provider.AlreadyExists",
    false,
    (of) => create(of.deployment().callbackTemplate, { ...ARGS, declaredBy: "another" }),
  ],
  [
    "Provider.AlreadyManaged",
    false,
    (of) => update(of.deployment().callbackTemplate, of.template, { ...ARGS, adopt: MISSING }),
  ],
  [
    "Provider.CredentialsNotFound",
    false,
    (of) => of.read(of.deployment({}, of.cloud.url, { TENCENTCLOUD_PROFILE: "none" })),
  ],
  ["Provider.Defect", false, (of) => of.deployment().callbackTemplate.update("1", {}, undefined)],
  [
    "Provider.DomainNotUsable",
    false,
    (of) => create(of.deployment().domainBinding, { domainName: "play.example.com", templateId: of.other.id }),
  ],
  [
    "Provider.DuplicateResource",
    false,
    async (of) => {
      const { callbackTemplate } = of.deployment();
      const inputs = { ...ANOTHER, adopt: true };
      await callbackTemplate.diff(of.template.id, of.template.outs, of.template.inputs);
      await callbackTemplate.check({}, of.template.inputs);
      await callbackTemplate.create({ ...inputs, templateName: "hooks" });
    },
  ],
  ["Provider.HttpStatus", true, (of) => of.readFrom(respondWith(503, ""))],
  ["Provider.HttpStatus", true, (of) => of.readFrom(respondWith(429, ""))],
  ["Provider.HttpStatus", false, (of) => of.readFrom(respondWith(404, ""))],
  [
    "Provider.InUse",
    false,
    (of) => of.deployment({ inUseTimeoutSeconds: "0" }).callbackTemplate.delete(of.template.id, of.template.outs),
  ],
  [
    "Provider.InUse",
    true,
    (of) => {
      const fault = { kind: "error", code: "FailedOperation.ConfInUsed", times: "always" } as const;
      of.cloud.addFault({ ...fault, action: "DeleteLiveCallbackTemplate" });
      return of.deployment({ inUseTimeoutSeconds: "0" }).callbackTemplate.delete(of.other.id, of.other.outs);
    },
  ],
  ["Provider.Interrupted", true, (of) => of.createStopped(ANOTHER)],
  [
    "Provider.InvalidConfiguration",
    false,
    (of) => of.deployment({ retrySeconds: "soon" }).callbackTemplate.check({}, ARGS),
  ],
  ["Provider.InvalidId", false, (of) => of.deployment().domainBinding.read("a b", {})],
  ["Provider.InvalidResponse", true, (of) => of.readFrom(respondWith(200, "<html>"))],
  ["Provider.InvalidResponse", false, (of) => of.readFrom(respondWith(200, '{"Response":{"RequestId":"r"}}'))],
  ["Provider.NetworkError", true, (of) => of.read(of.deployment({}, "http://127.0.0.1:1"))],
  [
    "Provider.NotCleared",
    false,
    (of) => {
      const changes = { description: undefined, streamEndNotifyUrl: URL };
      return update(of.deployment().callbackTemplate, of.template, { ...ARGS, ...changes });
    },
  ],
  ["Provider.NotFound", false, (of) => of.deployment().callbackTemplate.read(String(MISSING), {})],
  ["Provider.NotFound", false, (of) => create(of.deployment().callbackTemplate, { ...ANOTHER, adopt: MISSING })],
  [
    "Provider.NotFound",
    false,
    (of) => update(of.deployment().domainBinding, of.binding, { ...of.binding.inputs, templateId: MISSING }),
  ],
  [
    "Provider.OutcomeUnknown",
    true,
    (of) => {
      of.cloud.addFault({ kind: "reset", action: "CreateLiveCallbackTemplate" });
      return create(of.deployment().callbackTemplate, ANOTHER);
    },
  ],
  ["Provider.StateTooNew", false, (of) => of.readLaterState()],
  ["Provider.Timeout", true, (of) => of.readFrom(MISTREATMENTS["accepts and never responds"] as Mistreat)],
  ["Provider.TlsError", false, (of) => of.read(of.deployment({}, of.cloud.url.replace("http:", "https:")))],
  [
    "Provider.WouldOverwrite",
    false,
    (of) => create(of.deployment().callbackTemplate, { ...ANOTHER, adopt: Number(of.template.id) }),
  ],
  ["Provider.WrongAccount", false, (of) => of.readMissing({ accountId: "200000000002" })],
];

/** Deletes the template without rules. The cloud executes the call, and the response fails like this. */
const lostDelete =
  (fault: Fault, prepare: (of: Situation) => Clock | undefined = () => undefined) =>
  (of: Situation): Promise<void> => {
    of.cloud.addFault({ ...fault, action: "DeleteLiveCallbackTemplate", applied: true } as Fault);
    const { callbackTemplate } = of.deployment({}, of.cloud.url, KEYS, prepare(of));
    return callbackTemplate.delete(of.other.id, of.other.outs);
  };

/** A clock that times out a request without a response after the cloud has executed it. */
function expiringAfterDelete({ cloud, other }: Situation): Clock {
  const clock = new VirtualClock();
  const isThere = () => cloud.state().templates.some(({ TemplateId }) => String(TemplateId) === other.id);
  const watch = (): unknown => (isThere() ? setImmediate(watch) : clock.neverResponds());
  watch();
  return clock;
}

/** A clock that fails after the cloud has executed the delete. */
function failingAfterDelete({ cloud }: Situation): Clock {
  return clockAt(() => {
    if (cloud.calls().DeleteLiveCallbackTemplate) throw new Error("no time");
    return Date.now();
  });
}

/** Provokes each code whose operation has changed something in the cloud. */
export const WRITTEN_ALL_THE_SAME: Provocation[] = [
  ["Provider.Defect", false, lostDelete({ kind: "error", code: "InternalError" }, failingAfterDelete)],
  ["Provider.HttpStatus", true, lostDelete({ kind: "status", status: 500 })],
  ["Provider.InvalidResponse", true, lostDelete({ kind: "truncated" })],
  ["Provider.NetworkError", true, lostDelete({ kind: "reset" })],
  [
    "Provider.OutcomeUnknown",
    true,
    (of) => {
      of.cloud.addFault({ kind: "reset", action: "CreateLiveCallbackTemplate", applied: true });
      of.cloud.addFault({
        kind: "stale",
        action: "DescribeLiveCallbackTemplates",
        writes: 1,
        skip: 1,
        times: "always",
      });
      return create(of.deployment().callbackTemplate, ANOTHER);
    },
  ],
  ["Provider.Timeout", true, lostDelete({ kind: "latency", ms: 3_600_000 }, expiringAfterDelete)],
];
