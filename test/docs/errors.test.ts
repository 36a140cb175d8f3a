import { expect } from "chai";
import { API_CODES, PROVIDER_CODES } from "../../provider/api/codes";
import { ApiError } from "../../provider/api/errors";
import { REMEDIES, remedyFor } from "../../provider/api/remedies";
import { rejection } from "../support/cloud";
import { ERRORS, FORMAT, read } from "../support/errorScript";
import { quoted, tableOf } from "../support/markdown";
import { PROVOCATIONS, Situation, WRITTEN_ALL_THE_SAME } from "../support/provider/provokedErrors";
import { hostWith } from "../support/provider/settings";

describe("the document of errors", () => {
  describe("the table of the provider's own codes", () => {
    const rows = tableOf(ERRORS, "code", "when", "what to do", "retryable", "written");
    const valuesIn = (cell: string): boolean[] => [true, false].filter((value) => cell.includes(String(value)));

    it("lists exactly the codes that the compiler allows, in order", () => {
      expect(rows.map(([code = ""]) => quoted(code)[0])).to.deep.equal(PROVIDER_CODES);
    });

    it("lists exactly the provoked values of retryable for each code", () => {
      const documented = rows.flatMap(([code = "", , , retryable = ""]) =>
        valuesIn(retryable).map((value) => `${quoted(code)[0]} ${value}`),
      );
      const provoked = PROVOCATIONS.map(([code, retryable]) => `${code} ${retryable}`);
      expect(new Set(documented)).to.deep.equal(new Set(provoked));
    });

    /** Provokes an error. Returns whether the cloud has changed. */
    async function changeBy([code, retryable, fail]: (typeof PROVOCATIONS)[number]): Promise<boolean> {
      const situation = await Situation.start();
      try {
        const before = situation.cloud.state();
        const { message } = await rejection(Promise.resolve().then(() => fail(situation)));
        const [, , , found, , , word] = FORMAT.exec(message) ?? [];
        expect([found, word], message).to.deep.equal([code, String(retryable)]);
        return JSON.stringify(situation.cloud.state()) !== JSON.stringify(before);
      } finally {
        await situation.cloud.close();
      }
    }
    const written = (code: string) => rows.find(([cell = ""]) => quoted(cell)[0] === code)?.[4] ?? "";

    for (const [index, provocation] of PROVOCATIONS.entries()) {
      const [code] = provocation;
      it(`describes ${code} as provoked: ${index + 1}`, async () => {
        expect(await changeBy(provocation)).to.equal(written(code).startsWith("yes"));
      });
    }

    for (const provocation of WRITTEN_ALL_THE_SAME) {
      const [code] = provocation;
      it(`describes ${code} as provoked after a change in the cloud`, async () => {
        expect(await changeBy(provocation)).to.equal(true);
      });
    }

    it("says perhaps for exactly the codes that were provoked after a change in the cloud", () => {
      const uncertain = PROVIDER_CODES.filter((code) => written(code) === "perhaps");
      expect(new Set(WRITTEN_ALL_THE_SAME.map(([code]) => code))).to.deep.equal(new Set(uncertain));
    });
  });

  describe("the table of the API's codes", () => {
    const rows = tableOf(ERRORS, "", "codes", "what is done", "retryable");

    it("lists exactly the codes with special treatment, in order", () => {
      const words = (kind: string) => kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
      const wanted = Object.entries(API_CODES).map(([kind, codes]) => [words(kind), [...codes]]);
      expect(rows.map(([kind, codes = ""]) => [kind, quoted(codes)])).to.deep.equal(wanted);
    });

    it("lists the value of retryable of each code", () => {
      for (const [, codes = "", , retryable] of rows) {
        for (const code of quoted(codes)) {
          const error = new ApiError("no", { code: code.replace("*", "Any") });
          expect(String(error.retryable), code).to.equal(retryable);
        }
      }
    });

    it("lists the codes with advice and the advice, in order", () => {
      const advice = tableOf(ERRORS, "code", "advice").map(([code = "", text = ""]) => [
        quoted(code)[0],
        text.replaceAll("`", ""),
      ]);
      const host = hostWith({});
      const context = { service: "<service>", action: "<action>", advice: host.advice };
      expect(advice).to.deep.equal(REMEDIES.map(([code]) => [code, String(remedyFor(code, context))]));
    });
  });

  describe("the script for logs", () => {
    const line = (what: string, retryable: boolean) =>
      `cannot create ${what}: no: really. Do it. (code=Provider.Timeout action=A requestId=none retryable=${retryable})`;
    const print = (text: string) =>
      ` + creating error: ${text}\nDiagnostics:\n    Error: ${text}:\n    error: ${text}\n`;

    it("reports each failure once, and that another run may succeed", () => {
      const one = line("domain binding a.example.com", true);
      const two = line('callback template "hooks" (id 1)', true);
      const codes = "Provider.Timeout true";
      expect(read(print(one) + print(two))).to.have.members([one, two, codes, codes, "worth running again"]);
    });

    it("does not recommend another run if a failure is permanent, the program is wrong or nothing failed", () => {
      const [retryable, final] = [
        line("domain binding a.example.com", true),
        line("domain binding b.example.com", false),
      ];
      const [passing, lasting] = [print(retryable), print(final)];
      const wrong = "error: pulumi-nodejs:dynamic/tencentcloud-live:DomainBinding resource 'd' has a problem: no\n";
      const found = [retryable, "Provider.Timeout true"];
      expect(read(passing + lasting)).to.have.members([...found, final, "Provider.Timeout false"]);
      expect(read(passing + wrong)).to.have.members(found);
      expect(read("Resources:\n    + 2 created\n")).to.deep.equal([""]);
    });
  });
});
