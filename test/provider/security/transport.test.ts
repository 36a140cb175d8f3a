import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { createProvider } from "../../../provider/hosts/dynamic";
import { raw, serve } from "../../support/api/apiServer";
import { SELF_SIGNED } from "../../support/api/selfSigned";
import { configure, rejection } from "../../support/cloud";
import { filesIn } from "../../support/files";
import { leaksIn } from "../../support/provider/canaries";
import { environmentOf } from "../../support/provider/operations";

const CONFIG = { "tencentcloud-live:requestTimeoutSeconds": "2", "tencentcloud-live:retrySeconds": "0" };

/** Returns the failure of a read from an endpoint. */
function failureAt(endpoint: string): ReturnType<typeof rejection> {
  const { domainBinding } = createProvider({ environment: environmentOf(endpoint) });
  configure(domainBinding, CONFIG);
  return rejection(domainBinding.read("a.example.com", {}));
}

describe("K1: a request with credentials", () => {
  for (const status of [300, 301, 302, 303, 305, 307, 308]) {
    it(`fails on a redirect (${status}) and does not follow it`, async () => {
      const other = await serve([raw(200, "{}")]);
      const endpoint = await serve([raw(status, "", { location: other.url.href })]);
      const error = await failureAt(endpoint.url.href);
      expect(error.message).to.contain(`the API responded with HTTP status ${status}`);
      expect(endpoint.seen).to.have.length(1);
      expect(other.seen).to.deep.equal([]);
      expect(other.connections()).to.equal(0);
    });
  }

  for (const [what, headers] of Object.entries({
    "a refresh": (url: string) => ({ refresh: `0; url=${url}` }),
    "a link to another place": (url: string) => ({ link: `<${url}>; rel="canonical"`, "alt-svc": `h2="${url}"` }),
    "a cookie": () => ({ "set-cookie": "session=1" }),
  })) {
    it(`is not affected by ${what} in an earlier response`, async () => {
      const other = await serve([raw(200, "{}")]);
      const endpoint = await serve([raw(500, "", headers(other.url.href))]);
      await failureAt(endpoint.url.href);
      await failureAt(endpoint.url.href);
      expect(other.seen).to.deep.equal([]);
      expect(endpoint.seen.map((seen) => seen.headers.cookie)).to.deep.equal([undefined, undefined]);
    });
  }

  for (const endpoint of [
    "http://live.example.com",
    "http://127.0.0.1.example.com",
    "http://localhost@live.example.com",
  ]) {
    it(`is not sent over plain HTTP to ${endpoint}`, async () => {
      const error = await failureAt(endpoint);
      expect(error.message).to.contain("code=Provider.InvalidConfiguration");
      expect(leaksIn(error.message)).to.deep.equal([]);
    });
  }
});

describe("K1: the check of a TLS certificate", () => {
  let server: Server;
  let requests: number;
  let url: string;
  beforeEach(async () => {
    requests = 0;
    const secure = createServer(SELF_SIGNED, (_, response) => {
      requests++;
      response.end("{}");
    });
    server = secure;
    await new Promise<void>((listening) => secure.listen(0, "127.0.0.1", listening));
    url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => new Promise((closed) => server.close(closed)));

  it("prevents every request to a server with an untrusted certificate", async () => {
    const error = await failureAt(url);
    expect(error.message).to.contain(`no trusted TLS connection to ${url} (DEPTH_ZERO_SELF_SIGNED_CERT)`);
    expect(error.message).to.contain("NODE_EXTRA_CA_CERTS").and.contain("retryable=false");
    expect(leaksIn(error.message)).to.deep.equal([]);
    expect(requests).to.equal(0);
  });

  it("passes if the certificate of that server is trusted", async () => {
    const { get } = await import("node:https");
    await new Promise((responded, failed) => get(url, { ca: SELF_SIGNED.cert }, responded).on("error", failed));
    expect(requests).to.equal(1);
  });

  it("cannot be disabled by anything in the package", async () => {
    const before = process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
    await failureAt(url);
    expect(process.env["NODE_TLS_REJECT_UNAUTHORIZED"]).to.equal(before);
    const repository = resolve(__dirname, "../../..");
    for (const file of ["provider", "sdk", "emulator"].flatMap((folder) => filesIn(join(repository, folder)))) {
      expect(readFileSync(file, "utf8"), file).to.not.match(
        /rejectUnauthorized|REJECT_UNAUTHORIZED|checkServerIdentity/,
      );
    }
  });
});
