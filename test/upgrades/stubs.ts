import type { providerStub } from "../../sdk/dynamic/providerStub";

type Lifecycle = Parameters<typeof providerStub>[0];

/**
 * Every provider stub that a version has recorded, oldest first. The last one is the current stub. A state
 * keeps its stub until the resource changes, so every stub must still load the provider.
 */
export const RECORDED_STUBS: readonly ((lifecycle: Lifecycle) => string)[] = [
  (lifecycle) =>
    `exports.handler=()=>{try{return require("pulumi-tencentcloud-live/provider").${lifecycle}}catch(e){throw Error("Run npm ci in the program's folder, then again: "+e.message.split("\\n")[0])}}`,
  (lifecycle) =>
    `exports.handler=()=>{try{return require("pulumi-tencentcloud-live/provider").${lifecycle}}catch(e){throw Error("Install pulumi-tencentcloud-live as a direct dependency: "+/.*/.exec(e.message))}}`,
];

export const LIFECYCLES: readonly Lifecycle[] = ["callbackTemplate", "domainBinding"];
