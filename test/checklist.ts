import { MAXIMAL } from "./support/provider/callbackTemplates";

/** A test: its file within `test/`, and its full title. */
export type TestName = `${string}.test.ts: ${string}`;

/** An item of the conformance checklist, and the tests that verify it. */
export interface Item {
  about: string;
  shownBy: TestName[];
}

const FIELDS = Object.keys(MAXIMAL);
/** Every template of these tests keeps one URL. */
const CLEARED = FIELDS.filter((name) => name !== "templateName");
const UNSET_BEFORE = CLEARED.filter((name) => !["streamBeginNotifyUrl", "recordExceptionLevels"].includes(name));

const tests = (file: string, suite: string, ...titles: string[]): TestName[] =>
  titles.map((title): TestName => `${file}.test.ts: ${suite} ${title}`);

const life = (...titles: string[]) => tests("e2e/life", "the lifecycle of a stack, with the real CLI", ...titles);
const drift = (...titles: string[]) => tests("e2e/drift", "an out-of-band change, with the real CLI", ...titles);
const options = (...titles: string[]) =>
  tests("e2e/options", "a program with resource options, with the real CLI", ...titles);
const comparison = (...titles: string[]) =>
  tests("e2e/unattended", "an unattended comparison, with the real CLI", ...titles);
const failure = (...titles: string[]) => tests("e2e/errors", "a failure, with the real CLI", ...titles);
const killed = (...points: string[]) =>
  tests("crash/crash", "a deployment that is killed at a call to the cloud", ...points).map(
    (name): TestName =>
      name.replace(
        "killed at a call to the cloud ",
        "$&reaches the declared state by the documented recovery: ",
      ) as TestName,
  );
const stopped = (...titles: string[]) =>
  tests("crash/crash", "a deployment that is interrupted while it creates a template", ...titles);

const inTemplate = (file: string, ...titles: string[]) =>
  tests(`provider/resources/callbackTemplate/${file}`, "a callback template", ...titles);
const creating = (file: string, ...titles: string[]) =>
  tests(`provider/resources/callbackTemplate/${file}`, "creation of a callback template", ...titles);
const inBinding = (...titles: string[]) =>
  tests("provider/resources/domainBinding/index", "a domain binding", ...titles);
const moving = (...titles: string[]) =>
  tests("provider/resources/domainBinding/move", "a domain binding whose template changes", ...titles);
const lostBinding = (...titles: string[]) =>
  tests(
    "provider/resources/domainBinding/createLost",
    "a domain binding whose create gets no usable response is found without another create if it was created:",
    ...titles,
  );
const templateInputs = (...titles: string[]) =>
  tests("provider/resources/callbackTemplate/inputs", "the check of a callback template (L20)", ...titles);
const bindingInputs = (...titles: string[]) =>
  tests("provider/resources/domainBinding/inputs", "the check of a domain binding (L20)", ...titles);
const drifted = (...titles: string[]) =>
  tests("provider/resources/drift", "an out-of-band change is detected and reverted", ...titles);
const inHost = (...titles: string[]) =>
  tests("provider/hosts/dynamic/process", "Pulumi's dynamic provider host, called as by the engine", ...titles);

const inPlugin = (...titles: string[]) => tests("provider/hosts/plugin/plugin", "the plugin", ...titles);
const configuringPlugin = (...titles: string[]) =>
  tests("provider/hosts/plugin/configuration", "a provider configuration of the plugin", ...titles);
const inProcess = (...titles: string[]) => tests("provider/hosts/plugin/process", "the plugin process", ...titles);
const interrupted = (...titles: string[]) =>
  tests("e2e/native/interruption", "a deployment with the native provider and the real CLI", ...titles);

const secrets = (...titles: string[]) => tests("e2e/secrets", "a callback key, with the real CLI", ...titles);
const PREVIEWS = options(
  "previews a create with only unknown properties, without a call",
  "previews updates with only unknown properties and of bound templates, without a call or an operation on bindings and renamed components",
);

