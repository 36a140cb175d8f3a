import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { buildSync } from "esbuild";
import ts from "typescript";
import { startEmulator } from "../../emulator";
import { providerStub } from "../../sdk/dynamic/providerStub";
import { ScratchProject } from "../../tools/scratchProject";
import { type PackedPackage, packAndInstall } from "../support/package/packed";
import { serviceOf } from "../support/package/service";
import { DynamicHost } from "../support/pulumi/dynamicHost";
import { LIFECYCLES, RECORDED_STUBS } from "../upgrades/stubs";

const REPOSITORY = resolve(__dirname, "../..");
const URL = "https://hooks.example.com/live";

describe("the provider stub", function () {
  this.timeout(180_000);
  it("is one line of at most 200 bytes, and never changes", () => {
    for (const lifecycle of LIFECYCLES) {
      const stub = providerStub(lifecycle);
      expect(stub).to.equal(RECORDED_STUBS.at(-1)?.(lifecycle)).and.not.contain("\n");
      expect(Buffer.byteLength(stub)).to.be.at.most(200);
    }
  });

  it("shows what to do if the package is not installed for the program", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tencentcloud-live-bare-"));
    const host = await DynamicHost.start(folder);
    try {
      const outcome = await host
        .check({ __provider: providerStub("callbackTemplate") })
        .catch((error: Error) => error.message);
      expect(outcome).to.contain(
        "Install pulumi-tencentcloud-live as a direct dependency: Cannot find module 'pulumi-tencentcloud-live/provider'",
      );
    } finally {
      await host.close();
      rmSync(folder, { recursive: true });
    }
  });
});

