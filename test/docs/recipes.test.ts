import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import ts from "typescript";
import { outsidePerSuite } from "../support/package/outside";
import { type PackedPackage, packAndInstall, receiverAlone } from "../support/package/packed";
import type { RunningProgram } from "../support/package/service";
import { responsesOfGateway } from "../support/recipes/gateway";
import { EXPECTED, responsesAt, signedText } from "../support/recipes/messages";
import { NEXT_PACKAGES, writeNextApp } from "../support/recipes/next";
import { nginxInFront } from "../support/recipes/nginx";
import { codeOf, RecipeFolder } from "../support/recipes/recipe";
import { workerOf } from "../support/recipes/worker";

const NODE_TYPES = "@types/node@20";

describe("a recipe of docs/receiver.md", function () {
  this.timeout(120_000);
  let packed: PackedPackage;
  let receiver: string;
  before("packs the package", () => {
    packed = packAndInstall();
    receiver = receiverAlone(packed);
  });
  after(() => {
    for (const folder of [packed.folder, receiver]) rmSync(folder, { recursive: true });
  });

  /** Runs a recipe in a folder that is removed afterwards. */
  async function withFolder(
    installed: string,
    test: (folder: RecipeFolder) => Promise<void>,
    how?: "copied",
  ): Promise<void> {
    const folder = new RecipeFolder(installed, receiver, how);
    try {
      await test(folder);
    } finally {
      folder.close();
    }
  }

  async function withProgram(
    installed: string,
    code: string,
    test: (origin: string, program: RunningProgram) => Promise<void>,
  ): Promise<void> {
    await withFolder(installed, async (folder) => {
      const program = folder.start(folder.writeCode("main.js", code));
      try {
        await test(`http://127.0.0.1:${await program.printed(/^port (\d+)$/m)}`, program);
      } finally {
        program.stop();
      }
    });
  }

  const servesMessagesAndHealth = (installed: string, code: string, prefix = ""): Promise<void> =>
    withProgram(installed, code, async (origin, program) => {
      expect(await responsesAt(`${origin}${prefix}/live`, program)).to.deep.equal(EXPECTED);
      expect((await fetch(`${origin}/health`)).status).to.equal(200);
      expect((await fetch(`${origin}${prefix}/live`)).status).to.be.oneOf([404, 405]);
    });

  /** Compiles a recipe with the types of the installed packages. */
  const compiles = (installed: string, file: string, code: string, options: ts.CompilerOptions = {}): Promise<void> =>
    withFolder(installed, async (folder) => {
      expect(folder.diagnosticsOf(file, code, options)).to.deep.equal([]);
    });

  describe("for node:http", () => {
    const installed = outsidePerSuite(NODE_TYPES);
    const code = codeOf("node:http");
    it("serves callbacks and a health check with node:http", () => servesMessagesAndHealth(installed(), code));
    it("compiles strictly with node:http", () => compiles(installed(), "main.ts", code));
  });

  for (const version of [4, 5]) {
    describe(`for Express ${version}`, () => {
      const installed = outsidePerSuite(`express@${version}`, `@types/express@${version}`, NODE_TYPES);
      const code = codeOf("Express 4 and 5");
      it(`serves callbacks and a health check in Express ${version}`, () => servesMessagesAndHealth(installed(), code));
      it(`compiles strictly with Express ${version}`, () => compiles(installed(), "main.ts", code));

      it(`reports a form parser that runs first in Express ${version}, and accepts the result of a JSON parser`, async () => {
        const [route = ""] = /^app\.post.*$/m.exec(code) ?? [];
        const wrong = code.replace(`${route}\n`, "").replace("app.get(", `${route}\napp.get(`);
        await withProgram(installed(), wrong, async (origin, program) => {
          const responses = await responsesAt(`${origin}/live`, program);
          const unavailable = "500 body_unavailable";
          expect(responses).to.deep.equal({
            ...EXPECTED,
            "signed with the content type of a form": unavailable,
            // The parser creates an object with one field, which looks like an unsigned message.
            "a form": "403 missing_signature",
          });
        });
      });
    });
  }

  for (const [section, ...packages] of [
    ["Fastify", "fastify@5"],
    ["Hono", "hono@4", "@hono/node-server@2"],
    [
      "NestJS",
      ...["@nestjs/common@11", "@nestjs/core@11", "@nestjs/platform-express@11", "reflect-metadata@0.2", "rxjs@7"],
    ],
  ] as const) {
    describe(`for ${section}`, () => {
      const installed = outsidePerSuite(...packages, NODE_TYPES);
      it(`compiles strictly with ${section}`, () => compiles(installed(), "main.ts", codeOf(section)));
      it(`serves callbacks and a health check in ${section}`, () =>
        servesMessagesAndHealth(installed(), codeOf(section)));
    });
  }

  describe("for a sub-path", () => {
    const installed = outsidePerSuite("hono@4", "@hono/node-server@2", NODE_TYPES);
    const code = codeOf("Behind a proxy, and under a sub-path");
    it("serves callbacks below the sub-path of a router", () => servesMessagesAndHealth(installed(), code, "/hooks"));
    it("compiles strictly with the sub-path of a router", () => compiles(installed(), "main.ts", code));
  });

  it("serves callbacks behind nginx, which removes the sub-path", async function () {
    await withProgram(tmpdir(), codeOf("node:http"), async (origin, program) => {
      const nginx = await nginxInFront(origin, codeOf("Behind a proxy, and under a sub-path", "nginx"));
      if (!nginx) return this.skip();
      try {
        expect(await responsesAt(`${nginx.origin}/hooks/live`, program)).to.deep.equal(EXPECTED);
        expect((await fetch(`${nginx.origin}/hooks/health`)).status).to.equal(200);
      } finally {
        await nginx.close();
      }
    });
  });

  describe("for Next.js", () => {
    const installed = outsidePerSuite(...NEXT_PACKAGES);
    it("compiles strictly with the settings of Next.js", () =>
      compiles(installed(), "app/live/route.ts", codeOf("Next.js"), {
        module: ts.ModuleKind.ESNext,
        moduleResolution: ts.ModuleResolutionKind.Bundler,
        lib: ["lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.esnext.d.ts"],
      }));
    it("serves callbacks in the development server of Next.js", async () => {
      const test = async (folder: RecipeFolder) => {
        const program = folder.start(writeNextApp(folder, installed()), "dev");
        try {
          const origin = `http://127.0.0.1:${await program.printed(/^port (\d+)$/m)}`;
          expect(await responsesAt(`${origin}/live`, program)).to.deep.equal(EXPECTED);
        } finally {
          // Its server is another process, which it only ends after this signal.
          program.stop("SIGTERM");
          await program.ended;
        }
      };
      await withFolder(installed(), test, "copied");
    });
  });

  describe("for functions behind a gateway", () => {
    const installed = outsidePerSuite("@types/aws-lambda@8", NODE_TYPES);
    it("compiles strictly with the types of AWS Lambda", () =>
      compiles(installed(), "function.ts", codeOf("AWS Lambda and Tencent SCF, behind an API gateway")));
  });

  for (const gateway of ["an HTTP API of AWS", "a REST API of AWS", "a trigger of Tencent SCF"] as const) {
    it(`handles the events of ${gateway}`, () =>
      withFolder(tmpdir(), async (folder) => {
        folder.writeCode("function.js", codeOf("AWS Lambda and Tencent SCF, behind an API gateway"));
        expect(await responsesOfGateway(gateway, folder)).to.deep.equal(EXPECTED);
      }));
  }

  describe("for Workers", () => {
    const installed = outsidePerSuite("miniflare@4", "@cloudflare/workers-types@4");
    it("compiles strictly with the types of Workers", () => {
      const typeRoots = [join(installed(), "node_modules/@cloudflare")];
      return compiles(installed(), "worker.ts", codeOf("Cloudflare Workers"), { typeRoots, types: ["workers-types"] });
    });
    it("serves callbacks in workerd, without a flag", () =>
      withFolder(installed(), async (folder) => {
        const worker = await workerOf(installed(), folder.writeCode("worker.js", codeOf("Cloudflare Workers")));
        try {
          expect(await responsesAt(`${worker.origin}/live`, worker)).to.deep.equal(EXPECTED);
          expect((await fetch(`${worker.origin}/health`)).status).to.equal(200);
        } finally {
          await worker.close();
        }
      }));
  });

  describe("for OpenTelemetry", () => {
    const installed = outsidePerSuite(
      ...["@opentelemetry/api@1", "@opentelemetry/sdk-metrics@2", "@opentelemetry/sdk-trace-base@2", NODE_TYPES],
    );
    it("compiles strictly with the types of OpenTelemetry", () =>
      compiles(installed(), "traced.ts", codeOf("OpenTelemetry")));
    it("records a span and three metrics for every message", () =>
      withFolder(installed(), async (folder) => {
        // A failing handler, in addition to those of the recipe.
        const failing = "onStreamEnd: () => Promise.reject(new Error()), onError: () => {}, onMessage,";
        folder.writeCode("traced.js", codeOf("OpenTelemetry").replace("onMessage,\n});", `${failing}\n});`));
        const [begin, end] = [signedText("a"), signedText("a").replace('"event_type":1', '"event_type":0')];
        folder.write("messages.json", JSON.stringify([begin, begin, end, signedText("b", "OtherKey1")]));
        const main = folder.write("main.js", readFileSync(join(__dirname, "../support/recipes/telemetry.mjs"), "utf8"));
        const collected = JSON.parse(await folder.start(main).printed(/^collected (.*)$/m));
        const counted = [
          ["streamBegin", "handled", 1],
          ["streamBegin", "repeated", 1],
          ["streamEnd", "handler_failed", 1],
          ["none", "invalid_signature", 1],
        ];
        expect(collected.metrics).to.deep.equal({
          "live_callbacks.messages": counted,
          "live_callbacks.failures": [["streamEnd", "handler_failed", 1]],
          "live_callbacks.duration": counted,
        });
        expect(collected.spans).to.deep.equal([
          { name: "callback streamBegin", outcome: "handled", id: "1:a", error: false, lasted: true },
          { name: "callback streamBegin", outcome: "repeated", id: "1:a", error: false, lasted: true },
          { name: "callback streamEnd", outcome: "handler_failed", id: "0:a", error: true, lasted: true },
          { name: "callback none", outcome: "invalid_signature", error: false, lasted: true },
        ]);
      }));
  });
});
