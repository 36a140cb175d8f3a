import * as pulumi from "@pulumi/pulumi";

/** A resource as Pulumi's mocks receive it. */
export type Made = pulumi.runtime.MockResourceArgs;

/** A call of a function as Pulumi's mocks receive it. */
export type Called = pulumi.runtime.MockCallArgs;

/** Resolves with the value of an output. */
export const settled = <T>(output: pulumi.Input<T>): Promise<unknown> =>
  new Promise((resolve) => void pulumi.output(output).apply(resolve));

/**
 * Installs Pulumi's mocks before the tests of a suite. Returns the registered resources. A template has the
 * id 385622, and any other resource its name.
 */
export function useMocks(respond: (call: Called) => Record<string, unknown> = ({ inputs }) => inputs): {
  made: Made[];
  called: Called[];
} {
  const [made, called]: [Made[], Called[]] = [[], []];
  before(() =>
    pulumi.runtime.setMocks({
      newResource: (resource) => {
        made.push(resource);
        const id = resource.id || (resource.type.endsWith(":CallbackTemplate") ? "385622" : resource.name);
        return { id, state: resource.inputs };
      },
      call: (call) => {
        called.push(call);
        return respond(call);
      },
    }),
  );
  beforeEach(() => {
    made.length = 0;
    called.length = 0;
  });
  return { made, called };
}

/** The options of a resource that its class passes to Pulumi. */
export function optionsOf(create: (options: pulumi.CustomResourceOptions) => pulumi.Resource): Record<string, unknown> {
  let seen: object = {};
  create({
    transformations: [
      ({ opts }) => {
        seen = opts;
        return undefined;
      },
    ],
  });
  return { ...seen };
}
