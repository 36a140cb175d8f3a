import type * as provider from "../../provider/hosts/dynamic";

/** The name under which `./provider` exports a lifecycle. */
type Lifecycle = Exclude<keyof typeof provider, "createProvider">;

/**
 * The value of `__provider`: the text that Pulumi's dynamic provider host loads to find a resource's
 * lifecycle. Its advice fits a package that is not installed, and one that only another package depends on.
 *
 * It is stored twice with every resource, and the state is rewritten after every step: so it is a constant of
 * less than 200 bytes, which loads the installed package, rather than the serialised code. It captures
 * nothing, and it is part of the state of every stack in use: it never changes.
 */
export function providerStub(lifecycle: Lifecycle): string {
  return (
    `exports.handler=()=>{try{return require("pulumi-tencentcloud-live/provider").${lifecycle}}` +
    `catch(e){throw Error("Install pulumi-tencentcloud-live as a direct dependency: "+/.*/.exec(e.message))}}`
  );
}