describe("the packed package, installed outside the repository", function () {
  this.timeout(180_000);
  let packed: PackedPackage;
  before(() => {
    packed = packAndInstall();
  });
  after(() => rmSync(packed.folder, { recursive: true }));

  it("contains the files that a user needs, and no tests", () => {
    expect(packed.files).to.include.members([
      "README.md",
      "LICENSE",
      "NOTICE",
      "dist/sdk/index.js",
      "dist/sdk/index.d.ts",
      "dist/sdk/native/index.js",
      "dist/provider/hosts/dynamic/index.js",
      "dist/cli/main.js",
      "dist/cli/commandLine.js",
      "dist/receiver/index.js",
    ]);
    const others = packed.files.filter((file) =>
      /^(?!dist\/|docs\/[\w-]+\.md$|[A-Z]+(\.md)?$|package\.json$)/.test(file),
    );
    expect(others).to.have.members(
      ["pulumi-resource-tencentcloud-live", "plugin.js", "LICENSES"].map((file) => `plugin/${file}`),
    );
    // Declarations that no entry point reaches are left out, such as those of a command or a part of the
    // emulator.
    const needless = /^dist\/(cli\/.*|emulator\/http\/gateway|provider\/lifecycle)\.d\.ts$/;
    expect(packed.files.filter((file) => needless.test(file))).to.deep.equal([]);
  });

  it("has one command, whose parser bundles only commander, with its license", () => {
    const folder = join(packed.nodeModules, "pulumi-tencentcloud-live");
    const { bin, dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    expect(bin).to.deep.equal({
      "tencentcloud-live": "./dist/cli/main.js",
      "pulumi-resource-tencentcloud-live": "./plugin/pulumi-resource-tencentcloud-live",
    });
    expect(dependencies).to.not.have.property("commander");
    const { metafile } = buildSync({
      ...{ absWorkingDir: REPOSITORY, entryPoints: ["cli/commandLine.ts"], platform: "node" },
      ...{ bundle: true, metafile: true, write: false },
    });
    const bundled = Object.keys(metafile.inputs).filter((file) => !file.startsWith("node_modules/commander/"));
    expect(bundled, "a second copy of any other file").to.deep.equal(["cli/commandLine.ts"]);
    const license = readFileSync(join(REPOSITORY, "node_modules/commander/LICENSE"), "utf8").trim();
    expect(readFileSync(join(folder, "NOTICE"), "utf8")).to.include(license);
  });

  it("has the native provider with all that it requires, which runs from any folder, with the licenses of its packages", () => {
    const folder = join(packed.nodeModules, "pulumi-tencentcloud-live/plugin");
    const options = { cwd: "/", env: { PATH: process.env["PATH"] }, input: "", encoding: "utf8" } as const;
    const { status, stdout } = spawnSync(join(folder, "pulumi-resource-tencentcloud-live"), [], options);
    expect([status, stdout]).to.deep.equal([0, stdout.match(/^\d+\n$/)?.[0]]);
    const licenses = readFileSync(join(folder, "LICENSES"), "utf8");
    for (const name of ["@grpc/grpc-js", "@pulumi/pulumi", "axios", "google-protobuf", "zod"]) {
      expect(licenses).to.match(new RegExp(`^${name} \\d`, "m"));
    }
  });

  it("has an executable command, even after another build of the repository", () => {
    // The link of an example to the repository is created once, so a later build must produce the same file
    // mode.
    expect(statSync(join(REPOSITORY, "dist/cli/main.js")).mode & 0o111).to.equal(0o111);
  });

  it("runs its command if commander is not installed", () => {
    rmSync(join(packed.nodeModules, "commander"));
    const command = join(packed.nodeModules, "pulumi-tencentcloud-live/dist/cli/main.js");
    expect(() => createRequire(command).resolve("commander")).to.throw("Cannot find module");
    const run = (...args: string[]) => {
      const options = { cwd: packed.folder, env: { PATH: process.env["PATH"] }, encoding: "utf8" } as const;
      const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], options);
      return { status, stdout, stderr };
    };
    expect(run("--version")).to.deep.include({ status: 0, stderr: "" });
    for (const name of ["emulator", "send", "verify", "deliveries", "export"]) {
      const help = run(name, "--help");
      expect(help).to.include({ status: 0, stderr: "" });
      expect(help.stdout).to.include(`Usage: tencentcloud-live ${name} `);
    }
    expect(run("send", "--kye=Secret1")).to.deep.equal({
      ...{ status: 2, stdout: "" },
      stderr: "tencentcloud-live send: unknown option '--kye'\nSee tencentcloud-live send --help.\n",
    });
  });

  it("is found by TypeScript with every module resolution, including the one of older projects", () => {
    const { ModuleKind, ModuleResolutionKind, resolveModuleName, sys } = ts;
    const entries = ["", "/native", "/receiver", "/receiver/redis", "/emulator", "/provider"].map(
      (entry) => `pulumi-tencentcloud-live${entry}`,
    );
    for (const [module, moduleResolution] of [
      [ModuleKind.CommonJS, ModuleResolutionKind.Node10],
      [ModuleKind.Node16, ModuleResolutionKind.Node16],
      [ModuleKind.Preserve, ModuleResolutionKind.Bundler],
    ] as const) {
      const found = entries.map((entry) => {
        const options = { module, moduleResolution, preserveSymlinks: true };
        return resolveModuleName(entry, join(packed.folder, "index.ts"), options, sys).resolvedModule;
      });
      expect(
        found.map((one) =>
          // The declarations of the ES modules are the CommonJS declarations under another name.
          one?.resolvedFileName
            .split("/pulumi-tencentcloud-live/")
            .at(-1)
            ?.replace(/dist\/esm\/(.*)\.d\.mts$/, "dist/$1.d.ts"),
        ),
        ModuleResolutionKind[moduleResolution],
      ).to.deep.equal(
        [
          ...["sdk/index", "sdk/native/index", "receiver/index", "receiver/stores/redisStore", "emulator/index"],
          "provider/hosts/dynamic/index",
        ].map((file) => `dist/${file}.d.ts`),
      );
    }
  });

  for (const sdk of ["pulumi-sdk-lowest", "@pulumi/pulumi"]) {
    for (const way of ["linked", "installed"]) {
      it(`is loaded by the host of ${sdk === "@pulumi/pulumi" ? "the highest" : "the lowest"} allowed SDK when it is ${way}`, async () => {
        const host = await DynamicHost.start(way === "linked" ? REPOSITORY : packed.folder, { sdk });
        try {
          for (const [index, stub] of RECORDED_STUBS.entries()) {
            const template = await host.check({
              templateName: `hooks-${index}`,
              streamBeginNotifyUrl: URL,
              __provider: stub("callbackTemplate"),
            });
            expect(template.reasons).to.deep.equal([]);
            expect(template.inputs).to.include({ templateName: `hooks-${index}`, callbackKey: "" });
            const binding = await host.check({ domainName: "A.example.com", __provider: stub("domainBinding") });
            expect(binding.reasons[0]).to.contain("templateId is missing");
          }
        } finally {
          await host.close();
        }
      });
    }
  }

  it("runs the receiver of the README without an installation of Pulumi", async () => {
    const readme = readFileSync(join(REPOSITORY, "README.md"), "utf8");
    const [, program = ""] = /```ts\n(import \{ createServer.*?)```/s.exec(readme) ?? [];
    const service = serviceOf(packed, program.replace("listen(8080)", "listen(0, '127.0.0.1', ready)"));
    const emulator = await startEmulator();
    try {
      const port = await service.printed(/^port (\d+)$/m);
      const { TemplateId } = emulator.putTemplate({
        TemplateName: "hooks",
        CallbackKey: "ReadmeKey1",
        StreamBeginNotifyUrl: `http://127.0.0.1:${port}/`,
      });
      emulator.putRule({ DomainName: "push.example.com", TemplateId });
      const sent = await emulator.sendEvent({ event: "streamBegin", domainName: "push.example.com" });
      expect(sent.outcome).to.equal("delivered");
      expect(await service.printed(/^(.*) has started$/m)).to.equal("push.example.com/live/stream");
      const { peerDependenciesMeta } = JSON.parse(
        readFileSync(join(packed.nodeModules, "pulumi-tencentcloud-live/package.json"), "utf8"),
      );
      expect(peerDependenciesMeta, "else npm installs it").to.deep.equal({ "@pulumi/pulumi": { optional: true } });
    } finally {
      service.stop();
      await emulator.close();
    }
  });

  for (const [kind, manifest] of [
    ["in TypeScript", { main: "index.ts" }],
    ["as an ES module", { main: "index.js", type: "module" }],
  ] as const) {
    it(`runs the program of the README ${kind}, with the same provider stub as when it is linked`, async () => {
      const readme = readFileSync(join(REPOSITORY, "README.md"), "utf8");
      const [, program = ""] = /```ts\n(import .*?)```/s.exec(readme) ?? [];
      const emulator = await startEmulator();
      const project = await ScratchProject.start(emulator.url, packed.nodeModules);
      delete project.environment["NODE_OPTIONS"];
      try {
        project.write("Pulumi.yaml", "name: callbacks\nruntime: nodejs\n");
        project.write("package.json", JSON.stringify({ name: "callbacks", ...manifest }));
        project.write(manifest.main, program);
        await project.succeed("config", "set", "--secret", "callbackKey", "ReadmeKey1");
        await project.up();
        expect(emulator.state().templates).to.have.length(1);
        expect(emulator.state().rules).to.not.be.empty;
        for (const { type, inputs, outputs } of Object.values(project.resources())) {
          const lifecycle = type.endsWith(":CallbackTemplate") ? "callbackTemplate" : "domainBinding";
          expect([inputs["__provider"], outputs["__provider"]]).to.deep.equal([
            providerStub(lifecycle),
            providerStub(lifecycle),
          ]);
        }
        await project.destroy();
        expect(emulator.state()).to.deep.include({ templates: [], rules: [] });
      } finally {
        project.close();
        await emulator.close();
      }
    });
  }
});
