import { cpSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import ts from "typescript";
import { diagnosticsOf } from "../support/package/compile";
import { type PackedPackage, packAndInstall, receiverAlone } from "../support/package/packed";

const NAME = "pulumi-tencentcloud-live";
const PROGRAMS = resolve(__dirname, "../support/receiverModules");
const { ModuleKind, ModuleResolutionKind, ScriptTarget } = ts;

const RESOLUTIONS: Record<string, ts.CompilerOptions> = {
  node10: { module: ModuleKind.CommonJS, moduleResolution: ModuleResolutionKind.Node10 },
  node16: { module: ModuleKind.Node16, moduleResolution: ModuleResolutionKind.Node16 },
  bundler: { module: ModuleKind.ESNext, moduleResolution: ModuleResolutionKind.Bundler },
};

const ES5 = { target: ScriptTarget.ES5, types: [] };
const ES2022 = { target: ScriptTarget.ES2022, lib: ["lib.es2022.d.ts"], types: [] };
const NODE = { target: ScriptTarget.ES2022, lib: ["lib.es2022.d.ts"], types: ["node"] };

const onOrOff = (isOn: boolean): string => (isOn ? "on" : "off");

describe("the types of the receiver", function () {
  this.timeout(120_000);
  let packed: PackedPackage;
  let bare: string;
  before("packs the package", () => {
    packed = packAndInstall();
    bare = receiverAlone(packed);
    symlinkSync(resolve(__dirname, "../../node_modules/@types"), join(bare, "node_modules/@types"), "junction");
    for (const [program, copies] of [
      ["program.ts", ["program.ts", "module.mts"]],
      ["onNode.ts", ["onNode.ts"]],
    ] as const)
      for (const copy of copies) cpSync(join(PROGRAMS, program), join(bare, copy));
  });
  after(() => {
    for (const folder of [packed.folder, bare]) rmSync(folder, { recursive: true });
  });

  it("compile with exact optional types, and without interop for the oldest module resolution", () => {
    const strict = { exactOptionalPropertyTypes: true, skipLibCheck: true, types: ["node"] };
    const commonJs = { skipLibCheck: false, types: ["node"] };
    const { node10, node16 } = RESOLUTIONS;
    for (const [program, options] of [
      ["exactOptional.ts", { ...node16, ...strict, target: ScriptTarget.ES2022 }],
      ["withoutInterop.ts", { ...node10, ...commonJs }],
    ] as const) {
      const file = join(packed.folder, program);
      cpSync(join(PROGRAMS, program), file);
      expect(diagnosticsOf([file], options), program).to.deep.equal([]);
    }
  });

  for (const [resolution, how] of Object.entries(RESOLUTIONS)) {
    for (const esModuleInterop of [true, false]) {
      for (const exactOptionalPropertyTypes of [true, false]) {
        const options = { ...how, esModuleInterop, exactOptionalPropertyTypes };
        const named = `interop ${onOrOff(esModuleInterop)}, exactOptionalPropertyTypes ${onOrOff(exactOptionalPropertyTypes)}`;
        it(`compile without a diagnostic for ${resolution}, ${named}, with and without the types of Node`, () => {
          const programs = ["program.ts", ...(resolution === "node10" ? [] : ["module.mts"])];
          const compiled = (names: string[], more: ts.CompilerOptions) =>
            diagnosticsOf(
              names.map((name) => join(bare, name)),
              { ...options, ...more },
            );
          expect(compiled(programs, ES5), "ES5 with DOM").to.deep.equal([]);
          expect(compiled(programs, ES2022), "ES2022 without DOM").to.deep.equal([]);
          expect(compiled([...programs, "onNode.ts"], NODE), "Node").to.deep.equal([]);
        });
      }
    }

    for (const isOn of [true, false]) {
      const named = `interop and exactOptionalPropertyTypes ${onOrOff(isOn)}`;
      it(`compile with those of the other entry points without a diagnostic for ${resolution}, ${named}`, () => {
        const file = join(packed.folder, "entries.ts");
        const imports = ["", "/provider", "/emulator", "/receiver", "/receiver/redis"];
        writeFileSync(file, imports.map((entry) => `export {} from "${NAME}${entry}";\n`).join(""));
        const options = { ...how, ...NODE, esModuleInterop: isOn, exactOptionalPropertyTypes: isOn };
        const ours = (name: string) => name === file || name.includes(`/${NAME}/`);
        expect(diagnosticsOf([file], options, ours)).to.deep.equal([]);
      });
    }
  }
});
