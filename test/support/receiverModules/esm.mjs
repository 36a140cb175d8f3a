import * as receiver from "pulumi-tencentcloud-live/receiver";
import { redisStore } from "pulumi-tencentcloud-live/receiver/redis";
import { responses } from "./probe.mjs";

let thrown;
try {
  redisStore({});
} catch (error) {
  thrown = error;
}
// No top-level await, because a bundle may be CommonJS.
void responses(receiver).then((found) =>
  console.log(JSON.stringify([...found, thrown instanceof receiver.CallbackError])),
);
