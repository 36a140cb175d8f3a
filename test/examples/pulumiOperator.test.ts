import { resolve } from "node:path";
import { expect } from "chai";
import { useEmulator } from "../support/emulatorClient";
import { readManifests } from "../support/examples/operatorManifests";
import { ExampleRepository } from "../support/examples/pipelines/repository";
import { perTest } from "../support/lifetime";

const DOMAIN = "push.example.com";
const TOKEN = "eyJTokenOfThePod";
const manifests = readManifests(resolve(__dirname, "../../examples/pulumi-operator/stack.yaml"));
const [serviceAccount, roleBinding, { spec }] = manifests;
const ROLE = serviceAccount.metadata.annotations["tke.cloud.tencent.com/role-arn"] ?? "";

describe("the manifests of examples/pulumi-operator", () => {
  it("use the service account with the role and the permission to review tokens", () => {
    const { name, namespace } = serviceAccount.metadata;
    expect(spec.serviceAccountName).to.equal(name);
    expect(roleBinding.subjects).to.deep.equal([{ kind: "ServiceAccount", name, namespace }]);
    expect(roleBinding.roleRef.name).to.equal("system:auth-delegator");
    expect(manifests.at(-1)?.metadata).to.include({ namespace });
  });

  it("destroy with installed packages", () => {
    expect(spec.destroyOnFinalize && spec.runProgram).to.equal(true);
    expect(spec.workspaceTemplate?.spec).to.not.have.property("skipInstall");
  });

  it("reconcile even without a new commit", () => {
    expect(spec).to.include({ refresh: true, continueResyncOnCommitMatch: true });
  });
});

describe("the workspace of examples/pulumi-operator, with the real CLI", function () {
  this.timeout(300_000);
  const [stack = ""] = spec.stack.split("/").slice(-1);
  // The operator's interpretation of the manifest.
  const up = `pulumi up --yes --skip-preview --diff --suppress-progress ${spec.refresh ? "--refresh" : ""} --stack ${stack}`;
  const destroy = `pulumi destroy --yes --skip-preview ${spec.runProgram ? "--run-program" : ""} --stack ${stack}`;
  const withoutProgram = `pulumi destroy --yes --skip-preview --stack ${stack}`;
  const webIdentity = { providerId: "tke", tokens: [TOKEN] };
  const cloud = useEmulator({ credentials: [], roles: [{ arn: ROLE, webIdentity }] });
  const workspace = perTest(() => ExampleRepository.start("pulumi-operator", cloud.url));

  /** Runs a command as in the pod, with the environment of TKE. */
  const inPod = (script: string) =>
    workspace.bash(["-e"], `printf %s ${TOKEN} > token\n${script}`, {
      ...workspace.settings,
      TKE_ROLE_ARN: ROLE,
      TKE_PROVIDER_ID: "tke",
      TKE_WEB_IDENTITY_TOKEN_FILE: "token",
    });
  const succeed = async (script: string) => {
    const { code, output } = await inPod(script);
    expect(code, output).to.equal(0);
  };

  it("installs packages, deploys, repairs drift, and destroys only with installed packages", async () => {
    await succeed(`npm ci\n${up}`);
    cloud.removeRule(DOMAIN);
    await succeed(up);
    const { templates, rules } = cloud.state();
    expect(rules.map(({ DomainName, TemplateId }) => [DomainName, TemplateId])).to.deep.equal([
      [DOMAIN, templates[0]?.TemplateId],
    ]);

    workspace.checkOut();
    const { code, output } = await inPod(withoutProgram);
    expect(code).to.not.equal(0);
    expect(output).to.contain("Install pulumi-tencentcloud-live as a direct dependency: Cannot find module");
    expect(cloud.state()).to.deep.include({ templates, rules });

    await succeed(`npm ci\n${destroy}`);
    expect(cloud.state()).to.deep.include({ templates: [], rules: [] });
  });
});
