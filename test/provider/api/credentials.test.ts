import { expect } from "chai";
import { sameKeys } from "../../../provider/api/credentials";

describe("credentials after a renewal", () => {
  it("have the same keys only if the id, the key and the token are equal, whatever their source", () => {
    const keys = { secretId: "id", secretKey: "key", securityToken: "token", source: "one" };
    expect(sameKeys(keys, { ...keys, source: "another" })).to.equal(true);
    for (const name of ["secretId", "secretKey", "securityToken"])
      expect(sameKeys(keys, { ...keys, [name]: "new" }), name).to.equal(false);
  });
});
