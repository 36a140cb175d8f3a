import { expect } from "chai";
import { live } from "tencentcloud-sdk-nodejs";
import { EMULATOR_CREDENTIALS, type Emulator, startEmulator } from "../../emulator";
import { perSuite } from "../support/lifetime";

type Client = InstanceType<typeof live.v20180801.Client>;

function sdkClient(emulator: Emulator, credential: object = EMULATOR_CREDENTIALS, endpoint?: string): Client {
  const httpProfile = { protocol: "http://", endpoint: endpoint ?? `127.0.0.1:${emulator.port}` };
  return new live.v20180801.Client({
    credential: { ...EMULATOR_CREDENTIALS, ...credential },
    profile: { httpProfile },
  });
}

async function code(call: Promise<unknown>): Promise<string | undefined> {
  return call.then(
    () => undefined,
    (error: { code: string }) => error.code,
  );
}

describe("the emulator, driven by the official SDK", () => {
  const domains = ["push.example.com", { name: "play.example.com", type: 1 as const }];
  const emulator = perSuite(() => startEmulator({ domains }));
  let client: Client;
  let id = 0;
  before(() => {
    client = sdkClient(emulator);
  });

  it("creates a template and returns its id and a request id", async () => {
    const response = await client.CreateLiveCallbackTemplate({
      TemplateName: "模板-1",
      Description: "demo",
      StreamBeginNotifyUrl: "https://hooks.example.com/begin",
      RecordStatusNotifyUrl: "https://hooks.example.com/status",
      RecordExceptionNotifyUrl: "https://hooks.example.com/exception",
      RecordExceptionLevels: ["error", "warning"],
      CallbackKey: "key1",
    });
    id = response.TemplateId ?? 0;
    expect(id).to.equal(385622);
    expect(response.RequestId).to.match(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it("returns the template with every documented member, the key in clear and no recording status", async () => {
    const { Template } = await client.DescribeLiveCallbackTemplate({ TemplateId: id });
    expect(Template).to.deep.equal({
      TemplateId: 385622,
      TemplateName: "模板-1",
      Description: "demo",
      StreamBeginNotifyUrl: "https://hooks.example.com/begin",
      StreamEndNotifyUrl: "",
      StreamMixNotifyUrl: "",
      RecordNotifyUrl: "",
      SnapshotNotifyUrl: "",
      PornCensorshipNotifyUrl: "",
      CallbackKey: "key1",
      PushExceptionNotifyUrl: null,
      AudioAuditNotifyUrl: null,
      RecordExceptionNotifyUrl: "https://hooks.example.com/exception",
      RecordExceptionLevels: ["error", "warning"],
    });
  });

  it("modifies a field, clears another and keeps the rest", async () => {
    await client.ModifyLiveCallbackTemplate({
      TemplateId: id,
      StreamEndNotifyUrl: "http://e.example.com",
      Description: "",
    });
    const { Templates } = await client.DescribeLiveCallbackTemplates();
    expect(Templates).to.have.length(1);
    expect(Templates?.[0]).to.include({
      StreamBeginNotifyUrl: "https://hooks.example.com/begin",
      StreamEndNotifyUrl: "http://e.example.com",
      Description: "",
    });
  });

  it("binds a whole domain and one of its apps, and lists both rules", async () => {
    await client.CreateLiveCallbackRule({ DomainName: "push.example.com", AppName: "", TemplateId: id });
    await client.CreateLiveCallbackRule({ DomainName: "push.example.com", AppName: "live", TemplateId: id });
    const { Rules } = await client.DescribeLiveCallbackRules();
    expect(Rules?.map(({ DomainName, AppName, TemplateId }) => [DomainName, AppName, TemplateId])).to.deep.equal([
      ["push.example.com", "", id],
      ["push.example.com", "live", id],
    ]);
  });

  it("rejects a duplicate rule, a rule of an unknown domain or template, and deleting a used template", async () => {
    const bind = (DomainName: string, TemplateId: number) =>
      code(client.CreateLiveCallbackRule({ DomainName, AppName: "live", TemplateId }));
    expect(await bind("push.example.com", id)).to.equal("InternalError.RuleAlreadyExist");
    expect(await bind("other.example.com", id)).to.equal("InvalidParameter");
    expect(await bind("play.example.com", 7)).to.equal("InternalError.ConfNotFound");
    expect(await code(client.DeleteLiveCallbackTemplate({ TemplateId: id }))).to.equal("FailedOperation.ConfInUsed");
  });

  it("lists domains by their filters and describes one", async () => {
    const all = await client.DescribeLiveDomains({});
    expect(all.AllCount).to.equal(2);
    expect(all.PlayTypeCount).to.deep.equal([1, 0, 0]);
    const { DomainList } = await client.DescribeLiveDomains({ DomainType: 0 });
    expect(DomainList?.map(({ Name }) => Name)).to.deep.equal(["push.example.com"]);
    const { DomainInfo } = await client.DescribeLiveDomain({ DomainName: "PLAY.example.com" });
    expect(DomainInfo).to.include({ Name: "play.example.com", Type: 1, Status: 1 });
    expect(await code(client.DescribeLiveDomain({ DomainName: "no.example.com" }))).to.equal(
      "ResourceNotFound.DomainNotExist",
    );
  });

  it("deletes rules and a template, and finds neither afterwards", async () => {
    for (const AppName of ["", "live"])
      await client.DeleteLiveCallbackRule({ DomainName: "push.example.com", AppName });
    const again = client.DeleteLiveCallbackRule({ DomainName: "push.example.com", AppName: "live" });
    expect(await code(again)).to.equal("FailedOperation.NotFound");
    await client.DeleteLiveCallbackTemplate({ TemplateId: id });
    for (const action of ["DeleteLiveCallbackTemplate", "DescribeLiveCallbackTemplate"] as const) {
      expect(await code(client[action]({ TemplateId: id }))).to.equal("InternalError.ConfNotFound");
    }
    const modify = client.ModifyLiveCallbackTemplate({ TemplateId: id, Description: "x" });
    expect(await code(modify)).to.equal("InternalError.ConfNotFound");
    expect((await client.DescribeLiveCallbackRules()).Rules).to.deep.equal([]);
  });

  it("does not reuse an id", async () => {
    const again = await client.CreateLiveCallbackTemplate({
      TemplateName: "b",
      RecordNotifyUrl: "http://r.example.com",
    });
    expect(again.TemplateId).to.equal(385623);
  });

  it("rejects a wrong key, an unknown key, a foreign token and an unknown action", async () => {
    const list = (credential: object) => code(sdkClient(emulator, credential).DescribeLiveCallbackRules());
    expect(await list({ secretKey: "wrong" })).to.equal("AuthFailure.SignatureFailure");
    expect(await list({ secretId: "AKIDunknown" })).to.equal("AuthFailure.SecretIdNotFound");
    expect(await list({ token: "stranger" })).to.equal("AuthFailure.TokenFailure");
    expect(await code(client.request("DescribeLiveWatermarks", {}))).to.equal("InvalidAction");
  });

  it("accepts the service that the SDK derives from any endpoint", async () => {
    const byName = sdkClient(emulator, {}, `localhost:${emulator.port}`);
    expect((await byName.DescribeLiveCallbackRules()).Rules).to.deep.equal([]);
  });

  it("has recorded every call in order", () => {
    expect(emulator.calls()).to.include({ CreateLiveCallbackTemplate: 2, DeleteLiveCallbackRule: 3 });
    const removed = emulator
      .callRecord()
      .flatMap(({ action, code }) => (/^Delete/.test(action) && !code ? [action] : []));
    expect(removed).to.deep.equal(["DeleteLiveCallbackRule", "DeleteLiveCallbackRule", "DeleteLiveCallbackTemplate"]);
  });
});
