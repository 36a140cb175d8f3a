import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { filesIn } from "./files";

describe("the list of files in a folder", () => {
  it("includes the files of subfolders, and does not follow links, even if they lead back", () => {
    const folder = mkdtempSync(join(tmpdir(), "tencentcloud-live-files-"));
    try {
      mkdirSync(join(folder, "inner"));
      for (const name of ["one", "inner/two"]) writeFileSync(join(folder, name), "");
      symlinkSync(folder, join(folder, "inner", "back"), "junction");
      expect(filesIn(folder)).to.have.members([join(folder, "one"), join(folder, "inner/two")]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
