import { deepStrictEqual } from "node:assert/strict";
import { createProvider } from "../../provider/hosts/dynamic";
import type { Bench } from "./command";
import { Engine, type Stored } from "./engine";

/** A check of one operation of the provider. */
export interface Step {
  title: string;
  run(): Promise<void>;
}

/** Shorter than the defaults, so that the run ends within minutes in any case. */
const CONFIG = { "tencentcloud-live:retrySeconds": "20", "tencentcloud-live:inUseTimeoutSeconds": "20" };

type Values = Record<string, unknown>;
type Kind = keyof ReturnType<typeof createProvider>;

/**
 * The resources that the steps have created, by name. Each call is a separate deployment without shared
 * memory.
 */
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

  /** Returns the id of a template that a previous step has created. */
  id(what: string): number {
    return Number(this.#get(what).id);
  }

  async create(kind: Kind, what: string, args: Values): Promise<void> {
    this.#stored.set(what, await this.#engine(kind).create(args));
    await this.#expectDeclared(kind, what, args);
  }

  async update(kind: Kind, what: string, args: Values): Promise<void> {
    this.#stored.set(what, await this.#engine(kind).update(this.#get(what), args));
    await this.#expectDeclared(kind, what, args);
  }

  async delete(kind: Kind, what: string): Promise<void> {
    await this.#engine(kind).delete(this.#get(what));
    if (await this.#engine(kind).read(this.#get(what))) throw new Error("it still exists");
    this.#stored.delete(what);
  }

  /** Checks that the resource has exactly the declared inputs. */
  async #expectDeclared(kind: Kind, what: string, args: Values): Promise<void> {
    const { callbackKey = "", ...read } = (await this.#engine(kind).read(this.#get(what))) ?? {};
    const { callbackKey: declaredKey = "", ...declared } = args;
    // Compared separately, so that the message does not contain the key.
    if (callbackKey !== declaredKey) throw new Error("the callback key is not the one that was declared");
    deepStrictEqual(read, declared);
  }

  #get(what: string): Stored {
    const stored = this.#stored.get(what);
    if (!stored) throw new Error("a previous step failed");
    return stored;
  }

  #engine(kind: Kind): Engine {
    const { environment, clock, backoff } = this.bench;
    return new Engine(createProvider({ environment, clock, backoff })[kind], CONFIG);
  }
}

/** Returns the steps with two templates and two bindings, in order. A step depends on the previous ones. */
export function lifecycleSteps(bench: Bench): Step[] {
  const world = new World(bench);
  return [...templateSteps(world), ...bindingSteps(world), deletion(world)];
}

function templateSteps(world: World): Step[] {
  const url = new URL("end", world.url).href;
  return [
    {
      title: "a template is created, and is read back as declared",
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
      title: "a field that is removed from the program is cleared in the cloud",
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
