import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { expect } from "chai";
import { COMMAND } from "../support/callbackCommand";
import { Hooks } from "../support/hooks";

describe("tencentcloud-live emulator with stream events", function () {
  this.timeout(30_000);
  let child: ChildProcess;
  const start = (...args: string[]) => {
    child = spawn(process.execPath, [COMMAND, "emulator", ...args]);
    return child;
  };
  const urlOf = async ({ stdout }: ChildProcess) => {
    for (let printed = ""; stdout; ) {
      printed += (await once(stdout, "data"))[0];
      const [, url] = /TENCENTCLOUD_LIVE_ENDPOINT=(\S+)\n/.exec(printed) ?? [];
      if (url) return url;
    }
    throw new Error("the command has no output");
  };
  afterEach(() => child.kill("SIGKILL"));

  it("sends the callbacks of every host to the given receiver", async () => {
    const hooks = await Hooks.start();
    const url = await urlOf(start("--receiver", hooks.url));
    const control = async (method: string, resource: string, body: object) =>
      (await fetch(`${url}/_emulator/${resource}`, { method, body: JSON.stringify(body) })).json();
    const template = { TemplateName: "a", RecordNotifyUrl: "https://hooks.example.com/live/record" };
    const { TemplateId } = (await control("PUT", "templates", template)) as { TemplateId: number };
    await control("PUT", "rules", { DomainName: "push.example.com", TemplateId });
    const sent = await control("POST", "events", { event: "record", domainName: "push.example.com" });
    expect(sent).to.include({ outcome: "delivered", url: template.RecordNotifyUrl });
    expect(hooks.arrivals.map(({ path }) => path)).to.deep.equal(["/live/record"]);
    child.kill("SIGTERM");
    expect((await once(child, "close"))[0]).to.equal(0);
  });

  it("exits immediately while an attempt and a retry wait", async () => {
    const hooks = await Hooks.start();
    const url = await urlOf(start("--binding-delay", "0"));
    const control = (method: string, resource: string, body: object) =>
      fetch(`${url}/_emulator/${resource}`, { method, body: JSON.stringify(body) });
    const { TemplateId } = (await (
      await control("PUT", "templates", { TemplateName: "a", RecordNotifyUrl: hooks.url })
    ).json()) as { TemplateId: number };
    await control("PUT", "rules", { DomainName: "push.example.com", TemplateId });
    hooks.response = { status: 500 };
    await control("POST", "events", { event: "record", domainName: "push.example.com" });
    hooks.response = "nothing";
    const arrived = hooks.next();
    const waiting = control("POST", "events", { event: "record", domainName: "push.example.com" }).catch(() => "lost");
    await arrived;
    child.kill("SIGTERM");
    expect((await once(child, "close"))[0]).to.equal(0);
    await waiting;
  });

  it("exits with 2 for an invalid receiver or delay", async () => {
    for (const [args, told] of [
      [["--receiver", "http://127.0.0.1:3000/live"], "--receiver takes a URL without a path"],
      [["--receiver", "http://user:pass@127.0.0.1:3000"], 'got "http://[hidden]@127.0.0.1:3000"'],
      [["--binding-delay", "soon"], "--binding-delay takes a whole number"],
    ] as const) {
      const { stderr } = start(...args);
      let printed = "";
      stderr?.on("data", (chunk) => {
        printed += chunk;
      });
      expect((await once(child, "close"))[0]).to.equal(2);
      expect(printed).to.include(told);
    }
  });
});
