import { type Scenario, UP, urn } from "./scenarios";

const URL = "https://hooks.example.com/live";
const KEY = "Key0123456789";
const FIELDS = { StreamBeginNotifyUrl: URL };

const BEFORE = `
const template = (name, args, opts) => new CallbackTemplate(name, { streamBeginNotifyUrl: "${URL}", ...args }, opts);
const bind = (name, domainName, { templateId }) => new DomainBinding(name, { domainName, templateId });
const one = template("one", { templateName: "one" });
const two = template("two", { templateName: "two" });
template("replaced", { templateName: "replaced" });`;

const after = (moved: "one" | "two") => `${BEFORE}
template("named", { templateName: "named", callbackKey: "${KEY}" });
template("automatic");
bind("new", "new.example.com", one);
bind("moved", "moved.example.com", ${moved});
const renamed = bind("after", "renamed.example.com", one);
template("late", { templateName: "late" }, { dependsOn: renamed });`;

/**
 * Resources with changes of several kinds, none of which waits for the write of another one. The renamed binding
 * makes no write, and a template is created after it. The recovery reverts the move.
 */
export const EACH_CHANGE: Scenario = {
  title:
    "templates created and replaced, bindings created, renamed and moved, and the move reverted before the recovery",
  before: `${BEFORE}
bind("moved", "moved.example.com", one);
bind("before", "renamed.example.com", one);`,
  program: after("two"),
  // On a machine with one processor, the engine makes four changes at a time.
  command: [...UP, "--parallel", "8", "--replace", urn("CallbackTemplate", "replaced")],
  recovery: after("one"),
  declared: {
    templates: {
      ...{ one: FIELDS, two: FIELDS, replaced: FIELDS, late: FIELDS },
      ...{ named: { ...FIELDS, CallbackKey: KEY }, "automatic-*": FIELDS },
    },
    rules: { "new.example.com": "one", "moved.example.com": "one", "renamed.example.com": "one" },
  },
};

/** The first writes of the templates `named`, `automatic`, `late` and `replaced`, and of two rules. */
export const FIRST_WRITES = 6;
