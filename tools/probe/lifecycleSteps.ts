import { deepStrictEqual } from "node:assert/strict";
import { createProvider } from "../../provider/hosts/dynamic";
import type { Bench } from "./command";
import { Engine, type Stored } from "./engine";

/** One thing that the provider promises. */
export interface Step {
  title: string;
  run(): Promise<void>;
}

/** Shorter than the defaults, so that the whole is over in minutes whatever the API does. */
const CONFIG = { "tencentcloud-live:retrySeconds": "20", "tencentcloud-live:inUseTimeoutSeconds": "20" };

type Values = Record<string, unknown>;
type Kind = keyof ReturnType<typeof createProvider>;

/** What the steps before have made, by a name of its own. Each call is a deployment, with nothing remembered. */
class World {
  readonly #stored = new Map<string, Stored>();

  constructor(private readonly bench: Bench) {}

  get domain(): string {
    return this.bench.choices.domain;
  }

  get url(): string {
    return this.bench.choices.callbackUrl;
  }

  name(what: string): string {
    return `${this.bench.run}-${what}`;
  }

  template(what: string, more: Values): Values {
    return { templateName: this.name(what), streamBeginNotifyUrl: this.url, ...more };
  }

  /** The id of a template that a step before has made. */
  id(what: string): number {
    return Number(this.#get(what).id);
  }

  async create(kind: Kind, what: string, args: Values): Promise<void> {
    this.#stored.set(what, await this.#engine(kind).create(args));
    await this.#shows(kind, what, args);
  }

  async update(kind: Kind, what: string, args: Values): Promise<void> {
    this.#stored.set(what, await this.#engine(kind).update(this.#get(what), args));
    await this.#shows(kind, what, args);
  }

  async delete(kind: Kind, what: string): Promise<void> {
    await this.#engine(kind).delete(this.#get(what));
    if (await this.#engine(kind).read(this.#get(what))) throw new Error("it is still there");
    this.#stored.delete(what);
  }

  /** Exactly what is declared is there. */
  async #shows(kind: Kind, what: string, args: Values): Promise<void> {
    const { callbackKey = "", ...read } = (await this.#engine(kind).read(this.#get(what))) ?? {};
    const { callbackKey: declaredKey = "", ...declared } = args;
    // Compared apart, and without its text in the message.
    if (callbackKey !== declaredKey) throw new Error("the callback key is not the one that was declared");
    deepStrictEqual(read, declared);
  }

  #get(what: string): Stored {
    const stored = this.#stored.get(what);
    if (!stored) throw new Error("a step that it builds on failed");
    return stored;
  }

  #engine(kind: Kind): Engine {
    const { environment, clock, backoff } = this.bench;
    return new Engine(createProvider({ environment, clock, backoff })[kind], CONFIG);
  }
}

/** The lives of two templates and two bindings, in order; a step builds on those before it. */
export function lifecycleSteps(bench: Bench): Step[] {
  const world = new World(bench);
  return [...templateSteps(world), ...bindingSteps(world), deletion(world)];
}

function templateSteps(world: World): Step[] {
  const url = new URL("end", world.url).href;
  return [
    {
      title: "a template is created, and reads back as it is declared",
      run: () =>
        world.create(
          "callbackTemplate",
          "first",
          world.template("first", { description: "first", callbackKey: "ProbeKey1", streamEndNotifyUrl: url }),
        ),
    },
    {
      title: "a change of a template reaches the cloud",
      run: () =>
        world.update(
          "callbackTemplate",
          "first",
          world.template("first", { description: "second", callbackKey: "ProbeKey2", streamEndNotifyUrl: `${url}/2` }),
        ),
    },
    {
      title: "a field taken out of the program is cleared in the cloud",
      run: () => world.update("callbackTemplate", "first", world.template("first", {})),
    },
  ];
}

function bindingSteps(world: World): Step[] {
  const app = (templateId: number) => ({ domainName: world.domain, appName: world.name("app"), templateId });
  return [
    {
      title: "an app of the domain is bound",
      run: () => world.create("domainBinding", "app", app(world.id("first"))),
    },
    {
      title: "a binding moves to another template",
      run: async () => {
        await world.create("callbackTemplate", "second", world.template("second", {}));
        await world.update("domainBinding", "app", app(world.id("second")));
      },
    },
    {
      title: "a binding is removed",
      run: () => world.delete("domainBinding", "app"),
    },
    {
      title: "the whole domain is bound and unbound",
      run: async () => {
        const whole = { domainName: world.domain, templateId: world.id("first") };
        await world.create("domainBinding", "domain", whole);
        await world.delete("domainBinding", "domain");
      },
    },
  ];
}

function deletion(world: World): Step {
  return {
    title: "templates are deleted",
    run: async () => {
      await world.delete("callbackTemplate", "first");
      await world.delete("callbackTemplate", "second");
    },
  };
}
