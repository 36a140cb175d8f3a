import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import { z } from "zod";

const secretRef = z.strictObject({ name: z.string(), key: z.string() });
/** `Env` and `FS` are deprecated since version 2.1. */
const resourceRef = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("Secret"), secret: secretRef }),
  z.strictObject({ type: z.literal("Literal"), literal: z.strictObject({ value: z.string() }) }),
]);
/** Without the pod template, and without the fields that the stack fills in. */
const workspaceSpec = z.strictObject({
  serviceAccountName: z.string().optional(),
  securityProfile: z.enum(["baseline", "restricted"]).optional(),
  image: z.string().optional(),
  imagePullPolicy: z.enum(["Always", "Never", "IfNotPresent"]).optional(),
  skipInstall: z.boolean().optional(),
  pulumiLogLevel: z.int().optional(),
});
/** Without the deprecated fields, and those that version 2 ignores. */
const stackSpec = z.strictObject({
  envRefs: z.record(z.string(), resourceRef).optional(),
  backend: z.string().optional(),
  stack: z.string(),
  config: z.record(z.string(), z.unknown()).optional(),
  secretsRef: z.record(z.string(), resourceRef).optional(),
  secretsProvider: z.string().optional(),
  environment: z.array(z.string()).optional(),
  projectRepo: z.string(),
  repoDir: z.string().optional(),
  commit: z.string().optional(),
  branch: z.string().optional(),
  shallow: z.boolean().optional(),
  targets: z.array(z.string()).optional(),
  targetDependents: z.boolean().optional(),
  continueResyncOnCommitMatch: z.boolean().optional(),
  refresh: z.boolean().optional(),
  destroyOnFinalize: z.boolean().optional(),
  runProgram: z.boolean().optional(),
  retryOnUpdateConflict: z.boolean().optional(),
  retryMaxBackoffDurationSeconds: z.int().optional(),
  useLocalStackOnly: z.boolean().optional(),
  preview: z.boolean().optional(),
  resyncFrequencySeconds: z.int().min(60).optional(),
  serviceAccountName: z.string(),
  workspaceTemplate: z.strictObject({ spec: workspaceSpec }).optional(),
  workspaceReclaimPolicy: z.enum(["Retain", "Delete"]).optional(),
});

const named = z.strictObject({ name: z.string(), namespace: z.string() });
const manifests = z.tuple([
  z.strictObject({
    apiVersion: z.literal("v1"),
    kind: z.literal("ServiceAccount"),
    metadata: named.extend({
      annotations: z.record(z.templateLiteral(["tke.cloud.tencent.com/", z.string()]), z.string()),
    }),
  }),
  z.strictObject({
    apiVersion: z.literal("rbac.authorization.k8s.io/v1"),
    kind: z.literal("ClusterRoleBinding"),
    metadata: z.strictObject({ name: z.string() }),
    roleRef: z.strictObject({ apiGroup: z.string(), kind: z.literal("ClusterRole"), name: z.string() }),
    subjects: z.array(named.extend({ kind: z.literal("ServiceAccount") })),
  }),
  z.strictObject({
    apiVersion: z.literal("pulumi.com/v1"),
    kind: z.literal("Stack"),
    // The operator rejects longer names.
    metadata: named.extend({ name: z.string().max(42) }),
    spec: stackSpec,
  }),
]);

/**
 * Returns the manifests in a file. Fields that version 2 of the operator does not have are errors.
 *
 * @see https://github.com/pulumi/pulumi-kubernetes-operator/blob/master/docs/stacks.md
 * @see https://github.com/pulumi/pulumi-kubernetes-operator/blob/master/docs/workspaces.md
 * @see https://github.com/pulumi/pulumi-kubernetes-operator/pull/1171 for `runProgram`
 */
export function readManifests(file: string): z.infer<typeof manifests> {
  const documents = parseAllDocuments(readFileSync(file, "utf8"));
  return manifests.parse(documents.map((document) => document.toJS()));
}
