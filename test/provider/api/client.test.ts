import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect, createServer as createTcpServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { EMULATOR_CREDENTIALS, startEmulator } from "../../../emulator";
import { ApiError, TransportError } from "../../../provider/api/errors";
import {
  CREDENTIALS,
  clientOf,
  closedPort,
  failureOf,
  NOW,
  ok,
  type Reply,
  raw,
  respondTo,
  type Seen,
  serve,
  silent,
} from "../../support/api/apiServer";
import { SELF_SIGNED } from "../../support/api/selfSigned";
import { VirtualClock } from "../../support/clock";
import { closeAfterTest } from "../../support/lifetime";

const rules = ok({ Rules: [] });

async function seenOf(options: Parameters<typeof clientOf>[1] = {}): Promise<Seen> {
  const { url, seen } = await serve([rules]);
  await clientOf(url, options).send("DescribeLiveCallbackRules", {});
  const [only] = seen;
  if (!only) throw new Error("nothing was sent");
  return only;
}

/** Returns the outcome of a call in a process with this environment. */
async function outcomeInProcess(endpoint: string, env: NodeJS.ProcessEnv): Promise<string> {
  const child = ["--require", "tsx/cjs", `${__dirname}/../../support/api/callChild.ts`, endpoint];
  return (await promisify(execFile)(process.execPath, child, { env })).stdout;
}

/** A record that no key of the connection has encrypted: content type 23, TLS 1.2, 32 bytes. */
const FOREIGN_RECORD = Buffer.from([23, 3, 3, 0, 32, ...Array<number>(32).fill(7)]);

/** Starts a TLS server whose response to every request cannot be decrypted. */
async function startCorrupted(): Promise<Server> {
  const outer = createTcpServer((connection) => {
    const secure = createTlsServer(SELF_SIGNED, () => connection.write(FOREIGN_RECORD));
    secure.listen(0, "127.0.0.1", () => {
      const inner = connect((secure.address() as AddressInfo).port, "127.0.0.1");
      connection.pipe(inner).pipe(connection);
      connection.once("close", () => secure.close()).on("error", () => inner.destroy());
    });
  });
  await new Promise<void>((listening) => outer.listen(0, "127.0.0.1", listening));
  return closeAfterTest(outer);
}

