import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { CallEntry } from "../../emulator";
import { isWriting } from "../../emulator/http/callRecord";
import { runOnEmulator } from "../support/examples/readme";
import { useExample } from "../support/pulumi/cliProject";

describe("examples/multi-domain, with the real CLI", function () {
  this.timeout(180_000);
  const { emulator, project } = useExample("multi-domain");
  /** Edits the table. Each edit must match. */
  const edit = (...edits: [text: string, replacement: string][]) => {
    let table = readFileSync(join(project.folder, "Pulumi.dev.yaml"), "utf8");
    for (const [text, replacement] of edits) {
      expect(table).to.contain(text);
      table = table.replace(text, replacement);
    }
    project.write("Pulumi.dev.yaml", table);
  };
  /** Returns the template of each domain and app. */
  const bound = () => {
    const names = new Map(emulator.state().templates.map(({ TemplateId, TemplateName }) => [TemplateId, TemplateName]));
    const rules = emulator.state().rules.map(({ DomainName, AppName, TemplateId }) => {
      return [`${DomainName}/${AppName}`, names.get(TemplateId)?.replace(/-[0-9a-f]{7}$/, "")];
    });
    return Object.fromEntries(rules);
  };
  /** Returns the writes in their order, each with its domain. */
  const writes = () => {
    const changing = emulator.callRecord().filter(({ action }: CallEntry) => isWriting(action));
    emulator.reset({ calls: true });
    return changing.map(({ action, request, code }) => `${action} ${request["DomainName"]} ${code ?? "done"}`);
  };

  it("binds the domains in the table, moves a domain in place, and changes no other rule", async () => {
    await runOnEmulator(project, "multi-domain");
    const before = {
      "football.example.com/": "sports",
      "tennis.example.com/": "sports",
      "events.example.com/sports": "sports",
      "jazz.example.com/": "music",
      "radio.example.com/": "music",
      "events.example.com/concerts": "music",
      "users.example.com/": "moderated",
    };
    expect(bound()).to.deep.equal(before);
    writes();

    const RADIO = "        - radio.example.com\n";
    const USERS = "        - users.example.com\n";
    edit([RADIO, ""], [USERS, USERS + RADIO]);
    const preview = JSON.parse((await project.succeed("preview", "--json")).stdout);
    expect(preview.changeSummary).to.deep.equal({ same: 10, update: 1 });
    await project.up();
    // The last calls are the delete and its create, after which the rule exists again.
    expect(writes()).to.deep.equal([
      "DeleteLiveCallbackRule radio.example.com done",
      "CreateLiveCallbackRule radio.example.com done",
    ]);
    expect(bound()).to.deep.equal({ ...before, "radio.example.com/": "moderated" });

    edit(["        - tennis.example.com\n", ""], [USERS, `${USERS}        - guests.example.com\n`]);
    await project.up();
    expect(writes()).to.deep.equal([
      "CreateLiveCallbackRule guests.example.com done",
      "DeleteLiveCallbackRule tennis.example.com done",
    ]);
    const { "tennis.example.com/": _, ...rest } = before;
    const after = { ...rest, "radio.example.com/": "moderated", "guests.example.com/": "moderated" };
    expect(bound()).to.deep.equal(after);
  });

  it("rejects a domain in two rows at preview", async () => {
    await project.succeed("stack", "init", "dev");
    await project.succeed("config", "set", "--secret", "callbackKey", "ManyKey1");
    edit(["        - jazz.example.com\n", "        - football.example.com\n"]);
    const { code, output } = await project.run("preview");
    expect(code).to.not.equal(0);
    expect(output).to.match(/duplicate resource URN.*football\.example\.com/is);
    expect(emulator.calls()).to.deep.equal({});
  });
});
