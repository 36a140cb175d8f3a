import { connect } from "node:net";
import { expect } from "chai";
import { startEmulator } from "../../../emulator";
import { actions } from "../../../provider/api/contract/live";
import { codeOf, send, startForTest } from "../../support/emulatorClient";
import { perSuite } from "../../support/lifetime";

const LIST = "DescribeLiveCallbackRules";

/** Sends raw bytes, and returns everything that is received until the connection ends. */
function sendRaw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.end(bytes));
    let received = "";
    socket.on("data", (chunk) => {
      received += chunk;
    });
    socket.on("close", () => resolve(received)).on("error", reject);
  });
}

/** Captures the log of errors until `stop` is called. */
function captureLog(): { stop: () => string } {
  const original = console.error;
  const lines: string[] = [];
  console.error = (...parts: unknown[]) => void lines.push(parts.join(" "));
  return {
    stop: () => {
      console.error = original;
      return lines.join("\n");
    },
  };
}

describe("the emulator's gateway", () => {
  const emulator = perSuite(() => startEmulator());

  it("responds to every action with the cloud's own codes, whatever the parameters are", async () => {
    const values = [null, true, -1, 0, 1.5, 1e308, "", "\u0000", "\ud800", "9".repeat(400), [], [null], {}, { a: [] }];
    const lenient = await startForTest({ rateLimits: false, templateLimit: 10_000 });
    const { TemplateId } = lenient.putTemplate({ TemplateName: "a" });
    const correct = {
      TemplateId,
      TemplateName: "a",
      DomainName: "a.example.com",
      AppName: "",
      RecordNotifyUrl: "http://a.b",
    };
    const unexpected: string[] = [];
    const codes = new Set<string>();
    for (const [action, { request }] of Object.entries(actions)) {
      const base = Object.entries(correct).filter(([name]) => name in request.shape);
      for (const name of [...Object.keys(request.shape), "__proto__", "toString"]) {
        for (const value of values) {
          // Object.fromEntries also creates a member for "__proto__".
          const body = JSON.stringify(Object.fromEntries([...base, [name, value]]));
          const response = await send(lenient, action, body);
          if (response.status !== 200) unexpected.push(`${action} ${body}: ${response.status}`);
          const { Response } = (await response.json()) as { Response: { Error?: { Code: string } } };
          if (Response.Error) codes.add(Response.Error.Code);
        }
      }
    }
    expect(unexpected).to.deep.equal([]);
    expect([...codes]).to.have.members([
      ...["InvalidParameter", "InvalidParameterValue", "MissingParameter", "UnknownParameter"],
      ...["InvalidParameter.ArgsNotMatch", "InvalidParameter.UrlNotSafe", "InvalidParameter.DomainFormatError"],
      ...["InternalError.ConfNotFound", "FailedOperation.NotFound", "ResourceNotFound.DomainNotExist"],
    ]);
  });

  it("survives garbage and clients that disconnect within a body, and logs nothing", async () => {
    const log = captureLog();
    expect(await sendRaw(emulator.port, "\u0000\u0001garbage\r\n\r\n")).to.match(/^HTTP\/1.1 400/);
    expect(await sendRaw(emulator.port, "GET //[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).to.include(
      "UnsupportedProtocol",
    );
    await sendRaw(emulator.port, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nshort");
    expect(await codeOf(emulator, LIST)).to.equal(undefined);
    expect(log.stop()).to.equal("");
  });

  it("responds with HTTP status 500 to a bug of its own, and logs where it occurred, but no request", async () => {
    const broken = await startForTest({
      clock: () => {
        throw new Error("secretOfTheTest");
      },
    });
    const log = captureLog();
    const request = {
      TemplateName: "a",
      CallbackKey: "secretOfTheTest",
      RecordNotifyUrl: "https://hooks.example.com/",
    };
    const response = await send(broken, "CreateLiveCallbackTemplate", request);
    const logged = log.stop();
    expect([response.status, await response.text()]).to.deep.equal([500, "The emulator has a bug; see its log.\n"]);
    expect(logged)
      .to.match(/^The emulator has a bug: Error\n +at /)
      .and.include("gateway.ts");
    expect(logged).not.to.match(/secretOfTheTest/);
  });
});