describe("the client's requests", () => {
  it("are POSTs of the signed JSON, with the headers of the API", async () => {
    const { url, seen } = await serve([ok()]);
    const request = { DomainName: "push.example.com", AppName: "", TemplateId: 7 };
    await clientOf(url).send("CreateLiveCallbackRule", request);
    expect(seen[0]).to.include({ method: "POST", url: "/" });
    expect(seen[0]?.body).to.equal('{"DomainName":"push.example.com","AppName":"","TemplateId":7}');
    expect(seen[0]?.headers).to.include({
      host: url.host,
      "content-type": "application/json; charset=utf-8",
      "x-tc-action": "CreateLiveCallbackRule",
      "x-tc-version": "2018-08-01",
      "x-tc-timestamp": "1704067200",
      "x-tc-language": "en-US",
    });
    expect(seen[0]?.headers).not.to.have.any.keys("x-tc-token", "x-tc-region");
    expect(seen[0]?.headers.authorization).to.match(
      /^TC3-HMAC-SHA256 Credential=AKIDexample\/2024-01-01\/live\/tc3_request, SignedHeaders=content-type;host;x-tc-action, Signature=[0-9a-f]{64}$/,
    );
  });

  it("are accepted by a server that verifies the signature, but not with another key", async () => {
    const emulator = await startEmulator({ clock: () => NOW });
    const signedWith = (secretKey: string) =>
      clientOf(new URL(emulator.url), {
        credentials: () => ({ ...EMULATOR_CREDENTIALS, secretKey, source: "the test" }),
      }).send("CreateLiveCallbackTemplate", { TemplateName: "直播", StreamBeginNotifyUrl: "http://a.example.com/" });
    try {
      expect(await signedWith(EMULATOR_CREDENTIALS.secretKey)).to.have.keys("TemplateId");
      const error = await failureOf(signedWith("another"), ApiError);
      expect(error.code).to.equal("AuthFailure.SignatureFailure");
    } finally {
      await emulator.close();
    }
  });

  it("carry the token of temporary credentials, and the region only if one is set", async () => {
    const credentials = () => ({ ...CREDENTIALS, securityToken: "token-1" });
    const { headers } = await seenOf({ credentials, region: "ap-singapore" });
    expect(headers).to.include({ "x-tc-token": "token-1", "x-tc-region": "ap-singapore" });
  });

  it("resolve credentials only when a call is made", async () => {
    let looks = 0;
    const { url } = await serve([rules]);
    const client = clientOf(url, { credentials: () => ({ ...CREDENTIALS, looks: ++looks }) });
    expect(looks).to.equal(0);
    await client.send("DescribeLiveCallbackRules", {});
    expect(looks).to.equal(1);
  });

  it("share one connection if they are sequential", async () => {
    const server = await serve([rules]);
    const client = clientOf(server.url);
    for (let call = 0; call < 3; call++) await client.send("DescribeLiveCallbackRules", {});
    expect([server.seen.length, server.connections()]).to.deep.equal([3, 1]);
  });

  it("are never more than 16 at once", async () => {
    const held: (() => void)[] = [];
    let most = 0;
    const release = async (): Promise<void> => {
      // Long enough for a 17th request to arrive, if one was sent.
      for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate);
      for (const response of held.splice(0)) response();
    };
    const { url } = await serve([
      (...args) => {
        most = Math.max(
          most,
          held.push(() => rules(...args)),
        );
        if (held.length === 1) void release();
      },
    ]);
    const client = clientOf(url);
    await Promise.all(Array.from({ length: 64 }, () => client.send("DescribeLiveCallbackRules", {})));
    expect(most).to.equal(16);
  });
});

