import { expect } from "chai";
import { live } from "tencentcloud-sdk-nodejs";
import { EMULATOR_CREDENTIALS } from "../../emulator";
import type { Cloud, Values } from "../support/cloud";
import type { Stack, StackResource } from "./stack";

type Reader = InstanceType<typeof live.v20180801.Client>;

/** The official SDK, without code of this project. */
function plainClient({ port }: Cloud): Reader {
  return new live.v20180801.Client({
    credential: EMULATOR_CREDENTIALS,
    profile: { httpProfile: { protocol: "http://", endpoint: `127.0.0.1:${port}` } },
  });
}

/** Checks for every resource of the state that `read` returns the same as a plain client of the API. */
export async function expectSameReading(cloud: Cloud, stack: Stack): Promise<void> {
  const client = plainClient(cloud);
  const { Templates = [] } = await client.DescribeLiveCallbackTemplates();
  const { Rules = [] } = await client.DescribeLiveCallbackRules();
  const { callbackTemplate, domainBinding } = cloud.deployment();
  for (const resource of stack.resources.filter(({ pendingReplacement }) => !pendingReplacement)) {
    const type = resource.kind === "template" ? callbackTemplate : domainBinding;
    const { id, props = {} } = await type.read(resource.id, { ...resource.outs });
    const plain: object | undefined =
      resource.kind === "template"
        ? Templates.find(({ TemplateId }) => String(TemplateId) === resource.id)
        : Rules.find((rule) => keyOf(rule) === resource.id);
    const read = id ? comparable(props, resource) : undefined;
    expect(read, `${resource.kind} ${resource.name} as read`).to.deep.equal(plain && asRead({ ...plain }, resource));
  }
}

const keyOf = ({ DomainName = "", AppName }: { DomainName?: string; AppName?: string | null }): string =>
  AppName && AppName !== "*" ? `${DomainName}/${AppName}` : DomainName;

/** Returns the state without the properties that the API does not return. */
function comparable(properties: Values, { outs }: StackResource): Values {
  const { automaticName, declaredBy, adopt, adoptOverwrite, keepsName, __provider, ...own } = properties;
  const { accountId, endpointKind, recordStatusNotifyUrl, ...rest } = own;
  const told = recordStatusNotifyUrl !== undefined && recordStatusNotifyUrl !== outs["recordStatusNotifyUrl"];
  return { ...rest, ...(told && { recordStatusNotifyUrl }) };
}

/** Converts a response of the API to the spelling of the state. */
function asRead(response: Values, { kind, outs }: StackResource): Values {
  const fields = Object.entries(response).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]);
  const set: Values = Object.fromEntries(fields.filter(([, value]) => value !== null && value !== ""));
  if (kind === "binding") {
    const { appName = "", createTime, updateTime } = set;
    return {
      ...set,
      appName: appName === "*" ? "" : appName,
      ...{ createTime: iso(createTime), updateTime: iso(updateTime) },
    };
  }
  const { recordExceptionLevels: levels, recordStatusNotifyUrl, ...rest } = set;
  const known = Array.isArray(levels) && levels.length > 0 ? levels : (outs["recordExceptionLevels"] ?? ["error"]);
  return {
    callbackKey: "",
    ...rest,
    ...(rest["recordExceptionNotifyUrl"] !== undefined && { recordExceptionLevels: canonical(known as string[]) }),
    ...(recordStatusNotifyUrl !== undefined &&
      recordStatusNotifyUrl !== outs["recordStatusNotifyUrl"] && { recordStatusNotifyUrl }),
  };
}

const canonical = (levels: string[]): string[] => levels.map((level) => level.replace("alarm", "warning")).sort();

/** Beijing time, with the offset that the API may omit. */
const iso = (time: unknown): string => String(time).replace(/^(\S+) (\S+)$/, "$1T$2+08:00");
