import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { createClient } from "redis";
import ts from "typescript";
import { jobIdOf } from "../../examples/receiver-queue/jobId";
import { type ExampleProcess, runScript } from "../support/examples/exampleProcess";
import { runLines, sendAsReadme } from "../support/examples/readme";
import { diagnosticsOf } from "../support/package/compile";
import { outsidePerSuite } from "../support/package/outside";
import { redisPerSuite } from "../support/redisServer";
import { InstalledExample, QUEUE_PACKAGES } from "./receiverQueue/installed";
import { KEY, signedBegin, statusOf } from "./receiverQueue/messages";
import { Trial } from "./receiverQueue/trial";

describe("the job id of an event", () => {
  it("has no colon, and differs for different events", () => {
    expect(jobIdOf("0:4797122420839071859")).to.equal("0%3A4797122420839071859");
    expect(jobIdOf("332:session:record_ended:7")).to.equal("332%3Asession%3Arecord_ended%3A7");
    expect(jobIdOf("1:a%3Ab")).to.equal("1%3Aa%253Ab");
    expect(jobIdOf("1:a:b")).to.equal("1%3Aa%3Ab");
    expect(jobIdOf("1:直播\ud800")).to.equal("1%3A直播\ud800");
  });
});

describe("examples/receiver-queue, as processes with a shared Redis", function () {
  this.timeout(60_000);
  const installed = outsidePerSuite(...QUEUE_PACKAGES);
  const redis = redisPerSuite();
  let example: InstalledExample;
  let database = 0;
  before(() => {
    example = new InstalledExample(installed());
  });
  after(() => example?.close());

  /** Returns the URL of a database that no other test uses. */
  const emptyDatabase = (): string => `${redis.url}/${++database}`;

  /** Returns the jobs of a state, such as `"completed"`. */
  async function jobsIn(url: string, state: string): Promise<string[]> {
    const client = createClient({ url });
    await client.connect();
    const jobs = await client.zRange(`bull:live-callbacks:${state}`, 0, -1);
    client.destroy();
    return jobs;
  }

  async function untilAccepted(receiver: ExampleProcess, body: string): Promise<void> {
    while ((await statusOf(receiver.url, body)) !== 200) await sleep(50);
  }

  const messagesOf = (worker: ExampleProcess, id: string): string[] =>
    worker.lines.filter((line) => line["id"] === id).map(({ message }) => message);

  it("compiles strictly with the types of BullMQ", () => {
    const { config } = ts.readConfigFile(`${example.folder}/tsconfig.json`, ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, example.folder);
    expect(diagnosticsOf(example.programs, { ...options, noUncheckedIndexedAccess: true })).to.deep.equal([]);
  });

  it("receives and processes an event with the commands of its README", async () => {
    const line = runLines("receiver-queue").emulator.replace("redis://127.0.0.1:6379", emptyDatabase());
    const processes = runScript(example.folder, line);
    const { url } = await processes.line("listening");
    await sendAsReadme("receiver-queue", example.folder, String(url));
    expect((await processes.line("done"))["id"]).to.match(/^100:/);
  });

  it("processes an event once if its copies reach several receivers", async () => {
    const url = emptyDatabase();
    const receivers = await Promise.all([example.startReceiver(url), example.startReceiver(url)]);
    const { body, id } = signedBegin("one");
    for (const receiver of [...receivers, ...receivers]) expect(await statusOf(receiver.url, body)).to.equal(200);
    const worker = await example.startWorker(url);
    await worker.line("done", { id });
    for (const receiver of receivers) expect(await statusOf(receiver.url, body)).to.equal(200);
    const next = signedBegin("next");
    await untilAccepted(receivers[0], next.body);
    await worker.line("done", { id: next.id });
    expect(messagesOf(worker, id)).to.deep.equal(["seen", "done"]);
    expect(await jobsIn(url, "completed")).to.deep.equal([jobIdOf(id), jobIdOf(next.id)]);
  });

  it("rejects a forged event, which never reaches the queue", async () => {
    const url = emptyDatabase();
    const receiver = await example.startReceiver(url);
    const forged = signedBegin("forged", "OtherKey1");
    const genuine = signedBegin("genuine");
    expect(await statusOf(receiver.url, forged.body)).to.equal(403);
    expect(await statusOf(receiver.url, genuine.body)).to.equal(200);
    const worker = await example.startWorker(url);
    await worker.line("done", { id: genuine.id });
    expect(messagesOf(worker, forged.id)).to.deep.equal([]);
    expect(await receiver.line("not accepted")).to.include({ code: "invalid_signature" });
    expect(receiver.output + worker.output).not.to.match(new RegExp(`${KEY}|OtherKey1|param`, "i"));
  });

  it("responds with 500 while Redis is down or suspended, and processes a later copy", async () => {
    const url = emptyDatabase();
    const [receiver, worker] = await Promise.all([example.startReceiver(url), example.startWorker(url)]);
    const [away, still] = [signedBegin("away"), signedBegin("still")];
    redis.suspend();
    expect(await statusOf(receiver.url, still.body)).to.equal(500);
    redis.resume();
    await untilAccepted(receiver, still.body);
    await worker.line("done", { id: still.id });
    expect(messagesOf(worker, still.id)).to.deep.equal(["seen", "done"]);
    await redis.kill();
    expect(await statusOf(receiver.url, away.body)).to.equal(500);
    await redis.restart();
    await untilAccepted(receiver, away.body);
    await worker.line("done", { id: away.id });
    expect(messagesOf(worker, away.id)).to.deep.equal(["seen", "done"]);
  });

  it("reports a missing or wrong variable, and exits with 1", async () => {
    const complete = { CALLBACK_KEY: KEY, REDIS_URL: redis.url };
    for (const [program, environment, why] of [
      ["receiver.ts", { CALLBACK_KEY: " " }, "CALLBACK_KEY is missing: set it to the callback key of the template"],
      ["receiver.ts", { ATTEMPTS: "0" }, "ATTEMPTS must be a number from 1 to 86400"],
      ["worker.ts", { REDIS_URL: "" }, "REDIS_URL is missing: set it to a URL such as redis://127.0.0.1:6379"],
      ["worker.ts", { CONCURRENCY: "many" }, "CONCURRENCY must be a number from 1 to 86400"],
    ] as const) {
      const failing = example.run(program, { ...complete, ...environment });
      expect(await failing.exitCode()).to.equal(1);
      expect(failing.lines.map(({ message, why }) => ({ message, why }))).to.deep.equal([
        { message: "cannot start", why },
      ]);
    }
  });

  describe("examples/receiver-queue with work that fails, ends its process or is slow", () => {
    let working: InstalledExample;
    before(() => {
      working = new InstalledExample(installed()).replaceWork();
    });
    after(() => working?.close());

    it("retries a job, keeps it as a dead letter, and restarts it on request", async () => {
      const url = emptyDatabase();
      const [receiver, worker] = await Promise.all([working.startReceiver(url), working.startWorker(url)]);
      const { body, id } = signedBegin("failing");
      expect(await statusOf(receiver.url, body)).to.equal(200);
      expect(await worker.line("dead letter", { id })).to.include({ attempts: 3, why: "this work always fails" });
      const tried = ["begun", "failed", "begun", "failed", "begun", "dead letter"];
      expect(messagesOf(worker, id)).to.deep.equal(tried);

      // A copy of its event changes nothing.
      expect(await statusOf(receiver.url, body)).to.equal(200);
      const deadLetters = (...args: string[]) => working.run("deadLetters.ts", { REDIS_URL: url }, ...args);
      const listing = deadLetters();
      expect(await listing.exitCode()).to.equal(0);
      expect(listing.lines[0]).to.include({ message: "dead letter", id, attempts: 3, why: "this work always fails" });
      expect(messagesOf(worker, id)).to.deep.equal(tried);

      expect(await deadLetters("--retry").exitCode()).to.equal(0);
      await worker.line("dead letter", { id }, 2);
      expect(messagesOf(worker, id)).to.deep.equal([...tried, ...tried]);
      expect(await jobsIn(url, "failed")).to.deep.equal([jobIdOf(id)]);
    });

    it("processes an event twice if a worker is killed between the work and its record", async () => {
      const url = emptyDatabase();
      const receiver = await working.startReceiver(url);
      const first = await working.startWorker(url, { WAITS_BEFORE_RECORD: "1" });
      const { body, id } = signedBegin("stream");
      expect(await statusOf(receiver.url, body)).to.equal(200);
      await first.line("worked", { id });
      await first.stop("SIGKILL");
      const second = await working.startWorker(url);
      await second.line("done", { id });
      expect(messagesOf(second, id)).to.deep.equal(["begun", "worked", "done"]);
    });

    it("stops retrying a job that ends every worker, and keeps it as a dead letter", async () => {
      const url = emptyDatabase();
      const receiver = await working.startReceiver(url);
      const { body, id } = signedBegin("breaking");
      expect(await statusOf(receiver.url, body)).to.equal(200);
      for (let death = 1; death <= 4; death++) {
        const worker = working.run("worker.ts", { REDIS_URL: url, LOCK_SECONDS: "1" });
        expect(await worker.exitCode()).to.equal(3);
      }
      const last = await working.startWorker(url, { LOCK_SECONDS: "1" });
      expect((await last.line("dead letter", { id }))["why"]).to.equal("job stalled more than allowable limit");
    });

    it("completes running jobs after a stop signal, and exits with 0", async () => {
      const url = emptyDatabase();
      const [receiver, worker] = await Promise.all([working.startReceiver(url), working.startWorker(url)]);
      const { body, id } = signedBegin("stream");
      expect(await statusOf(receiver.url, body)).to.equal(200);
      await worker.line("begun", { id });
      expect(await Promise.all([receiver.stop("SIGTERM"), worker.stop("SIGTERM")])).to.deep.equal([0, 0]);
      expect(messagesOf(worker, id)).to.deep.equal(["begun", "worked", "done"]);
    });

    it("processes every event while receivers and workers are killed at random, and twice only if a worker was killed", async () => {
      const size = { events: 80, receivers: 2, workers: 2, kills: 4, seed: 10 };
      const trial = new Trial(working, emptyDatabase(), size);
      const tally = await trial.run();
      expect(tally).to.include({ worked: 72, deadLetters: 8, gaveUp: 0, lost: 0, unexplained: 0 });
      expect(tally).to.include({ killedReceivers: 2, killedWorkers: 2 });
    });
  });
});