describe("the client's proxy", function () {
  // Each test starts a process.
  this.timeout(30_000);
  /**
   * Returns the outcome of a call in a process whose environment sets a proxy, and the requests to the proxy.
   */
  async function throughProxy(
    endpoint: string,
    more: NodeJS.ProcessEnv = {},
  ): Promise<{ stdout: string; seen: string[] }> {
    const seen: string[] = [];
    const proxy = createServer((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      response.writeHead(502).end();
    });
    proxy.on("connect", (request, socket) => {
      seen.push(`CONNECT ${request.url} ${JSON.stringify(request.headers).includes("TC3") ? "signed" : "bare"}`);
      socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const names = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"];
    const env = {
      ...process.env,
      NO_PROXY: "",
      no_proxy: "",
      ...Object.fromEntries(names.map((name) => [name, address])),
    };
    try {
      return { stdout: await outcomeInProcess(endpoint, { ...env, ...more }), seen };
    } finally {
      proxy.close();
    }
  }

  it("is never used for this machine", async () => {
    const { url } = await serve([rules]);
    const { stdout, seen } = await throughProxy(url.href);
    expect({ stdout, seen }).to.deep.equal({ stdout: "0 rules", seen: [] });
  });

  it("is used for the API as a tunnel, which does not see the signed request", async () => {
    const { stdout, seen } = await throughProxy("https://live.invalid");
    expect(stdout).to.match(/^Provider\.HttpStatus: .*502/);
    expect(seen).to.deep.equal(["CONNECT live.invalid:443 bare"]);
  });

  it("is not used for hosts in NO_PROXY", async () => {
    const { stdout, seen } = await throughProxy("https://live.invalid", {
      NO_PROXY: "live.invalid",
      no_proxy: "live.invalid",
    });
    expect(stdout).to.match(/^Provider\.NetworkError: the connection to https:\/\/live\.invalid failed/);
    expect(seen).to.deep.equal([]);
  });

  for (const endpoint of ["https://live.invalid", "http://live.invalid"]) {
    it(`causes an error that rules out an executed call if it refuses the connection: ${endpoint}`, async () => {
      const names = ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"];
      const refusing = Object.fromEntries(names.map((name) => [name, "http://127.0.0.1:1"]));
      const { stdout } = await throughProxy(endpoint, refusing);
      expect(stdout).to.match(/^Provider\.NetworkError: .*\(ECONNREFUSED\), not executed$/);
    });
  }
});

describe("the client's transport", () => {
  it("never follows a redirect", async () => {
    const other = await serve([rules]);
    const error = await respondTo(raw(302, "", { location: other.url.href }));
    expect(error).to.include({ code: "Provider.HttpStatus", retryable: false });
    expect(error.message).to.contain("302");
    expect(other.seen).to.deep.equal([]);
  });

  const dripping =
    (clock: VirtualClock): Reply =>
    (response) => {
      let drops = 0;
      const timer = setInterval(() => {
        response.write(" ");
        if (++drops === 2) clock.neverResponds();
      }, 5);
      response.on("close", () => clearInterval(timer));
    };
  for (const [what, reply] of Object.entries({ "sends nothing": silent, "never ends its response": dripping })) {
    it(`fails exactly when the request times out, if the server ${what}`, async () => {
      const clock = new VirtualClock();
      const error = await respondTo(reply(clock), { requestTimeoutMs: 60_000, clock });
      expect(clock.monotonic()).to.equal(60_000);
      expect(error).to.include({ code: "Provider.Timeout", retryable: true, mayHaveExecuted: true });
      expect(error.message).to.match(/^http:\/\/127\.0\.0\.1:\d+ did not respond within 60 s$/);
      expect(error.remedy).to.contain("tencentcloud-live:requestTimeoutSeconds");
    });
  }

  it("rejects a response of more than 64 MiB, even if it is compressed", async () => {
    const body = gzipSync(`${" ".repeat(64 * 1024 * 1024)}{"Response":{"Rules":[],"RequestId":"r"}}`);
    const compressed: Reply = (response) => response.writeHead(200, { "content-encoding": "gzip" }).end(body);
    const error = await respondTo(compressed);
    expect(error).to.include({ code: "Provider.NetworkError", mayHaveExecuted: true });
  });

  it("reports that a call without a connection or over an unusable TLS connection was not executed", async () => {
    for (const host of [`127.0.0.1:${await closedPort()}`, `localhost:${await closedPort()}`]) {
      const unsent = clientOf(new URL(`http://${host}`)).send("DescribeLiveCallbackRules", {});
      expect(await failureOf(unsent, TransportError), host).to.include({ retryable: true, mayHaveExecuted: false });
    }
    const { port } = (await serve([rules])).url;
    const plain = clientOf(new URL(`https://127.0.0.1:${port}`)).send("DescribeLiveCallbackRules", {});
    const error = await failureOf(plain, TransportError);
    expect(error).to.include({ code: "Provider.TlsError", retryable: false, mayHaveExecuted: false });
    expect(error.remedy).to.contain("NODE_EXTRA_CA_CERTS");
  });

  it("reports an unknown outcome if a TLS connection fails after its handshake", async () => {
    const folder = mkdtempSync(join(tmpdir(), "client-"));
    closeAfterTest({ close: () => rmSync(folder, { recursive: true }) });
    const certificate = join(folder, "certificate.pem");
    writeFileSync(certificate, SELF_SIGNED.cert);
    const { port } = (await startCorrupted()).address() as AddressInfo;
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: certificate };
    const outcome = await outcomeInProcess(`https://127.0.0.1:${port}`, env);
    expect(outcome).to.match(/^Provider\.NetworkError: the connection to \S+ failed \(ERR_SSL_\w+\), outcome unknown$/);
  }).timeout(30_000);
});
