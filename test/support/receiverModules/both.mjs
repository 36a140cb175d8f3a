import { createRequire } from "node:module";
import * as esm from "pulumi-tencentcloud-live/receiver";
import * as esmRedis from "pulumi-tencentcloud-live/receiver/redis";
import { responses } from "./probe.mjs";

const require = createRequire(import.meta.url);
const commonJs = require("pulumi-tencentcloud-live/receiver");
const commonJsRedis = require("pulumi-tencentcloud-live/receiver/redis");

const thrownBy = (action) => {
  try {
    action();
  } catch (error) {
    return error;
  }
};
const copies = [esm, commonJs];
const errors = [
  thrownBy(() => esmRedis.redisStore({})),
  thrownBy(() => commonJsRedis.redisStore({})),
  thrownBy(() => esm.parseCallback("")),
  thrownBy(() => commonJs.parseCallback("")),
];
const recognized = errors.map((error) => copies.map(({ CallbackError }) => error instanceof CallbackError));
const foreign = copies.map(({ CallbackError }) => new Error("x") instanceof CallbackError);
const names = copies.map((copy) =>
  Object.keys(copy)
    .filter((name) => !/^(default|__esModule|module\.exports)$/.test(name))
    .sort()
    .join(),
);
// Serves the handler of one copy with the adapter of the other.
const mixed = await responses({ ...esm, toNodeHandler: commonJs.toNodeHandler });
console.log(
  JSON.stringify({
    copies: esm.CallbackError === commonJs.CallbackError ? 1 : 2,
    sameNames: names[0] === names[1],
    ...{ recognized, foreign, mixed },
  }),
);
