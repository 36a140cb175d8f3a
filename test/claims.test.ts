import { expect } from "chai";
import { Claims } from "../provider/claims";

const stateOf = (claims: Claims, key: string) => ({
  declared: claims.isDeclared(key),
  held: claims.isHeld(key),
  taken: claims.isTaken(key),
});

describe("the claims of a deployment", () => {
  it("hold nothing at first", () => {
    expect(stateOf(new Claims(), "a")).to.deep.equal({ declared: false, held: false, taken: false });
  });

  it("know a new resource's key as declared, and an existing one's as held too", () => {
    const claims = new Claims();
    claims.declare("new", false);
    claims.declare("existing", true);
    expect(stateOf(claims, "new")).to.deep.equal({ declared: true, held: false, taken: false });
    expect(stateOf(claims, "existing")).to.deep.equal({ declared: true, held: true, taken: false });
  });

  it("keep a key held when a second resource declares it", () => {
    const claims = new Claims();
    claims.declare("a", true);
    claims.declare("a", false);
    expect(claims.isHeld("a")).to.equal(true);
  });

  it("let go of a key that its holder is about to change, until it changed in place; it stays declared", () => {
    const claims = new Claims();
    claims.declare("a", true);
    claims.loosen("a");
    expect(stateOf(claims, "a")).to.deep.equal({ declared: true, held: false, taken: false });
    claims.hold("a");
    expect(claims.isHeld("a")).to.equal(true);
  });

  it("know a key as taken from the create on, and no more when the create failed", () => {
    const claims = new Claims();
    claims.declare("a", false);
    claims.take("a");
    expect(stateOf(claims, "a")).to.deep.equal({ declared: true, held: false, taken: true });
    claims.release("a");
    expect(stateOf(claims, "a")).to.deep.equal({ declared: true, held: false, taken: false });
  });

  it("tell keys apart", () => {
    const claims = new Claims();
    claims.declare("push.example.com", true);
    claims.take("push.example.com");
    expect(stateOf(claims, "push.example.com/live")).to.deep.equal({ declared: false, held: false, taken: false });
  });
});
