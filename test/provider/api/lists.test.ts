import { expect } from "chai";
import { createLists, SharedList } from "../../../provider/api/lists";
import { clientOf, enough, failed, failureOf, NOW, ok, serve } from "../../support/api/apiServer";
import { VirtualClock } from "../../support/clock";

/** Creates a list whose fetches the test completes. */
function controlled() {
  const fetches: { resolve: (items: string[]) => void; reject: (error: Error) => void }[] = [];
  const clock = new VirtualClock();
  const fetch = () => new Promise<string[]>((resolve, reject) => fetches.push({ resolve, reject }));
  const list = new SharedList<string>(fetch, clock);
  return { list, fetches, clock };
}

/** Waits until all work that does not depend on a fetch has run. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("a shared list", () => {
  it("is fetched once for concurrent calls", async () => {
    const { list, fetches } = controlled();
    const calls = [list.get(), list.get(), list.get()];
    fetches[0]?.resolve(["a"]);
    expect(await Promise.all(calls)).to.deep.equal([["a"], ["a"], ["a"]]);
    expect(fetches).to.have.length(1);
  });

  it("is kept for 10 s from the start of its fetch, and then fetched again", async () => {
    const { list, fetches, clock } = controlled();
    const first = list.get();
    clock.advance(4_000);
    fetches[0]?.resolve(["a"]);
    await first;
    clock.advance(5_999);
    expect(await list.get()).to.deep.equal(["a"]);
    expect(fetches).to.have.length(1);
    clock.advance(1);
    const second = list.get();
    fetches[1]?.resolve(["b"]);
    expect(await second).to.deep.equal(["b"]);
  });

  it("is fetched again for a call that requires a lower age", async () => {
    const { list, fetches, clock } = controlled();
    const first = list.get();
    fetches[0]?.resolve(["a"]);
    await first;
    clock.advance(1_999);
    expect(await list.get(2_000)).to.deep.equal(["a"]);
    clock.advance(1);
    expect(await list.get()).to.deep.equal(["a"]);
    const younger = list.get(2_000);
    fetches[1]?.resolve(["b"]);
    expect(await younger).to.deep.equal(["b"]);
    expect(await list.get()).to.deep.equal(["b"]);
  });

  const HOUR = 3_600_000;
  for (const [why, passed] of [
    ["the system time was set back", { system: -HOUR, monotonic: 10_000 }],
    ["the monotonic clock stopped while the machine slept", { system: HOUR, monotonic: 0 }],
  ] as const) {
    it(`is fetched again after 10 s, even if ${why}`, async () => {
      const { list, fetches, clock } = controlled();
      const first = list.get();
      fetches[0]?.resolve(["a"]);
      await first;
      const later = clock.now() + passed.system;
      clock.now = () => later;
      clock.advance(passed.monotonic);
      const second = list.get();
      fetches[1]?.resolve(["b"]);
      expect(await second).to.deep.equal(["b"]);
    });
  }

  it("fails for all calls that wait for a failed fetch, and is fetched again for the next call", async () => {
    const { list, fetches } = controlled();
    const calls = [list.get(), list.get()];
    fetches[0]?.reject(new RangeError("no"));
    for (const waiting of calls) await failureOf(waiting, RangeError);
    const next = list.get();
    fetches[1]?.resolve(["a"]);
    expect(await next).to.deep.equal(["a"]);
  });

  it("keeps its items when a later fetch fails within the 10 s", async () => {
    const { list, fetches } = controlled();
    const first = list.get();
    fetches[0]?.resolve(["a"]);
    await first;
    const fresh = list.refetch();
    fetches[1]?.reject(new RangeError("no"));
    await failureOf(fresh, RangeError);
    expect(await list.get()).to.deep.equal(["a"]);
  });

  it("is fetched again by refetch even while it is kept", async () => {
    const { list, fetches } = controlled();
    const first = list.get();
    fetches[0]?.resolve(["a"]);
    await first;
    const fresh = list.refetch();
    fetches[1]?.resolve(["b"]);
    expect(await fresh).to.deep.equal(["b"]);
    expect(await list.get()).to.deep.equal(["b"]);
  });

  for (const outcome of ["succeeded", "failed"]) {
    it(`is fetched once more for all calls of refetch during a fetch, after that has ${outcome}`, async () => {
      const { list, fetches } = controlled();
      const running = list.get().catch(() => ["failed"]);
      const fresh = [list.refetch(), list.refetch()];
      await settled();
      expect(fetches).to.have.length(1);
      if (outcome === "failed") fetches[0]?.reject(new RangeError("no"));
      else fetches[0]?.resolve(["old"]);
      await running;
      await settled();
      expect(fetches).to.have.length(2);
      fetches[1]?.resolve(["new"]);
      expect(await Promise.all(fresh)).to.deep.equal([["new"], ["new"]]);
    });
  }

  it("is fetched again by each refetch, even if an earlier one had to wait for a fetch", async () => {
    const { list, fetches } = controlled();
    const running = list.get();
    const waited = list.refetch();
    fetches[0]?.resolve(["first"]);
    await running;
    await settled();
    fetches[1]?.resolve(["second"]);
    expect(await waited).to.deep.equal(["second"]);
    const last = list.refetch();
    fetches[2]?.resolve(["third"]);
    expect(await last).to.deep.equal(["third"]);
  });

  it("never has two concurrent fetches, even if a caller calls again as soon as its fetch ends", async () => {
    const { list, fetches, clock } = controlled();
    const waiter = list.get().then(() => list.refetch());
    const stale = list.get().then(() => {
      clock.advance(10_000);
      return list.get();
    });
    const fresh = list.refetch();
    fetches[0]?.resolve(["old"]);
    await settled();
    expect(fetches).to.have.length(2);
    list.applyWrite((items) => [...items, "ours"]);
    fetches[1]?.resolve(["new"]);
    expect(await Promise.all([waiter, fresh, stale])).to.deep.equal(Array(3).fill(["new", "ours"]));
  });

  it("contains our own writes without another fetch", async () => {
    const { list, fetches } = controlled();
    const first = list.get();
    fetches[0]?.resolve(["a", "b"]);
    await first;
    list.applyWrite((items) => items.filter((item) => item !== "a"));
    expect(await list.get()).to.deep.equal(["b"]);
    expect(fetches).to.have.length(1);
  });

  it("contains the writes that completed during its fetch, in their order", async () => {
    const { list, fetches } = controlled();
    const first = list.get();
    list.applyWrite((items) => [...items, "b"]);
    list.applyWrite((items) => items.filter((item) => item !== "a"));
    fetches[0]?.resolve(["a"]);
    expect(await first).to.deep.equal(["b"]);
    expect(await list.get()).to.deep.equal(["b"]);
  });

  it("does not repeat writes from before a fetch, which another user may have undone", async () => {
    const { list, fetches } = controlled();
    const first = list.get();
    list.applyWrite((items) => [...items, "ours"]);
    fetches[0]?.resolve([]);
    await first;
    const fresh = list.refetch();
    fetches[1]?.resolve(["theirs"]);
    expect(await fresh).to.deep.equal(["theirs"]);
  });
});

describe("the lists of an account", () => {
  const domain = (Name: string) => ({ Name, Type: 0, Status: 1, CreateTime: "2018-08-29 10:00:00", IsDelayLive: 0 });
  const page = (from: number, to: number, AllCount: number) =>
    ok({
      AllCount,
      DomainList: Array.from({ length: to - from }, (_, index) => domain(`d${from + index}.example.com`)),
    });

  async function listsOf(...replies: Parameters<typeof serve>[0]) {
    const { url, seen } = await serve(replies);
    return { lists: createLists(clientOf(url), new VirtualClock(NOW), enough), seen };
  }

  it("take one call for all templates and one for all rules", async () => {
    const rule = { DomainName: "a.example.com", AppName: "live", TemplateId: 7, CreateTime: "t", UpdateTime: "u" };
    const { lists, seen } = await listsOf(ok({ Templates: [{ TemplateId: 7 }] }), ok({ Rules: [rule] }));
    expect((await lists.templates.get()).map(({ TemplateId }) => TemplateId)).to.deep.equal([7]);
    expect(await lists.rules.get()).to.deep.equal([rule]);
    await Promise.all([lists.templates.get(), lists.rules.get()]);
    expect(seen.map(({ headers, body }) => [headers["x-tc-action"], body])).to.deep.equal([
      ["DescribeLiveCallbackTemplates", "{}"],
      ["DescribeLiveCallbackRules", "{}"],
    ]);
  });

  it("contain every page of the push domains", async () => {
    const { lists, seen } = await listsOf(page(0, 100, 230), page(100, 200, 230), page(200, 230, 230));
    const names = (await lists.domains.get()).map(({ Name }) => Name);
    expect([names.length, names[0], names[229]]).to.deep.equal([230, "d0.example.com", "d229.example.com"]);
    expect(seen.map(({ body }) => body)).to.deep.equal([
      '{"DomainType":0,"PageSize":100,"PageNum":1}',
      '{"DomainType":0,"PageSize":100,"PageNum":2}',
      '{"DomainType":0,"PageSize":100,"PageNum":3}',
    ]);
  });

  it("end at an empty page, even if the count is higher", async () => {
    const { lists, seen } = await listsOf(page(0, 3, 500), page(0, 0, 500));
    expect(await lists.domains.get()).to.have.length(3);
    expect(seen).to.have.length(2);
  });

  for (const code of ["ResourceNotFound.EmptyData", "UnauthorizedOperation", "AuthFailure.UnauthorizedOperation"]) {
    it(`contain no domains if the API responds with ${code}`, async () => {
      const { lists } = await listsOf(failed(code));
      expect(await lists.domains.get()).to.deep.equal([]);
    });
  }

  for (const code of ["ResourceNotFound.StopService", "AuthFailure.SignatureFailure"]) {
    it(`fail if the API responds with ${code}`, async () => {
      const { lists } = await listsOf(failed(code));
      expect(await failureOf(lists.domains.get(), Error)).to.include({ code });
    });
  }

  it("survive throttling within their budget", async () => {
    const { lists, seen } = await listsOf(failed("RequestLimitExceeded"), ok({ Rules: [] }));
    expect(await lists.rules.get()).to.deep.equal([]);
    expect(seen).to.have.length(2);
  });
});
