/** Returns the version of this package: the engine looks for a plugin of the same one. */
export const packageVersion = (): string => require("pulumi-tencentcloud-live/package.json").version;