/**
 * The promises of the provider, item by item. A run of all tests fails unless every listed test has passed.
 */
export const CHECKLIST: Record<string, Item> = {
  L1: {
    about: "create with the minimum and with every field",
    shownBy: [
      ...inTemplate(
        "index",
        "is created with every field, unchanged by a refresh, and deleted (L1, L4, L10)",
        "is created with only the required fields, and then has an empty key and no other field (L1)",
      ),
      ...inBinding("is created, unchanged by a refresh, and deleted (L1, L4, L10)"),
      ...life("begins with the creation of a template and its bindings"),
    ],
  },
  L2: {
    about: "a no-op update",
    shownBy: [
      ...inTemplate("modify", "makes no API call when nothing has changed (L2)"),
      ...life("makes no call in a no-op update"),
    ],
  },
  L3: {
    about: "a preview that expects no changes, after an update",
    shownBy: [
      ...life("makes no call in a preview that expects and finds no changes"),
      ...comparison("exits with 0 if nothing differs, and with the CLI's code for changes if something differs"),
    ],
  },
  L4: {
    about: "a refresh that expects no changes, after an update",
    shownBy: [
      ...comparison("exits with 0 if nothing differs, and with the CLI's code for changes if something differs"),
      ...life("finds no changes in a refresh and in a preview after it"),
    ],
  },
  L5: {
    about: "a refresh, and a preview that is clean after it",
    shownBy: life("finds no changes in a refresh and in a preview after it"),
  },
  L6: {
    about: "an update of each field alone",
    shownBy: inTemplate("modify", ...FIELDS.map((name) => `changes ${name} alone, in place (L6)`)),
  },
  L7: {
    about: "each optional field cleared",
    shownBy: [
      ...inTemplate(
        "modify",
        ...CLEARED.map(
          (name) => `clears ${name} in the cloud when it is removed from the program, and then has no difference (L7)`,
        ),
        "fails if the API keeps cleared fields, and records their actual values (L7, C10)",
      ),
      ...life("changes one field and clears another, after which a preview finds no changes"),
    ],
  },
  L8: {
    about: "fields whose change replaces",
    shownBy: inBinding(
      "the comparison of a binding with its state requires a replacement for another domain or app, but not for an unknown one (L8, P2)",
    ),
  },
  L9: {
    about: "a binding moved to another template without being lost",
    shownBy: [
      ...moving(
        "is updated in place by a delete of the old rule and an immediate create of the new one (L9)",
        "restores the old rule if the new one cannot be created, and reports both (L9)",
      ),
      ...life("moves all bindings to a new template before it deletes the old one, without a failed call"),
      ...tests(
        "e2e/refactoring/aliases",
        "a refactored program without aliases, with the real CLI",
        "moves a domain to another template by an update in place",
      ),
    ],
  },
  L10: {
    about: "delete",
    shownBy: [
      ...inTemplate("index", "is created with every field, unchanged by a refresh, and deleted (L1, L4, L10)"),
      ...inBinding("is created, unchanged by a refresh, and deleted (L1, L4, L10)"),
    ],
  },
  L11: {
    about: "nothing left in the account after destroy",
    shownBy: life("ends with a destroy that deletes the bindings first and leaves nothing in the account"),
  },
  L12: {
    about: "destroy twice",
    shownBy: [
      ...life("can be destroyed twice"),
      ...inBinding(
        "a delete of a binding succeeds if the rule does not exist, and keeps a rule that points elsewhere (L12, L14)",
      ),
      "provider/resources/drift.test.ts: an out-of-band change does not make a second destroy fail (L12)",
    ],
  },
  L13: {
    about: "deleted out of band, removed by refresh, created again",
    shownBy: [
      ...drift(
        "fails a refresh that expects no changes if everything was deleted, and refresh removes it from the state",
        "is reverted by up, which creates a deleted template and its rules again",
      ),
      ...inBinding("a delete of a binding is detected by a refresh if it was made out of band (L13)"),
    ],
  },
  L14: {
    about: "delete of a resource that does not exist",
    shownBy: [
      ...drift("does not fail a destroy of resources that were already deleted"),
      ...inTemplate("read", "is missing in a refresh after an out-of-band delete, and can still be deleted (L13, L14)"),
      ...inBinding(
        "a delete of a binding succeeds if the rule does not exist, and keeps a rule that points elsewhere (L12, L14)",
      ),
    ],
  },
  L15: {
    about: "an out-of-band change of every field, detected and reverted",
    shownBy: [
      ...drifted(...FIELDS.map((name) => `in ${name} (L15)`), "if it binds a domain to another template (L15)"),
      ...drift("is shown by refresh for a changed field and a newly set field"),
      ...drift("is reverted by up for a changed field and a newly set field"),
    ],
  },
  L16: {
    about: "an out-of-band change from unset to set",
    shownBy: [
      ...drifted(...UNSET_BEFORE.map((name) => `if it sets ${name} (L16)`)),
      ...drift("is reverted by up for a changed field and a newly set field"),
    ],
  },
  L17: {
    about: "adoption of equal and of different templates and rules",
    shownBy: [
      "provider/resources/callbackTemplate/adopt.test.ts: adoption of a callback template a template that equals the program is adopted without a write, bound or not (L17)",
      "provider/resources/callbackTemplate/adopt.test.ts: adoption of a callback template a template that differs from the program is rejected with every difference and current value, without a secret or a write (L17)",
      ...inBinding(
        "takes over a rule that already points to its template (L17, C5)",
        "takes over a domain that is bound to another template only with adopt (L17)",
      ),
      ...options("adopts a template without a write if it is equal, and with one write if it differs"),
      ...["100 rules, exported as typescript", "30 rules, exported as native-typescript"].flatMap((account) =>
        tests(
          "e2e/export",
          `an account of 50 templates and ${account}`,
          "is taken over without a write, and a destroy deletes exactly what was exported",
        ),
      ),
    ],
  },
  L18: {
    about: "get",
    shownBy: [
      ...failure("of the program shows the id of a get that finds nothing"),
      ...secrets("is never in plain text after a get, which returns all outputs"),
      ...tests(
        "provider/hosts/dynamic/get",
        "a get of a missing resource",
        "fails with the id of the template and a remedy (L18)",
        "fails with the domain and app of the binding (L18)",
      ),
      ...inBinding("a read of a binding returns every input that a program would declare, with only an id (L18)"),
    ],
  },
  L19: {
    about: "resource options",
    shownBy: [
      ...options(
        "respects ignoreChanges, replaceOnChanges, retainOnDelete, aliases and deletedWith, and completes what --target left",
        "fails for a resource with protect that has left the program",
        "deploys two components with children of the same names, and properties that were unknown",
        "has the values of transforms and transformations in the outputs, and its own line in the state, without a frame of this package",
      ),
      ...options("changes only the template of --target, and deletes only the binding of destroy --target"),
      ...tests(
        "e2e/refactoring/aliases",
        "a refactored program with aliases, with the real CLI",
        "keeps renamed resources, a template that moves into a component with or without its bindings, and a renamed component",
        "has no change after the aliases are removed",
        "can use the old name of a template for a new one with a templateName",
      ),
      ...tests(
        "e2e/refactoring/withoutAliases",
        "a template and nine bindings that move out of a component without aliases, with the real CLI",
        "are kept with aliases after a run of the old program, which deletes the new template",
      ),
    ],
  },
  L20: {
    about: "limits, and characters beyond ASCII",
    shownBy: [
      ...templateInputs(
        "accepts a name of 30 Chinese characters unchanged",
        "accepts a name of 30 characters beyond the basic plane unchanged",
        "rejects a name of 31 Chinese characters with the limit",
        "accepts a description of 100 characters unchanged",
        "rejects a description of 101 characters with the limit",
        "accepts a key of 32 characters unchanged",
        "rejects a key of 33 characters with the limit",
        "accepts a URL with an international host unchanged",
        "rejects levels without their URL, and a template without any URL",
        "applies only the API's limits in bytes to an adopted template",
      ),
      ...bindingInputs(
        "accepts a Unicode name: 推流.例子.中国",
        `accepts a label of 63 characters: ${"a".repeat(30)}`,
        `rejects "${"a".repeat(40)}" (68 characters)`,
        `accepts 253 characters: ${"a".repeat(30)}`,
        `rejects "${"a".repeat(40)}" (254 characters)`,
      ),
    ],
  },
  P1: {
    about: "no call in a preview",
    shownBy: [
      ...PREVIEWS,
      ...failure(
        ...["of a template", "of a binding"].map(
          (what) =>
            `of the program reports at preview every invalid input ${what} with its limit and value, without a call`,
        ),
      ),
    ],
  },
  P2: {
    about: "every field unknown",
    shownBy: [
      ...PREVIEWS,
      ...templateInputs("keeps unknown values in every property, including the only URL and the levels (P2)"),
      ...bindingInputs("keeps unknown values in every property (P2)"),
      "provider/resources/callbackTemplate/preview.test.ts: a callback template at preview differs if a value is unknown, even if the known part is equal (P2)",
    ],
  },
  P3: {
    about: "bindings unchanged in the preview of a template's update",
    shownBy: PREVIEWS,
  },
  P4: {
    about: "the same preview twice",
    shownBy: comparison(
      "prints the same JSON twice for a program that is up to date",
      "prints the same JSON twice for a program that is changed",
    ),
  },
  C1: {
    about: "killed at each call",
    shownBy: killed(
      "templates created and replaced, bindings created, renamed and moved, and the move reverted before the recovery (each resource at its first write, all processes killed)",
      "templates with automatic names and their bindings, created for the first time (create-automatic:CreateLiveCallbackRule.1:applied:cli, CLI killed, recovery after its provider has finished)",
    ),
  },
  C2: {
    about: "a lost response to a create",
    shownBy: [
      ...creating(
        "createLost",
        ...["reset", "truncated", "contentType", "resetMidBody"].map(
          (kind) => `a create whose response was lost continues with the template that it created: ${kind} (C2)`,
        ),
        "a create whose response was lost is never sent again, reports an unknown outcome, and is completed by the next run (C2)",
      ),
      ...lostBinding("reset, CreateLiveCallbackRule, true (C2)"),
      ...moving(
        "is updated if a response to CreateLiveCallbackRule is lost after its effect (C2)",
        "is updated if a response to CreateLiveCallbackRule is lost before its effect (C2)",
      ),
    ],
  },
  C3: {
    about: "status 500 after the call was executed",
    shownBy: [
      ...creating(
        "createLost",
        "a create whose response was lost continues with the template that it created: status (C3)",
      ),
      ...lostBinding("status, 500, CreateLiveCallbackRule, true (C3)"),
      ...moving(
        "is updated if DeleteLiveCallbackRule returns HTTP status 500 after its effect (C3)",
        "is updated if CreateLiveCallbackRule returns HTTP status 500 after its effect (C3)",
      ),
    ],
  },
  C4: {
    about: "a lost response to a delete",
    shownBy: [
      ...tests(
        "provider/resources/callbackTemplate/delete",
        "deletion of a callback template",
        "succeeds if its response was lost (C4)",
      ),
      ...inBinding(
        "a delete of a binding reads the rules again before a retry, because the domain may have been bound again (C4)",
      ),
      ...moving("is updated if a response to DeleteLiveCallbackRule is lost after its effect (C4)"),
    ],
  },
  C5: {
    about: "a pending create cleared, then taken over",
    shownBy: [
      ...stopped("ends after two SIGINTs before the call ends, and the documented recovery takes over the template"),
      ...creating(
        "createTaken",
        "a create whose name is taken takes over a template that an interrupted run left, unbound and equal in every field (C5)",
        "a create whose name is taken takes over and modifies a template of its automatic name that differs (C5)",
      ),
    ],
  },
  C6: {
    about: "an interrupted delete-before-replace",
    shownBy: tests(
      "crash/findings",
      "an interrupted delete-before-replace",
      "takes over the template with an explicit name from the killed create",
      "creates the template with an explicit name if the killed create was not executed",
      "takes over the template with an automatic name from the killed create",
      "creates the template with an automatic name if the killed create was not executed",
      "creates a binding again, whether its rule still exists or not",
    ),
  },
  C7: {
    about: "one SIGINT",
    shownBy: stopped(
      "completes and saves the call after one SIGINT, and leaves no lock and no pending operation",
      "ends after one SIGINT although the call gets no response, and finds and saves the template",
    ),
  },
  C8: {
    about: "SIGTERM",
    shownBy: stopped("completes and saves the call after one SIGTERM, and leaves no lock and no pending operation"),
  },
  C9: {
    about: "two SIGINTs",
    shownBy: stopped(
      "ends after two SIGINTs before the call ends, and the documented recovery takes over the template",
    ),
  },
  C10: {
    about: "a partial failure recorded with the provider stub",
    shownBy: [
      ...inTemplate("modify", "fails if the API keeps cleared fields, and records their actual values (L7, C10)"),
      ...moving("records a missing rule if the restore also fails, so that a reverted program binds again (C10)"),
      "provider/resources/drift.test.ts: an adoption that the API completes only in part is recorded with the actual values and the provider stub, and claims its template (C10)",
    ],
  },
  C11: {
    about: "bounded time with any server failure",
    shownBy: [
      ...tests(
        "provider/budgets",
        "C11: an operation whose server fails",
        ...[
          ...["accepts and never responds", "drips a body that never ends", "drips headers that never end"],
          ...["reports for ever that it is processing", "resets every connection", "closes every connection"],
          ...["promises more than it sends", "responds with 500 for ever", "responds with 429 for ever"],
          ...["redirects to itself for ever", "throttles for ever", "has an internal error for ever"],
          ...[
            "responds with noise for ever",
            "responds with noise as gzip for ever",
            "responds in another protocol for ever",
          ],
          "responds with JSON of another kind for ever",
        ].map((what) => `ends with one error on one line, exactly when its budgets end, if the server ${what}`),
      ),
      ...tests(
        "provider/budgets",
        "C11: an operation that reaches no server",
        "ends with one error on one line, exactly when its budget ends, if nothing listens at its endpoint",
        "ends with one error on one line, exactly when its budget ends, if the name of its endpoint does not exist",
      ),
      ...stopped("ends after one SIGINT although the call gets no response, and finds and saves the template"),
      ...tests(
        "provider/log",
        "a long wait",
        "is reported once for all resources that wait for the same list",
        "is reported with the resource, if it is for the create of a binding",
        "is reported if it is for the rules of a template that is deleted",
      ),
    ],
  },
  C12: {
    about: "two stacks that race for one domain and app",
    shownBy: inBinding(
      "is created in one of two stacks that bind a domain concurrently, and rejected in the other (C12)",
    ),
  },
  S1: {
    about: "a small and constant provider stub",
    shownBy: [
      ...tests("package/package", "the provider stub", "is one line of at most 200 bytes, and never changes"),
      ...tests(
        "package/package",
        "the packed package, installed outside the repository",
        "runs the program of the README in TypeScript, with the same provider stub as when it is linked",
        "runs the program of the README as an ES module, with the same provider stub as when it is linked",
      ),
    ],
  },
  S2: {
    about: "no credential and no path in the state",
    shownBy: [
      "e2e/stateSecrets.test.ts: credentials and secrets, with the real CLI are never printed or stored in plain text, even after recorded failures",
      "provider/security/inputs.test.ts: K1: the output of the provider S2: has neither credentials nor settings in the properties of a resource",
    ],
  },
  S3: {
    about: "the states of every released version",
    shownBy: [
      ...tests(
        "upgrades/upgrades",
        "the recorded states of released versions",
        "include the state of version 0.1.0",
        "have for 0.1.0 every shape of resource, stubs that load the current code, and no local path",
      ),
      "upgrades/upgrades.test.ts: the recorded state of a released version is previewed, refreshed without changes, updated and destroyed by the current code: 0.1.0",
    ],
  },
  S4: {
    about: "destroy without the program",
    shownBy: tests(
      "e2e/stateSecrets",
      "a destroy whose program cannot run, with the real CLI",
      "deletes everything without running the program if the package is installed",
    ),
  },
  S5: {
    about: "the package not installed",
    shownBy: [
      ...tests(
        "e2e/stateSecrets",
        "a destroy whose program cannot run, with the real CLI",
        "fails if the package is not installed, shows what to do and deletes nothing",
      ),
      ...tests(
        "package/package",
        "the provider stub",
        "shows what to do if the package is not installed for the program",
      ),
      ...inHost("S5: fails a delete with a remedy if the package is not installed"),
    ],
  },
  S6: {
    about: "any thrown value",
    shownBy: [
      ...tests(
        "provider/security/thrown",
        "S6: the provider with a dependency that throws",
        ...["a string", "a string of two lines", "an empty string", "undefined", "null", "a number", "a symbol"].map(
          (what) => `rejects with an error on one line if the clock throws ${what}`,
        ),
        ...["a plain object", "a function", "an error without a message", "an error of two lines"].map(
          (what) => `rejects with an error on one line if the configuration throws ${what}`,
        ),
      ),
      "provider/security/thrown.test.ts: S6: configure neither throws nor waits for any request",
    ],
  },
  S7: {
    about: "100 concurrent first calls",
    shownBy: inHost("S7: gives 100 concurrent first calls, to both types, a configured client"),
  },
  K1: {
    about: "no secret in plain text anywhere",
    shownBy: [
      "e2e/stateSecrets.test.ts: credentials and secrets, with the real CLI are never printed or stored in plain text, even after recorded failures",
      ...secrets(
        "is never in plain text in the state, the output, the diff and the debug output of a create",
        "is never in plain text after a get, which returns all outputs",
        "is never in plain text after a refresh that finds it in the console, and an update that removes it",
        "is never in plain text in a failure of the program or of the API, and in a destroy",
      ),
      ...inHost("K1: neither prints a secret nor returns one to the engine, even with TENCENTCLOUD_LIVE_DEBUG"),
      ...tests(
        "provider/security/secrets",
        "K1: an error after a failure of the server",
        "shows no secret after an error whose code and request id are secrets, at any call of any operation",
        "shows no secret after a message of several lines, at any call of any operation",
      ),
      "provider/security/errors.test.ts: an error that leaves the provider K1: shows no key of another resource of the deployment",
      ...tests(
        "provider/security/shortSecrets",
        "a secret that equals one of our own words",
        "does not change the reasons of a check, and is hidden in the values that they repeat",
        "is hidden in values that a check of a callbackTemplate repeats, if it is a credential or another key",
        "is hidden in values that a check of a domainBinding repeats, if it is a credential or another key",
      ),
    ],
  },
  R1: {
    about: "random histories against a model",
    shownBy: [
      "model/model.test.ts: any program, under any history brings the cloud to the declared state, changes nothing of others, and reads the same as a plain client",
      "model/cli.test.ts: any program, under any history, deployed by the real CLI brings the cloud to the declared state, with the same result as the stand-in",
    ],
  },
  R2: {
    about: "the provider against a plain client of the API",
    shownBy: [
      "model/model.test.ts: any program, under any history brings the cloud to the declared state, changes nothing of others, and reads the same as a plain client",
    ],
  },
  T1: {
    about: "a rename by an alias with a replacement: the engine compares by the new URN, and deletes by the old one",
    shownBy: tests(
      "e2e/native/renames",
      "resources of the native provider that one update renames by an alias and replaces, with the real CLI",
      "leave no old resources, whether these are deleted before or after the creation of the new ones",
    ),
  },
  T2: {
    about: "another provider configuration, which replaces no resource",
    shownBy: [
      ...configuringPlugin("never replaces a resource if its endpoint or key changes"),
      "e2e/native/migration.test.ts: a stack that changes from the dynamic to the native provider, with the real CLI changes nothing with an explicit provider",
    ],
  },
  T3: {
    about: "the end of the plugin: by Cancel, SIGINT and the end of its standard input",
    shownBy: [
      ...inProcess(
        "exits with 0 when its standard input ends",
        "exits with 0 after SIGINT",
        "sends no create after the engine has ended, even if the operation has started",
        "completes a move whose old rule it has deleted, and then exits",
        "completes a move whose old rule it has deleted without receiving a response, and then exits",
        "ends waits and retries when the engine cancels",
      ),
      ...interrupted(
        "leaves a rule and a correct state after one SIGINT when it is about to delete the old rule of a domain that it moves",
        "leaves a rule and a correct state after one SIGINT when it has deleted the old rule of a domain that it moves",
        "sends no create and leaves no process after its CLI was killed during the create",
      ),
    ],
  },
  T4: {
    about: "a read that finds nothing: an empty id, no error",
    shownBy: inPlugin("returns an empty id for a missing resource"),
  },
  T5: {
    about: "a process that is started only for the schema",
    shownBy: inProcess("returns its schema and version without configuration or credentials, and exits"),
  },
  T6: {
    about: "the callback key in the code that an import prints",
    shownBy: tests(
      "e2e/native/import",
      "an import of resources from the console, with the native provider and the real CLI",
      "adds one template to the stack with pulumi import, and prints no key with the documented option",
    ),
  },
  T7: {
    about: "the schema from the executable itself",
    shownBy: tests(
      "e2e/schema",
      "the schema of the native provider, read by the real CLI",
      "is returned by the built executable, which SDK generators use",
    ),
  },
  T8: {
    about: "check failures that name a property, whose value some CLIs print",
    shownBy: [
      ...inPlugin(
        "a check names the property of a failure unless its value may be secret",
        "a check hides values in reasons if the program marks them as secret",
      ),
      ...configuringPlugin("is rejected without showing the user info of an endpoint"),
    ],
  },
  T9: {
    about: "folders with links that lead back, which Node 22 and later follow",
    shownBy: tests(
      "support/files",
      "the list of files in a folder",
      "includes the files of subfolders, and does not follow links, even if they lead back",
    ),
  },
  T10: {
    about: "the exit codes of the CLI, which differ between versions",
    shownBy: comparison("exits with 0 if nothing differs, and with the CLI's code for changes if something differs"),
  },
};

export type Ending = "passed" | "failed" | "was skipped";

/** A listed test that did not pass in a run. */
export interface Gap {
  ending: Ending | "is missing";
  text: string;
}

/** Returns the tests of a checklist that did not pass in a run. */
export function gapsIn(checklist: Record<string, Item>, endings: ReadonlyMap<TestName, Ending>): Gap[] {
  return Object.entries(checklist).flatMap(([id, { about, shownBy }]) =>
    shownBy.flatMap((name) => {
      const ending = endings.get(name) ?? "is missing";
      return ending === "passed" ? [] : [{ ending, text: `${id} (${about}): the test ${ending}: ${name}` }];
    }),
  );
}
