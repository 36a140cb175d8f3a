import type * as provider from "../../provider/hosts/dynamic";

/** The name under which `./provider` exports a lifecycle. */
type Lifecycle = Exclude<keyof typeof provider, "createProvider">;

/**
 * Returns the provider stub, which is the value of `__provider`: code that Pulumi's dynamic provider host
 * runs to load the lifecycle of a resource. Its advice is correct both if the package is not installed and if
 * it is only an indirect dependency.
 *
 * The state holds the stub twice per resource and is rewritten after every step. The stub is therefore not
 * the serialised provider, but a constant of less than 200 bytes that loads the installed package. It
 * captures nothing. It is part of the state of every stack in use and never changes.
 */
export function providerStub(lifecycle: Lifecycle): string {
  return (
    `exports.handler=()=>{try{return require("pulumi-tencentcloud-live/provider").${lifecycle}}` +
    `catch(e){throw Error("Install pulumi-tencentcloud-live as a direct dependency: "+/.*/.exec(e.message))}}`
  );
}
