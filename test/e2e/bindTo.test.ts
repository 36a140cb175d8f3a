import { expect } from "chai";
import { useProject } from "../support/pulumi/cliProject";

const program = (consoleId: number) => `
const URL = { streamBeginNotifyUrl: "https://hooks.example.com/live" };
class Group extends pulumi.ComponentResource {
  constructor(name, opts) { super("test:index:Group", name, {}, opts); }
}
const plain = new CallbackTemplate("plain", URL);
const guarded = new CallbackTemplate("guarded", URL, { protect: true, retainOnDelete: true });
const child = new CallbackTemplate("child", URL, { parent: new Group("group", { protect: true }) });
plain.bindTo(["plain.example.com"]);
guarded.bindTo(["guarded.example.com"]);
guarded.bindTo(["free.example.com"], { protect: false, retainOnDelete: false });
child.bindTo(["child.example.com"]);
exports.read = CallbackTemplate.get("read", plain.templateId).templateName;
exports.readByNumber = CallbackTemplate.get("readByNumber", ${consoleId}).id;
exports.whole = plain;
`;

describe("the bindings of bindTo, with the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project } = useProject();

  it("are protected and retained like their template, unless bindTo sets other options", async () => {
    const { TemplateId } = emulator.putTemplate({ TemplateName: "console" });
    project.program(program(TemplateId));
    await project.up();
    const resources = (await project.resources()) as Record<string, { protect?: boolean; retainOnDelete?: boolean }>;
    const options = ["plain", "guarded", "free", "child"].map((name) => {
      const { protect = false, retainOnDelete = false } = resources[`${name}.example.com`] ?? {};
      return [name, protect, retainOnDelete];
    });
    expect(options).to.deep.equal([
      ["plain", false, false],
      ["guarded", true, true],
      ["free", false, false],
      ["child", true, false],
    ]);
    const outputs = JSON.parse((await project.succeed("stack", "output", "--json")).stdout);
    expect(outputs)
      .to.include({ readByNumber: String(TemplateId) })
      .and.have.property("read")
      .that.matches(/^plain-/);
    expect(outputs.whole).to.not.have.any.keys("declaredBy", "automaticName");
    await project.expectNoChanges();
  });
});
