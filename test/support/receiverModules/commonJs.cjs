const receiver = require("pulumi-tencentcloud-live/receiver");
const { redisStore } = require("pulumi-tencentcloud-live/receiver/redis");

let thrown;
try {
  redisStore({});
} catch (error) {
  thrown = error;
}
void import("./probe.mjs")
  .then(({ responses }) => responses(receiver))
  .then((found) => console.log(JSON.stringify([...found, thrown instanceof receiver.CallbackError])));
