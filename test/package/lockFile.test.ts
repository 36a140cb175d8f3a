import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";

interface LockedPackage {
  optionalDependencies?: Record<string, string>;
  resolved?: string;
  link?: boolean;
}

const LOCK_FILES = {
  "the lock file": "package-lock.json",
  "the lock file of mutants": "test/mutants/package-lock.json",
};

for (const [name, path] of Object.entries(LOCK_FILES)) {
  describe(name, () => {
    const text = readFileSync(resolve(__dirname, "../..", path), "utf8");
    const { packages } = JSON.parse(text) as { packages: Record<string, LockedPackage> };

    it("has the builds of every platform, which npm ci requires", () => {
      const wanted = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
        Object.keys(optionalDependencies),
      );
      const locked = new Set(Object.keys(packages).map((path) => path.split("node_modules/").at(-1)));
      expect(wanted.filter((name) => !locked.has(name))).to.deep.equal([]);
    });

    it("contains no registry", () => {
      const resolved = Object.values(packages)
        .filter(({ link }) => !link)
        .map((entry) => entry.resolved);
      expect(resolved.filter((address) => address?.startsWith("http"))).to.deep.equal([]);
    });
  });
}
